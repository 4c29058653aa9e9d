import Testing

/// The step of a run that looks at what is new.
@Suite struct QualityStepTests {
  private func play(_ home: TemporaryHome, _ more: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["ingest", "--replay", "demo", "--no-backup", "--json", "--home", home.path] + more,
      environment: ["UNIVERSE": ""]
    ).run()
  }

  private static let count = "SELECT count(*), count(DISTINCT run_id) FROM quality_result"

  @Test func `it keeps what it finds once, and a second run of the same finds nothing new`() async throws {
    let home = try TemporaryHome()
    let first = try await play(home)
    #expect(first.exit == 0, "\(first.talk)")
    #expect(first.output.contains("\"name\":\"quality\",\"outcome\":\"done\""))
    let found = try SQL(home.database).rows(Self.count)
    #expect(found[0][1] == "1" && found[0][0].flatMap { Int($0) } ?? 0 > 50)
    let second = try await play(home)
    #expect(second.exit == 0)
    #expect(try SQL(home.database).rows(Self.count) == found)
    #expect(try SQL(home.database).rows("SELECT count(*) FROM step WHERE name = 'quality'") == [["1"]])
  }

  @Test func `what is skipped waits for the next run, and more than is let pass fails no run`() async throws {
    let home = try TemporaryHome()
    #expect(try await play(home, "--skip", "quality").exit == 0)
    #expect(try SQL(home.database).rows(Self.count)[0][0] == "0")
    try SQL(home.database).run(
      "UPDATE bar SET high = high * 2 WHERE series_id IN (SELECT series_id FROM series WHERE interval = '1d')")
    let ended = try await play(home, "--only", "quality")
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.contains("beyond a gate: "), "\(ended.output)")
    #expect(ended.output.contains("\"reason\":\"gate_failed\""))
    let gate = try await home.appliance("quality", "--quiet", environment: ["APPLIANCE_NOW": ""])
    #expect(gate.exit == 6)
    #expect(gate.talk.contains("fold: "))
    let status = try await home.appliance("status", "--gate", "--quiet", environment: ["APPLIANCE_NOW": ""])
    #expect(status.exit == 6)
    #expect(status.talk.contains("fold: "))
  }

  @Test(arguments: ["daily", "eod"])
  func `reports of a day say how good the record is, on a page of its size, and still follow from it`(kind: String)
    async throws
  {
    let home = try TemporaryHome()
    #expect(try await play(home).exit == 0)
    let clock = ["APPLIANCE_NOW": ""]
    let text = try await home.appliance("report", kind, environment: clock)
    #expect(text.output.contains("## How good the record is\n\nAll checks passed: "), "\(text.output)")
    let made = try await home.appliance(
      "report", kind, "--format", "html", "-o", home.file("report.html"), environment: clock)
    #expect(made.exit == 0, "\(made.talk)")
    let page = try #require(home.text("report.html"))
    #expect(page.utf8.count < 400_000)
    #expect(page.contains("Days of four weeks. Square: whole"))
    #expect(try await home.appliance("verify", home.file("report.html"), environment: clock).exit == 0)
    let json = try await home.appliance("report", kind, "--format", "json", environment: clock)
    let words = json.output.split { $0.isWhitespace }.joined(separator: " ")
    let begin = "\"quality\": { \"checks\": [ { \"check\": \"late\", \"value\": 0, \"threshold\": 0,"
    #expect(words.contains(begin), "\(words.suffix(900))")
  }
}
