import CSQLite
import Foundation
import Testing

/// What stands where the database should be.
enum Obstacle: String, CaseIterable, Sendable {
  case link, folder, garbage, foreign, newer

  /// The code that every command ends with.
  var code: Int32 {
    switch self {
    case .link, .folder: 1
    case .garbage, .foreign, .newer: 7
    }
  }

  var words: String {
    switch self {
    case .link, .folder: "is not a regular file"
    case .garbage, .foreign: "is not an appliance database"
    case .newer: "was written by a newer appliance (schema 999"
    }
  }

  func put(in home: Home) async throws {
    switch self {
    case .link:
      try home.write("the file that the link leads to", to: "elsewhere")
      try FileManager.default.createSymbolicLink(atPath: home.database, withDestinationPath: home.file("elsewhere"))
    case .folder: try FileManager.default.createDirectory(atPath: home.database, withIntermediateDirectories: false)
    case .garbage: try home.write(String(repeating: "no database at all\n", count: 500), to: "appliance.db")
    case .foreign: try execute("CREATE TABLE a (b); INSERT INTO a VALUES (1)", at: home.database)
    case .newer:
      try home.fill(["appliance.db": try await Demo.whole.files["appliance.db"] ?? Data()])
      try execute("PRAGMA journal_mode = DELETE; PRAGMA user_version = 999", at: home.database)
    }
  }

  private func execute(_ sql: String, at path: String) throws {
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK, sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
      throw Record.Fault(description: "\(path): \(sql)")
    }
  }
}

@Suite(.serialized) struct WrongPlaceTests {
  static let commands = [Demo.replay, ["report", "daily"], ["backup", "create"]]

  @Test(arguments: Obstacle.allCases, commands)
  func `what is not our database is refused and left as it is`(obstacle: Obstacle, command: [String]) async throws {
    let home = try Home()
    try await obstacle.put(in: home)
    let before = try home.content()
    let end = try await Child.appliance(command, home: home)
    #expect(end.code == obstacle.code, "\(end.said)")
    #expect(end.errors.contains(obstacle.words), "\(end.said)")
    #expect(try home.content().filter { !$0.key.hasSuffix("-shm") && !$0.key.hasSuffix("-wal") } == before)
    #expect(end.output == "")
  }

  @Test func `an empty file is no record to read, and one to fill`() async throws {
    let home = try Home()
    try home.write("", to: "appliance.db")
    #expect(try await Child.appliance(["report", "daily"], home: home).code == 10)
    #expect(try await Child.appliance(["backup", "create"], home: home).code == 10)
    try await expectHealing(home)
  }

  @Test func `a home that cannot be made ends with 1 and the reason`() async throws {
    let home = try Home()
    try home.write("", to: "file")
    let below = try await Child.appliance(Demo.replay + ["--home", home.file("file/below")], home: nil)
    #expect(below.code == 1)
    #expect(below.errors.contains("a part of the path is a file"), "\(below.said)")
    // Nothing can be made there, not even by root.
    let nowhere = try await Child.appliance(Demo.replay + ["--home", "/proc/appliance"], home: nil)
    #expect(nowhere.code == 1)
    #expect(nowhere.errors.contains("/proc/appliance"), "\(nowhere.said)")
  }

  @Test(arguments: Obstacle.allCases)
  func `with --json a failure is one object on standard output`(obstacle: Obstacle) async throws {
    let home = try Home()
    try await obstacle.put(in: home)
    let end = try await Child.appliance(Demo.replay + ["--json"], home: home)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(end.output.utf8)) as? [String: Any], "\(end.said)")
    #expect(object["exit"] as? Int == Int(obstacle.code))
    #expect(object["outcome"] as? String == "failed")
    #expect((object["error"] as? String)?.contains(obstacle.words) == true)
    #expect(end.errors == "")
  }
}
