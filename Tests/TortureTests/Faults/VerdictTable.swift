import Foundation
import Synchronization
import Testing

/// The golden table of what each fault of each provider comes to: a section a fault, a line for providers that fare alike.
///
/// `RECORD=1 swift test --filter EveryFaultTests` writes it anew; read the difference as code.
enum VerdictTable {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden/faults.txt")

  /// Sections by the name of their fault.
  static func kept() -> [String: String] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let sections = text.split(separator: "\n\n").map { $0.split(separator: "\n", maxSplits: 1).map(String.init) }
    return Dictionary(sections.compactMap { $0.count == 2 ? ($0[0], $0[1].trimmingCharacters(in: .newlines)) : nil }) {
      $1
    }
  }

  static func section(of verdicts: [FaultVerdict]) -> String {
    var lines: [(words: String, names: [String])] = []
    for verdict in verdicts {
      if let index = lines.firstIndex(where: { $0.words == verdict.words }) {
        lines[index].names.append("\(verdict.provider)")
      } else {
        lines.append((verdict.words, ["\(verdict.provider)"]))
      }
    }
    return lines.map { line in
      let names = line.names.count == verdicts.count ? "all" : line.names.joined(separator: ", ")
      return "  \(names)\n    \(line.words)"
    }.joined(separator: "\n")
  }

  static func expect(_ fault: Fault, _ verdicts: [FaultVerdict]) throws {
    let section = section(of: verdicts)
    if getenv("RECORD") != nil { try record(section, of: fault) }
    #expect(kept()[fault.testDescription] == section, "RECORD=1 writes Golden/faults.txt anew")
  }

  private static let recording = Mutex(())

  private static func record(_ section: String, of fault: Fault) throws {
    try recording.withLock { _ in
      var sections = kept()
      sections[fault.testDescription] = section
      let known = Fault.all.compactMap { fault in
        sections[fault.testDescription].map { "\(fault.testDescription)\n\($0)" }
      }
      try Data((known.joined(separator: "\n\n") + "\n").utf8).write(to: file, options: .atomic)
    }
  }
}
