import Foundation

/// The repository as it lies on the disk.
enum Repository {
  /// The folder that holds `Package.swift`.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct File: CustomStringConvertible, Sendable {
    /// From the root: `Sources/Store/Store.swift`.
    let path: String
    let text: String

    var description: String { path }
    var lines: [String] { text.components(separatedBy: "\n") }

    /// The modules that it imports, by their first name.
    var imports: [String] {
      lines.compactMap { line in
        var words = line.split(separator: " ").map(String.init)
        while let word = words.first,
          word.hasPrefix("@") || ["public", "package", "internal", "private"].contains(word)
        {
          words.removeFirst()
        }
        guard words.first == "import", words.count >= 2 else { return nil }
        let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        let name = kinds.contains(words[1]) ? words.dropFirst(2).first : words[1]
        return name.flatMap { $0.split(separator: ".").first }.map(String.init)
      }
    }
  }

  /// The Swift files below a folder of the root, in order.
  static func swiftFiles(in folder: String) throws -> [File] {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return try found.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      File(path: "\(folder)/\(name)", text: try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8))
    }
  }

  /// The names in a folder of the root, sorted.
  static func entries(of folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }
}
