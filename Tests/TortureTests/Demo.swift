import Foundation

/// Records filled from the embedded capture by processes that nobody disturbs; made once.
enum Demo {
  static let replay = ["ingest", "--replay", "demo"]

  struct Template: Sendable {
    /// All files of a home, by name.
    let files: [String: Data]
    let facts: [String]
  }

  /// A whole home after `ingest --replay demo`.
  static var whole: Template {
    get async throws { try await wholeTask.value }
  }

  /// A home with prices only, whose log was never brought into the file, as a kill leaves it.
  static var unsettled: Template {
    get async throws { try await unsettledTask.value }
  }

  private static let wholeTask = Task { try await make(replay, keepingLog: false) }
  private static let unsettledTask = Task {
    try await make(replay + ["--only", "prices", "--no-backup"], keepingLog: true)
  }

  private static func make(_ arguments: [String], keepingLog: Bool) async throws -> Template {
    let home = try Home()
    let end = try await Child.appliance(arguments, home: home)
    guard end.code == 0 else { throw Record.Fault(description: "the demo ended with \(end.code): \(end.said)") }
    if keepingLog {
      let again = try await Child.appliance(replay + ["--no-backup"], home: home, under: WriteFault.at(kibibytes: 750))
      guard again.code != 0 else { throw Record.Fault(description: "the limit of file sizes does not bind") }
    }
    guard let record = try Record(home.database) else { throw Record.Fault(description: "the demo left no record") }
    return Template(files: try home.content(), facts: try record.facts())
  }
}
