import Foundation
import Support
import Testing

/// Runs the unmodified program under strace, which kills it at a chosen system call.
enum Tracer {
  static let missing = "strace is not there, or this place does not let it trace"

  /// Whether strace can trace and inject here.
  static let works: Bool = {
    guard let path else { return false }
    let tracing = ["-f", "-qq", "-o", "/dev/null", "-e", "inject=getppid:signal=KILL:when=65535", "/bin/true"]
    return (try? ChildProgram([path] + tracing))?.waitForEnd() == 0
  }()

  private static let path = ["/usr/bin/strace", "/usr/local/bin/strace"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// A command line that kills when one of the threads enters the call for the `number`th time.
  ///
  /// strace counts by thread, and it is the system's choice which thread writes: the same number is not always the same
  /// moment. What must hold, must hold at each.
  static func killing(at call: String, number: Int) -> [String] {
    [
      path ?? "", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
      "inject=\(call):signal=KILL:when=\(number)",
    ]
  }

  /// A command line under which the call fails for a thread's `number`th time.
  static func failing(_ call: String, with error: String, number: Int) -> [String] {
    [
      path ?? "", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
      "inject=\(call):error=\(error):when=\(number)",
    ]
  }

  /// How often the busiest thread makes a call, in a run to the end.
  static func busiest(_ call: String, of run: ([String]) async throws -> Void) async throws -> Int {
    let folder = try Home.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let log = folder + "/log"
    try await run([path ?? "", "-f", "-qq", "-o", log, "-e", "trace=\(call)"])
    let text = try String(contentsOfFile: log, encoding: .utf8)
    let threads = text.split(separator: "\n").filter { $0.contains(" \(call)(") }.map { $0.prefix { $0 != " " } }
    return Dictionary(grouping: threads) { $0 }.values.map(\.count).max() ?? 0
  }
}

/// Where a command is killed: at a call, so far into it.
struct KillPoint: Hashable, Sendable, CustomTestStringConvertible {
  let call: String
  /// Of the calls that the busiest thread makes when nobody disturbs it.
  let fraction: Double

  init(_ call: String, _ fraction: Double) {
    self.call = call
    self.fraction = fraction
  }

  var testDescription: String { "\(call) at \(Int(fraction * 100)) %" }

  /// The number of the call, given how many there are.
  func number(of count: Int) -> Int { max(1, Int((Double(count) * fraction).rounded(.up))) }
}

/// How often calls are made in a command that nobody disturbs; counted once each.
actor CallCounts {
  static let shared = CallCounts()
  private var counts: [String: Task<Int, any Error>] = [:]

  func busiest(
    _ call: String, in command: String, of run: @escaping @Sendable ([String]) async throws -> Void
  ) async throws -> Int {
    let key = "\(command) \(call)"
    let task = counts[key] ?? Task { try await Tracer.busiest(call, of: run) }
    counts[key] = task
    return try await task.value
  }
}
