import Foundation
import Support
import seeds

/// One run of a program as a process of its own.
final class Child: Sendable {
  /// How it ended and what it said.
  struct End: Sendable {
    /// The exit code; the negative number of the signal that ended it.
    let code: Int32
    let output: String
    let errors: String
    /// Standard output as it came.
    let bytes: Data

    /// Both, for messages of tests.
    var said: String { output + errors }
  }

  private let program: ChildProgram
  private let folder: String

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - command: the program's path and its arguments.
  ///   - environment: in addition to a few names that every program may rely on; `nil` takes a name away.
  ///   - output: where standard output goes instead of being kept.
  init(_ command: [String], environment: [String: String?] = [:], output: FileHandle? = nil) throws {
    folder = try Home.makeFolder()
    // In a folder away from the checkout, where a record may lie that would be taken for the home.
    program = try ChildProgram(
      command, environment: Child.environment(with: environment), in: folder,
      output: output.map { .descriptor($0.fileDescriptor) } ?? .file(folder + "/output"),
      errors: .file(folder + "/errors"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var processID: Int32 { program.processID }

  func signal(_ number: Int32) { program.signal(number) }

  func end() async throws -> End {
    let code = await program.end()
    let bytes = FileManager.default.contents(atPath: folder + "/output") ?? Data()
    return End(code: code, output: text("output"), errors: text("errors"), bytes: bytes)
  }

  /// Runs the appliance to its end.
  static func appliance(
    _ arguments: [String], home: Home?, environment: [String: String?] = [:], output: FileHandle? = nil,
    under prefix: [String] = []
  ) async throws -> End {
    try await start(arguments, home: home, environment: environment, output: output, under: prefix).end()
  }

  static func start(
    _ arguments: [String], home: Home?, environment: [String: String?] = [:], output: FileHandle? = nil,
    under prefix: [String] = []
  ) throws -> Child {
    let place = home.map { ["--home", $0.path] } ?? []
    return try Child(prefix + [Binary.path] + arguments + place, environment: environment, output: output)
  }

  private func text(_ name: String) -> String {
    (try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Nothing that the tester has set reaches the program.
  private static func environment(with more: [String: String?]) -> [String: String] {
    var environment: [String: String] = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"]
    environment.merge(Universe.onlyTwoCoins) { $1 }
    for (name, value) in more { environment[name] = value }
    return environment
  }
}
