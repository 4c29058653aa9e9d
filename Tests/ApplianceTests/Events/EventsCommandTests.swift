import Support
import Testing

/// The command about events, against a server that plays the calendar and FRED.
@Suite struct EventsCommandTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  private static let week = """
    [{"title":"CPI m\\/m","country":"USD","date":"2024-09-11T08:30:00-04:00","impact":"High","forecast":"0.2%",
    "previous":"0.2%"},{"title":"Chair \\u202ESpeaks\\u0007 <b>","country":"USD","date":"2024-09-12T10:00:00-04:00",
    "impact":"Medium","forecast":"","previous":""},{"title":"GDP m\\/m","country":"GBP",
    "date":"2024-09-11T02:00:00-04:00","impact":"Low","forecast":"0.1%","previous":"0.0%"},
    {"title":"Employment Change","country":"AUD","date":"2024-09-11T21:30:00-04:00","impact":"High","forecast":"2.1K",
    "previous":"54.9K"},
    {"title":"Currency Report","country":"USD","date":"","impact":"Low","forecast":"","previous":""}]
    """

  init() throws {
    home = try TemporaryHome()
    server = try LoopbackServer { request in
      request.path.hasPrefix("/calendar/ff_calendar_thisweek.json")
        ? .status(200, [("Content-Type", "application/json")], EventsCommandTests.week) : .status(404, [], "not here")
    }
  }

  private func appliance(_ words: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path],
      environment: [
        "APPLIANCE_NOW": "2024-09-10T15:00:00Z", "APPLIANCE_BASE_URL": server.url, "UNIVERSE": "BTC,events",
      ]
    ).run()
  }

  @Test func `events are asked, listed, narrowed, exported and explained`() async throws {
    let run = try await appliance("ingest", "--only", "events", "--no-backup", "--json")
    #expect(run.exit == 0, "\(run.output) \(run.talk)")
    #expect(run.output.contains(#""name":"events""#) && run.output.contains(#""new":5"#), "\(run.output)")
    let all = try await appliance("events").output
    #expect(all.contains("CPI m/m") && all.contains("12:30Z") && all.contains("in week"))
    #expect(!all.contains("\u{202E}") && !all.contains("\u{7}"))
    // In the evening of New York's 11th it is the 12th by the clock that stands beside it.
    #expect(all.contains("2024-09-12  01:30Z  AUD"), "\(all)")
    let eleventh = try await appliance("events", "--from", "2024-09-11", "--to", "2024-09-11").output
    #expect(eleventh.contains("CPI m/m") && !eleventh.contains("Employment"))
    #expect(
      try await appliance("events", "--from", "2024-09-12", "--to", "2024-09-12").output.contains("Employment Change"))
    let high = try await appliance("events", "--importance", "high", "--country", "usd", "--json").output
    #expect(high.contains(#""title":"CPI m/m""#) && !high.contains("Chair"))
    #expect(high.contains(#""from":"2024-09-10","to":"2024-09-17""#), "\(high)")
    #expect(try await appliance("events", "--country", "gbp").output.contains("GDP m/m"))
    #expect(try await appliance("events", "--kind", "earnings").talk.contains("nothing of that"))
    #expect(try await appliance("events", "--kind", "parties").exit == 64)
    #expect(try await appliance("events", "--from", "2024-09-12", "--to", "2024-09-11").exit == 64)
    let id = try #require(high.split(separator: #""event_id":"#).dropFirst().first?.prefix { $0.isNumber })
    let why = try await appliance("why", "event", String(id), "forecast")
    #expect(why.exit == 0 && why.output.contains("$[0].forecast"), "\(why.output) \(why.talk)")
    #expect(why.output.contains("'CPI m/m'"), "\(why.output)")
    #expect(try await appliance("why", "event", "77").exit == 64)
    #expect(try await appliance("why", "event", String(id), "actual").talk.contains("what came is not known"))
    let export = try await appliance("export", "market_event", "--format", "csv").output
    #expect(export.split(separator: "\n").count == 6, "\(export)")
    let query = try await appliance("query", "SELECT count(*) AS n FROM market_event", "--format", "csv")
    #expect(query.output.contains("5"), "\(query.talk)")
    #expect(try await appliance("rebuild", "--verify").exit == 0)
    let status = try await appliance("status", "--json").output
    #expect(status.contains(#""events""#))
  }

  @Test func `without an answer it says what to do next`() async throws {
    let none = try await appliance("events")
    #expect(none.exit == 10)
    _ = try await appliance("ingest", "--only", "sentiment", "--no-backup")
    #expect(try await appliance("events").talk.contains("ingest --only events"))
  }
}
