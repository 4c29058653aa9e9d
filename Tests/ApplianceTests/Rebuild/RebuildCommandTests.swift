import Foundation
import Testing

@Suite struct RebuildCommandTests {
  let home: TemporaryHome

  /// A home filled from the demo capture.
  init() async throws {
    home = try TemporaryHome()
    try await home.fillFromDemo()
  }

  private func damageBody() throws {
    try SQL(home.database).run(
      """
      UPDATE body SET content = CAST(substr(content, 1, 50) || x'ff' || substr(content, 52) AS BLOB)
      WHERE body_id = (SELECT body_id FROM fetch WHERE fetch_id = 2)
      """)
  }

  @Test func `a file that is the same says so, and nothing is left beside it`() async throws {
    let before = home.names().filter { !$0.hasPrefix("appliance.db-") }
    let ended = try await home.appliance("rebuild", "--verify")
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "rebuild-verify")
    #expect(home.names().filter { !$0.hasPrefix("appliance.db-") } == before)
  }

  @Test func `rows that no answer taught are named, and the exit is 7`() async throws {
    try SQL(home.database).run(
      "UPDATE bar SET close = low, volume = 7.5 WHERE series_id = 1 AND open_time = 1773432000")
    let ended = try await home.appliance("rebuild", "--verify")
    #expect(ended.exit == 7)
    try Golden.expect(ended.output, isGolden: "rebuild-different")
    let json = try await home.appliance("rebuild", "--verify", "--json", "--limit", "1")
    #expect(json.exit == 7)
    #expect(json.output.contains(#""outcome":"different""#))
    #expect(json.output.contains(#""differences":2,"tables":{"bar":2},"shown":[{"kind":"changed","table":"bar""#))
  }

  @Test func `an answer whose bytes were changed is named, and the exit is 7`() async throws {
    try damageBody()
    let ended = try await home.appliance("rebuild", "--verify", "--limit", "0")
    #expect(ended.exit == 7)
    #expect(ended.output.contains("damaged: "))
    #expect(ended.output.contains("body of fetch 2"))
  }

  @Test func `a new file is written beside the database, and not twice`() async throws {
    let ended = try await home.appliance("rebuild")
    #expect(ended.exit == 0)
    let path = home.database + ".rebuilt"
    #expect(ended.output.hasSuffix("\(path): written\n"))
    let rows = "SELECT count(*), sum(close) FROM bar"
    #expect(try SQL(path).rows(rows) == SQL(home.database).rows(rows))
    #expect(try SQL(path).rows("PRAGMA integrity_check") == [["ok"]])
    let texts = "SELECT day, maker, text FROM summary ORDER BY summary_id"
    #expect(try SQL(path).rows(texts) == SQL(home.database).rows(texts))
    let again = try await home.appliance("rebuild")
    #expect(again.exit == 1)
    #expect(again.talk.contains("is there already"))
    let verified = try await home.appliance("rebuild", "--verify", "--db", path)
    #expect(verified.exit == 0)
  }

  @Test func `what differs is taken over with a backup and the old file kept`() async throws {
    try SQL(home.database).run("DELETE FROM bar WHERE series_id = 1 AND open_time = 1773432000")
    let ended = try await home.appliance("rebuild", "--apply")
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.contains("1 difference\n"))
    #expect(ended.output.contains(", proven\n"))
    let rows = try SQL(home.database).rows("SELECT count(*) FROM bar WHERE series_id = 1 AND open_time = 1773432000")
    #expect(rows == [["1"]])
    #expect(try SQL(home.database).rows("SELECT kind FROM decision") == [["rebuild.apply"]])
    #expect(home.names().contains("appliance.db.before-rebuild"))
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
    let again = try await home.appliance("rebuild", "--apply")
    #expect(again.exit == 0)
    #expect(again.output.hasSuffix("no difference\n"))
  }

  @Test func `a damaged answer is never taken over`() async throws {
    try damageBody()
    let ended = try await home.appliance("rebuild", "--apply")
    #expect(ended.exit == 7)
    #expect(!home.names().contains("appliance.db.before-rebuild"))
  }

  @Test func `flags that exclude each other are wrong usage`() async throws {
    #expect(try await home.appliance("rebuild", "--verify", "--apply").exit == 64)
    #expect(try await home.appliance("rebuild", "--verify", "-o", "x.db").exit == 64)
  }

  @Test func `without a database the exit is 10`() async throws {
    let empty = try TemporaryHome()
    #expect(try await empty.appliance("rebuild", "--verify").exit == 10)
    #expect(try await empty.appliance("quarantine", "list").exit == 10)
    #expect(try await empty.appliance("quarantine", "drop", "1").exit == 10)
  }
}

@Suite struct QuarantineCommandTests {
  let home: TemporaryHome

  init() async throws {
    home = try TemporaryHome()
    try await home.fillFromDemo()
  }

  @Test(arguments: [
    ("quarantine-list", ["list"]), ("quarantine-list-json", ["list", "--json"]), ("quarantine-show", ["show", "1"]),
    ("quarantine-show-json", ["show", "1", "--json"]), ("quarantine-flags", ["list", "--flags"]),
    ("quarantine-show-unknown", ["show", "9"]), ("quarantine-release-impossible", ["release", "1"]),
    ("quarantine-release-json", ["release", "1", "--json"]), ("quarantine-no-asset", ["list", "--asset", "XYZ"]),
  ])
  func `what is refused, and why, is told`(name: String, arguments: [String]) async throws {
    let ended = try await ApplianceProcess(
      arguments: ["quarantine"] + arguments + ["--home", home.path, "--no-color"],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
    try Golden.expect("\(ended.output)\(ended.talk)exit \(ended.exit)\n", isGolden: name)
  }

  @Test func `a dropped row is gone from the list and from the report, and a rebuild drops it too`() async throws {
    let ended = try await home.appliance("quarantine", "drop", "1")
    #expect(ended.exit == 0)
    #expect(ended.output == "row 1 is set aside\n")
    #expect(try await home.appliance("quarantine", "list").output == "")
    #expect(try await home.appliance("quarantine", "list", "--all").output.contains("dropped"))
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
    let again = try await home.appliance("quarantine", "drop", "1")
    #expect(again.exit == 1)
    #expect(again.talk.contains("a decision stands"))
  }

  @Test(arguments: ["rebuild", "quarantine"])
  func `help says what it is, what it takes, and gives examples`(command: String) async throws {
    let ended = try await ApplianceProcess(arguments: ["help", command], environment: ["COLUMNS": "80"]).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command)")
  }

  @Test func `an imported file is made anew with the rest, and one by reference that is gone is named with exit 3`()
    async throws
  {
    let home = try TemporaryHome()
    let path = home.path + "/hours.csv"
    let hours = (0..<30).map { "\(1_730_419_200 + $0 * 3600),\(100 + $0),\(102 + $0),99,\(101 + $0),5\n" }.joined()
    try Data(("unix,open,high,low,close,volume\n" + hours).utf8).write(to: URL(fileURLWithPath: path))
    let near = try await home.appliance("import", path, "--asset", "BTC", "--interval", "1h")
    try #require(near.exit == 0, "\(near.talk)")
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
    let why = try await home.appliance("why", "BTC", "2024-11-01T03:00Z", "--source", "import")
    #expect(why.exit == 0, "\(why.talk)")
    #expect(why.output.contains("line 5 of the file") && why.output.contains("file hours.csv"))
    let far = try await home.appliance(
      "import", path, "--asset", "BTC", "--interval", "1h", "--source", "far", "--by-reference")
    try #require(far.exit == 0, "\(far.talk)")
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
    try FileManager.default.removeItem(atPath: path)
    let gone = try await home.appliance("rebuild", "--verify")
    #expect(gone.exit == 3, "\(gone.talk)")
    #expect(gone.output.contains("missing: hours.csv was imported by reference and \(path)"))
    let apply = try await home.appliance("rebuild", "--apply")
    #expect(apply.exit == 3)
    #expect(apply.talk.contains("the database was left as it is"))
  }
}
