import Foundation

/// What a replay of the demo leaves in an empty home: made by the program itself, once for each environment, and copied
/// from then on.
private actor DemoRecords {
  static let shared = DemoRecords()
  private var made: [[String: String]: Task<TemporaryHome, any Error>] = [:]

  func record(in environment: [String: String]) async throws -> TemporaryHome {
    let task = made[environment] ?? Task { try await DemoRecords.make(in: environment) }
    made[environment] = task
    return try await task.value
  }

  private static func make(in environment: [String: String]) async throws -> TemporaryHome {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--replay", "demo", "--no-backup", "--quiet", "--home", home.path],
      environment: environment
    ).run()
    guard ended.exit == 0 else { throw NotPlayed(exit: ended.exit, talk: ended.talk) }
    return home
  }

  struct NotPlayed: Error {
    let exit: Int32
    let talk: String
  }
}

extension TemporaryHome {
  /// Puts the record into it that `ingest --replay demo --no-backup` makes in an empty home.
  func fillFromDemo(_ environment: [String: String] = [:]) async throws {
    let demo = try await DemoRecords.shared.record(in: environment)
    try FileManager.default.copyItem(atPath: demo.database, toPath: database)
  }
}
