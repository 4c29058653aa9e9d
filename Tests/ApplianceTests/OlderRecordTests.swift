import Schema
import Support
import Testing

/// What each command makes of a record that an older appliance left.
@Suite struct OlderRecordTests {
  let home: TemporaryHome
  init() throws {
    home = try TemporaryHome()
    try OlderRecord.put(at: home.database)
  }

  private func appliance(_ words: [String]) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path], environment: ["APPLIANCE_NOW": "2026-03-12T20:00:00Z"]
    ).run()
  }

  private var schema: Int {
    get async throws {
      let doctor = try await appliance(["doctor", "--offline", "--json"])
      return doctor.output.contains("\"version 2 of an older appliance; this one needs ") ? 2 : Migration.latest
    }
  }

  @Test(arguments: [
    ["status"], ["show", "BTC"], ["export", "sentiment_daily"], ["report", "daily"], ["changes"], ["gaps"], ["vault"],
    ["quarantine", "list"], ["query", "list"], ["query", "SELECT 1"], ["query", "SELECT 1", "--as-of", "2026-03-11"],
    ["why", "fng", "2026-03-09"], ["show", "BTC", "--as-of", "2026-03-11"], ["rebuild", "--verify"], ["prune"],
    ["ingest", "--dry-run"],
  ])
  func `what only reads says who brings it up to date, and ends with 7`(words: [String]) async throws {
    let ended = try await appliance(words)
    #expect(ended.exit == 7, "\(ended.talk)")
    #expect(
      ended.talk
        == "appliance: \(home.database) was written by an older appliance (schema 2, this one needs \(Migration.latest)); "
        + "the next `appliance ingest --home \(home.path)` brings it up to date\n")
    #expect(ended.output == "")
    #expect(try await schema == 2)
  }

  @Test func `status says it to programs too`() async throws {
    let ended = try await appliance(["status", "--json"])
    #expect(ended.exit == 7)
    #expect(ended.output.hasPrefix(#"{"version":1,"outcome":"failed","exit":7,"error":"#))
    #expect(ended.output.contains("brings it up to date"))
  }

  @Test func `doctor looks at it and says what to do`() async throws {
    let ended = try await appliance(["doctor", "--offline"])
    #expect(ended.exit == 0, "\(ended.output)")
    #expect(
      ended.output.contains(
        "warning  schema          version 2 of an older appliance; this one needs \(Migration.latest)\n"))
    #expect(ended.output.contains("ok       integrity       SQLite's full check finds no fault\n"))
    #expect(ended.output.contains("ok       kept answers    43 of 46 looked at, each as it came; "))
  }

  @Test func `it can be backed up, and the archive listed, verified and restored`() async throws {
    let made = try await appliance(["backup", "create"])
    #expect(made.exit == 0, "\(made.talk)")
    let archive = try #require(home.names("backups").first { $0.hasSuffix(".tar.zst") })
    for words in [["list"], ["verify", "--all"], ["restore", archive, "--to", home.file("then.db")]] {
      let ended = try await appliance(["backup"] + words)
      #expect(ended.exit == 0, "\(words) \(ended.talk)")
    }
    #expect(home.names().contains("then.db"))
    #expect(try await schema == 2)
  }

  @Test(arguments: [
    ["ingest", "--offline"], ["query", "save", "one", "SELECT 1 AS one"], ["quarantine", "drop", "2"],
    ["prune", "--yes"],
  ])
  func `what writes brings it up to date, after a backup`(words: [String]) async throws {
    let ended = try await appliance(words)
    #expect([0, 3, 5].contains(ended.exit), "\(ended.talk)")
    #expect(home.names("backups").filter { $0.hasSuffix(".tar.zst") }.count >= 1)
    #expect(try await appliance(["show", "sentiment_daily"]).exit == 0)
    #expect(try await appliance(["rebuild", "--verify"]).exit == 0)
  }

  @Test func `an import brings it up to date before it asks what the asset is`() async throws {
    let ended = try await ApplianceProcess(
      arguments: ["import", "-", "--asset", "BTC", "--interval", "1h", "--home", home.path],
      input: Array("unix,open,high,low,close,volume\n1773000000,1,2,1,2,5\n".utf8)
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(try await schema == Migration.latest)
  }

  @Test func `rows of an archive of then come into the record of today`() async throws {
    let old = try TemporaryHome()
    try OlderRecord.putArchive(in: old.path)
    let archive = old.file(OlderRecord.archiveName)
    #expect(try await appliance(["query", "save", "one", "SELECT 1 AS one"]).exit == 0)
    let same = try await appliance(["backup", "restore", archive, "--table", "sentiment"])
    #expect(same.exit == 0, "\(same.talk)")
    #expect(same.output.contains("0 new, 0 changed, 43 unchanged"), "\(same.output)")
  }
}
