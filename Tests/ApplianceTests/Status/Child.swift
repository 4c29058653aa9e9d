import Foundation
import Support
import seeds

/// The program as a person calls it: a child process with an environment of its own.
struct Child {
  /// What a call came to.
  struct Result {
    let status: Int32
    let output: String
    let talk: String
  }

  /// Lies beside the tests.
  static let path: String = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.path + "/appliance") {
      folder.deleteLastPathComponent()
    }
    return folder.resolvingSymlinksInPath().path + "/appliance"
  }()

  /// Runs it to its end.
  static func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Result {
    try await run(arguments: arguments, environment: environment)
  }

  static func run(arguments: [String], environment: [String: String]) async throws -> Result {
    let scratch = try Scratch()
    let process = try ChildProgram(
      [path] + arguments,
      environment: environment.merging(["HOME": scratch.path, "TZ": "Asia/Tokyo"]) { first, _ in first }
        .merging(Universe.onlyTwoCoins) { first, _ in first }, in: scratch.path,
      // Files, since a pipe that nobody empties would stop it.
      output: .file(scratch.file("output")), errors: .file(scratch.file("talk")))
    return Result(
      status: await process.end(), output: try scratch.text("output"), talk: try scratch.text("talk"))
  }
}

/// A folder of its own, removed with everything in it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path + "/status-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  // A folder left behind does no harm.
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  func write(_ text: String, to name: String, permissions: Int = 0o600) throws {
    let folder = URL(fileURLWithPath: file(name)).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: file(name), contents: Data(text.utf8), attributes: [.posixPermissions: permissions])
  }

  func handle(_ name: String) throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: file(name), contents: nil)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: file(name)))
  }

  func permissions(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
  }
}
