import Market
import Providers
import Testing

@testable import Pipeline
@testable import Store
@testable import seeds

/// What came of events, from economic series.
@Suite struct ActualTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let office: StatisticsOffice

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    let series = ["CPIAUCSL", "PAYEMS", "UNRATE", "GDPC1"].map { id in
      SeriesDefinition(
        key: SeriesKey(dataset: .macroObservation, provider: "fred", providerSymbol: id, interval: .day1), asset: nil,
        quoteCurrency: nil, priority: 1,
        macro: MacroSeries(title: id, units: nil, frequency: id == "GDPC1" ? .quarterly : .monthly))
    }
    office = try StatisticsOffice(
      store,
      series: series + Universe.events.filter { $0.key.dataset == .macroRelease || $0.key.providerSymbol == "ICSA" },
      rules: Universe.eventRules)
  }

  private func actual(_ title: String, _ store: Store? = nil) throws -> [String] {
    try (store ?? self.store).rows(
      "SELECT forecast, actual, actual_value, unit FROM market_event WHERE title = '\(title)'")
  }

  /// Values of the months before September, as published a month later, and one of them revised with the print.
  private func prices() -> [(day: String, vintage: String, value: String)] {
    [
      ("2023-08-01", "2023-09-13", "300.000"), ("2024-06-01", "2024-07-11", "310.000"),
      ("2024-07-01", "2024-08-14", "314.000"), ("2024-07-01", "2024-09-11", "315.000"),
      ("2024-08-01", "2024-09-11", "315.630"), ("2024-08-01", "2024-10-10", "316.500"),
    ]
  }

  @Test func `what came is the first print against the period before as it was known then, rounded as the forecast`()
    async throws
  {
    office.change {
      $0.values["CPIAUCSL"] = prices()
      $0.events = [
        .init(title: "CPI m/m", date: "2024-09-11T08:30:00-04:00", forecast: "0.1%", previous: "0.2%"),
        .init(title: "CPI y/y", date: "2024-09-11T08:30:00-04:00", forecast: "5.15%"),
      ]
    }
    try await office.run(at: "2024-09-10T15:00:00Z")
    #expect(try actual("CPI m/m") == ["0.1%|∅|∅|%"])
    try await office.run(at: "2024-09-11T15:00:00Z")
    #expect(try actual("CPI m/m") == ["0.1%|0.2%|0.2|%"])
    #expect(try actual("CPI y/y") == ["5.15%|5.21%|5.21|%"])
    // A later revision changes nothing of what came.
    try await office.run(at: "2024-10-11T15:00:00Z")
    #expect(try actual("CPI m/m") == ["0.1%|0.2%|0.2|%"])
    #expect(try store.rows("SELECT count(*) FROM macro_observation WHERE vintage = '2024-10-10'") == ["1"])
    store.close()
    // On the morning of the day too.
    for instant in ["2024-09-10T16:00:00Z", "2024-09-11T12:29:59Z"] {
      let before = try Store.reading(folder.file("appliance.db"), asOf: Instant(instant)!)
      #expect(try actual("CPI m/m", before) == ["0.1%|∅|∅|%"])
    }
    let after = try Store.reading(folder.file("appliance.db"), asOf: Instant("2024-10-12T15:00:00Z")!)
    #expect(try actual("CPI m/m", after) == ["0.1%|0.2%|0.2|%"])
  }

  @Test func `jobs, unemployment, claims and growth have figures of their own`() async throws {
    office.change {
      $0.values = [
        "PAYEMS": [
          ("2024-06-01", "2024-07-05", "158600"), ("2024-07-01", "2024-08-02", "158700"),
          ("2024-07-01", "2024-09-06", "158689"), ("2024-08-01", "2024-09-06", "158831"),
        ],
        "UNRATE": [("2024-07-01", "2024-08-02", "4.3"), ("2024-08-01", "2024-09-06", "4.2")],
        "ICSA": [("2024-08-24", "2024-08-29", "231000"), ("2024-08-31", "2024-09-05", "227400")],
        "GDPC1": [("2024-01-01", "2024-04-25", "22700"), ("2024-04-01", "2024-09-05", "22900")],
      ]
      $0.events = [
        .init(
          title: "Non-Farm Employment Change", date: "2024-09-06T08:30:00-04:00", forecast: "164K", previous: "89K"),
        .init(title: "Unemployment Rate", date: "2024-09-06T08:30:00-04:00", forecast: "4.2%"),
        .init(title: "Unemployment Claims", date: "2024-09-05T08:30:00-04:00", previous: "0.231M"),
        .init(title: "Advance GDP q/q", date: "2024-09-05T08:30:00-04:00", forecast: "3.0%"),
        .init(title: "Core CPI m/m", date: "2024-09-05T08:30:00-04:00", forecast: "0.2%"),
      ]
    }
    try await office.run(at: "2024-09-04T15:00:00Z")
    try await office.run(at: "2024-09-06T15:00:00Z")
    #expect(try actual("Non-Farm Employment Change") == ["164K|142K|142.0|K"])
    #expect(try actual("Unemployment Rate") == ["4.2%|4.2%|4.2|%"])
    #expect(try actual("Unemployment Claims") == ["∅|0.227M|0.227|M"])
    #expect(try actual("Advance GDP q/q") == ["3.0%|3.6%|3.6|%"])
    // No such series is followed here.
    #expect(try actual("Core CPI m/m") == ["0.2%|∅|∅|%"])
  }

  @Test func `a series that came as a whole tells nothing of events before`() async throws {
    office.change {
      $0.values["UNRATE"] = [("2024-07-01", "2024-09-07", "4.3"), ("2024-08-01", "2024-09-07", "4.2")]
      $0.events = [.init(title: "Unemployment Rate", date: "2024-09-06T08:30:00-04:00", forecast: "4.2%")]
    }
    try await office.run(at: "2024-09-07T15:00:00Z")
    #expect(try actual("Unemployment Rate") == ["4.2%|∅|∅|%"])
  }

  @Test func `days of releases are events where the calendar does not tell of them`() async throws {
    office.change {
      $0.releases = ["10": ["2024-09-11", "2024-10-10", "2024-11-13"], "50": ["2024-10-04"]]
      $0.events = [.init(title: "CPI m/m", date: "2024-09-12T08:30:00-04:00")]
    }
    try await office.run(at: "2024-09-09T15:00:00Z")
    let rows = "SELECT title, at, importance, source, week FROM market_event ORDER BY day"
    #expect(
      try store.rows(rows) == [
        "CPI m/m|2024-09-12T12:30:00Z|high|calendar|2024-09-08",
        "Employment Situation|2024-10-04T12:30:00Z|high|fred|2024-09-29",
        "Consumer Price Index|2024-10-10T12:30:00Z|high|fred|2024-10-06",
      ])
    #expect(try store.rows("SELECT count(DISTINCT event_id) FROM market_event") == ["3"])
    // Where the calendar takes it back, the day of the release stands for itself.
    office.change { $0.events = [.init(title: "Other", date: "2024-09-13T08:30:00-04:00")] }
    try await office.run(at: "2024-09-10T15:00:00Z")
    #expect(try store.rows(rows).contains("Consumer Price Index|2024-09-11T12:30:00Z|high|fred|2024-09-08"))
    office.change { $0.releases["10"] = ["2024-11-13"] }
    try await office.run(at: "2024-10-01T15:00:00Z")
    #expect(try store.rows(rows).last == "Consumer Price Index|2024-11-13T13:30:00Z|high|fred|2024-11-10")
  }
}
