import Foundation
import Support
import Testing

/// A record whose imports an older appliance believed against what the files say of themselves: two symbols in one file,
/// half hours, grouped numbers, rows wider than their header, local days in UTC, dollars as volume, flows of thousands, a
/// price among funds, flipped days, dollar signs; and one plain file.
@Suite struct BelievingRecordTests {
  let home: TemporaryHome

  init() async throws {
    home = try TemporaryHome()
    try OlderRecord.putBelieving(at: home.database)
    let updated = try await home.appliance("query", "save", "one", "SELECT 1 AS one")
    #expect(updated.exit == 0, "\(updated.talk)")
  }

  private func verified(_ flags: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(arguments: ["rebuild", "--verify", "--home", home.path] + flags).run()
  }

  private func object(_ ended: ApplianceProcess.Ended) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any])
  }

  @Test func `what newer rules read otherwise stands under its own heading, and is no damage`() async throws {
    let text = try await verified()
    #expect(text.exit == 0, "\(text.output)")
    #expect(text.output.contains("no difference but for these\nnewer rules read "))
    let json = try object(try await verified("--json"))
    #expect(json["outcome"] as? String == "same" && json["differences"] as? Int == 0)
    #expect(try #require(json["newer_rules"] as? Int) > 20)
    let outdated = try #require(json["outdated"] as? [[String: Any]]).compactMap { $0["detail"] as? String }
    #expect(
      outdated.compactMap { $0.split(separator: ",").first } == [
        "b-half-hours.csv", "c-point-groups.csv", "j-flipped-days.csv",
      ])
  }

  @Test(arguments: [
    "UPDATE bar SET close = close + 0.5 WHERE open_time = 1741050000",
    "UPDATE bar SET volume = 0 WHERE open_time = 1741057200",
    "DELETE FROM bar WHERE open_time = 1741053600",
    "INSERT INTO bar SELECT series_id, open_time + 864000, open, high, low, close, volume, fetch_id FROM bar WHERE open_time = 1741053600",
    "UPDATE bar SET close = low WHERE open_time IN (1741050000, 1741057200)",
    "DELETE FROM bar WHERE open_time IN (1741050000, 1741057200)", "DELETE FROM bar WHERE fetch_id = 11",
    "UPDATE bar SET volume = 2 WHERE fetch_id = 11",
    "UPDATE bar SET open_time = open_time + 864000 WHERE fetch_id = 11",
    "UPDATE import_file SET row_count = 20 WHERE fetch_id = 11",
    """
    DELETE FROM bar WHERE open_time = 1741053600; INSERT INTO quarantine (series_id, at, reason, detail, excerpt, fetch_id)
    SELECT series_id, 1741053600, 'malformed', '', '', 11 FROM import_file_series WHERE fetch_id = 11
    """,
    // Of files that newer rules do read otherwise.
    "UPDATE bar SET close = low WHERE fetch_id = 5", "DELETE FROM bar WHERE fetch_id = 5 AND open_time = 1740873600",
    "DELETE FROM etf_flow WHERE fetch_id = 7 AND etf_id = 1",
  ])
  func `what was changed is damage, however much it is, though an older edition read its file`(sql: String) async throws
  {
    try SQL(home.database).run(sql)
    let ended = try await verified("--json")
    #expect(ended.exit == 7, "\(ended.output)")
    #expect(try object(ended)["outcome"] as? String == "different")
    let told = try await verified().output
    #expect(
      told.contains("what nothing kept of its reading shows to be a newer rule counts as a difference"), "\(told)")
  }

  @Test func `files that newer rules refuse keep their rows when the others are read anew`() async throws {
    let kept = """
      SELECT open_time, open, high, low, close, volume FROM bar JOIN import_file USING (fetch_id)
      WHERE name IN ('b-half-hours.csv', 'c-point-groups.csv', 'j-flipped-days.csv') ORDER BY series_id, open_time
      """
    let counts =
      "SELECT name, parts_read, row_count, refused_count FROM import_file WHERE name GLOB '[bcj]-*' ORDER BY name"
    let held = "SELECT count(*) FROM quarantine JOIN import_file USING (fetch_id) WHERE name GLOB '[bcj]-*'"
    func state() throws -> [[String?]] { try [kept, counts, held].flatMap { try SQL(home.database).rows($0) } }
    let before = try state()
    #expect(before.count == 13 + 3 + 1)
    let applied = try await home.appliance("rebuild", "--apply")
    #expect(applied.exit == 0, "\(applied.output) \(applied.talk)")
    #expect(applied.output.contains("whose rows stay as they are: b-half-hours.csv"))
    #expect(applied.output.contains("`appliance import undo 2 --home \(home.path)`"))
    #expect(try state() == before)
    let again = try await verified()
    #expect(again.exit == 0 && again.output.contains("no difference\n"), "\(again.output)")
    let twice = try await home.appliance("rebuild", "--apply", "--json")
    #expect(twice.exit == 0)
    #expect(try object(twice)["written"] is NSNull, "nothing was left to take over")
    #expect(try await home.appliance("import", "undo", "2").exit == 0)
    #expect(try await verified().exit == 0)
  }
}
