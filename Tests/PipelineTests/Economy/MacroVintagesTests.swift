import Following
import Market
import Pipeline
import Provenance
import Providers
import SQLite
import Support
import Synchronization
import Telling
import Testing

@testable import Store

/// Who answers for FRED: what it says of a path, from now on.
private final class Bank: Transport {
  private let told: Mutex<[String: String]> = Mutex([:])
  private let now: Mutex<Instant> = Mutex(Instant(epochSeconds: 0))
  private let asked: Mutex<[String]> = Mutex([])

  func say(_ text: String, of path: String) { told.withLock { $0[path] = text } }
  func set(_ instant: Instant) { now.withLock { $0 = instant } }
  /// What was asked since it was looked at last.
  func takeAsked() -> [String] {
    asked.withLock { paths in
      defer { paths = [] }
      return paths
    }
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    asked.withLock { $0.append(request.path) }
    let text = told.withLock { $0[request.path] } ?? ""
    let answer = Answer(
      status: text.isEmpty ? 503 : 200, headers: [], body: Array(text.utf8), receivedAt: now.withLock { $0 })
    return RoundTrip(request, answered: answer, by: "https://fred.example")
  }
}

/// Economic series, from what FRED says to what the file tells of them.
@Suite struct MacroVintagesTests {
  private static let gdp = SeriesKey(
    dataset: .macroObservation, provider: "fred", providerSymbol: "GDP", interval: .day1)
  private static let daily = SeriesKey(
    dataset: .macroObservation, provider: "fred", providerSymbol: "DGS10", interval: .day1)
  private static let release = SeriesKey(
    dataset: .macroRelease, provider: "fred", providerSymbol: "53", interval: .day1)

  private let folder: TemporaryFolder
  private let store: Store
  private let bank = Bank()

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
  }

  private func follow(_ key: SeriesKey, _ macro: MacroSeries? = nil, needsKey: Bool = false) throws {
    let definition = SeriesDefinition(
      key: key, asset: nil, quoteCurrency: nil, priority: 1, needsKey: needsKey, macro: macro)
    try store.catalogue.add(
      Catalogue(assets: [], funds: [], series: [definition]), providers: [FRED().profile])
  }

  private func followGDP() throws {
    try follow(
      Self.gdp, MacroSeries(title: "Gross Domestic Product", units: "Billions", frequency: .quarterly, release: 53))
    try follow(Self.release, needsKey: true)
    bank.say(#"{"release_dates":[{"release_id":53,"date":"2024-10-30"}]}"#, of: "/fred/release/dates")
  }

  @discardableResult
  private func run(
    at instant: String, isKeyed: Bool = true, _ adjust: (inout RunOptions) -> Void = { _ in }
  ) async throws -> RunReport {
    let now = try #require(Instant(instant))
    bank.set(now)
    var options = RunOptions()
    adjust(&options)
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [FRED()], transport: bank, clock: .standing(at: now), quotas: { [] },
        keyed: isKeyed ? ["fred"] : [], command: "ingest", version: "test", processID: 1, closing: [],
        onEvent: { _ in })
    ).run(options)
  }

  private func say(_ rows: [(day: String, vintage: String, value: String)]) {
    let texts = rows.map {
      #"{"realtime_start":"\#($0.vintage)","realtime_end":"9999-12-31","date":"\#($0.day)","value":"\#($0.value)"}"#
    }
    bank.say(#"{"observations":[\#(texts.joined(separator: ","))]}"#, of: "/fred/series/observations")
  }

  private static let first = [
    ("2024-01-01", "2024-04-25", "28284.498"), ("2024-01-01", "2024-06-27", "28269.174"),
    ("2024-04-01", "2024-07-25", "28629.153"), ("2024-04-01", "2024-08-29", "28652.337"),
  ]
  private static let benchmark = [
    ("2024-01-01", "2024-09-26", "28624.069"), ("2024-04-01", "2024-09-26", "29016.714"),
  ]

  private func rows(_ store: Store? = nil) throws -> [String] {
    try (store ?? self.store).rows("SELECT day, vintage, value FROM macro_observation ORDER BY day, vintage")
  }

  // MARK: What is stored

  @Test func `what was published anew stands beside what was, and nothing is stored twice`() async throws {
    try followGDP()
    say(Self.first)
    #expect(try await run(at: "2024-09-20T22:30:00Z").outcome == .done)
    #expect(bank.takeAsked().sorted() == ["/fred/release/dates", "/fred/series/observations"])
    #expect(try rows().count == 4)
    say(Self.first + Self.benchmark)
    let report = try await run(at: "2024-09-26T22:30:00Z")
    #expect((report.counts.new, report.counts.changed) == (2, 0))
    #expect(
      try rows() == [
        "2024-01-01|2024-04-25|28284.498", "2024-01-01|2024-06-27|28269.174", "2024-01-01|2024-09-26|28624.069",
        "2024-04-01|2024-07-25|28629.153", "2024-04-01|2024-08-29|28652.337", "2024-04-01|2024-09-26|29016.714",
      ])
    #expect(try store.rows("SELECT count(*) FROM macro_observation_restatement") == ["0"])
    #expect(try store.past.changes(ChangeSelection(limit: 9)).changes.isEmpty)
    let told = try store.telling.revisions(ChangeSelection(since: Instant("2024-09-01T00:00:00Z"), limit: 9))
    #expect(told.revisions.map(\.vintage.description) == ["2024-09-26", "2024-09-26"])
    #expect(told.revisions.map(\.old) == [28269.174, 28652.337])
    #expect(try store.telling.revisions(ChangeSelection(limit: 1)).leftOut == 3)
  }

  @Test func `a vintage that says nothing new is none, and one that takes a value back is a row without`() async throws
  {
    try followGDP()
    say([
      ("2024-01-01", "2024-04-25", "1"), ("2024-01-01", "2024-05-25", "1"), ("2024-01-01", "2024-06-25", "."),
      ("2024-04-01", "2024-07-25", "."),
    ])
    try await run(at: "2024-09-20T22:30:00Z")
    #expect(try rows() == ["2024-01-01|2024-04-25|1.0", "2024-01-01|2024-06-25|∅"])
    #expect(try store.rows("SELECT count(*) FROM fact_macro_indicators") == ["0"])
  }

  @Test func `without a key a value is dated by the day on which it came, and only another one is a row`() async throws
  {
    try followGDP()
    let path = "/graph/fredgraph.csv"
    bank.say("observation_date,GDP\n2024-04-01,28652.337\n", of: path)
    try await run(at: "2024-09-20T22:30:00Z", isKeyed: false)
    #expect(bank.takeAsked() == [path])
    try await run(at: "2024-09-24T22:30:00Z", isKeyed: false)
    bank.say("observation_date,GDP\n2024-04-01,29016.714\n", of: path)
    try await run(at: "2024-09-26T22:30:00Z", isKeyed: false)
    #expect(try rows() == ["2024-04-01|2024-09-20|28652.337", "2024-04-01|2024-09-26|29016.714"])
  }

  @Test func `the day of an answer is told apart from that of a publication`() async throws {
    try followGDP()
    bank.say("observation_date,GDP\n2024-04-01,28652.337\n", of: "/graph/fredgraph.csv")
    try await run(at: "2024-09-20T22:30:00Z", isKeyed: false)
    func newest() throws -> KnownObservation? {
      let series = try #require(try store.catalogue.series(Self.gdp))
      return try store.telling.newestObservations(of: series, until: Day("2024-12-31")!, count: 2).first
    }
    #expect(try newest()?.isDated == false)
    say(Self.first + Self.benchmark)
    try await run(at: "2024-09-27T22:30:00Z")
    #expect(try newest()?.value.vintage == Day("2024-09-26"))
    #expect(try newest()?.isDated == true)
  }

  // MARK: When it is asked

  @Test func `a second run asks nothing, and days of release and weekday evenings ask again`() async throws {
    try followGDP()
    say(Self.first)
    try await run(at: "2024-09-20T22:30:00Z")
    _ = bank.takeAsked()
    for quiet in ["2024-09-20T23:00:00Z", "2024-09-22T22:30:00Z", "2024-09-23T14:30:00Z"] {
      #expect(try await run(at: quiet).counts.requests == 0, "\(quiet)")
    }
    try await run(at: "2024-09-23T22:30:00Z")
    #expect(bank.takeAsked() == ["/fred/series/observations"])
    try await run(at: "2024-10-29T22:30:00Z")
    _ = bank.takeAsked()
    try await run(at: "2024-10-30T13:59:00Z")
    #expect(bank.takeAsked() == [])
    try await run(at: "2024-10-30T14:00:00Z")
    #expect(bank.takeAsked() == ["/fred/series/observations"])
  }

  @Test func `a daily series is looked at each weekday evening, and what failed at once`() async throws {
    try follow(Self.daily, MacroSeries(title: "Yield", units: "Percent", frequency: .daily))
    say([("2024-09-19", "2024-09-20", "3.73")])
    try await run(at: "2024-09-20T21:00:00Z")
    #expect(try await run(at: "2024-09-20T21:59:00Z").counts.requests == 0)
    bank.say("", of: "/fred/series/observations")
    #expect(try await run(at: "2024-09-20T22:00:00Z").outcome == .failed)
    say([("2024-09-19", "2024-09-20", "3.73"), ("2024-09-20", "2024-09-20", ".")])
    #expect(try await run(at: "2024-09-20T22:05:00Z").counts.requests == 1)
    #expect(try await run(at: "2024-09-22T22:05:00Z").counts.requests == 0)
    #expect(try rows() == ["2024-09-19|2024-09-20|3.73"])
  }

  @Test func `a beginning that the user names is asked for once`() async throws {
    try followGDP()
    say(Self.first)
    try await run(at: "2024-09-20T22:30:00Z")
    say([("2020-01-01", "2020-04-29", "21537.94")] + Self.first)
    let since = Instant("2020-01-01T00:00:00Z")
    #expect(try await run(at: "2024-09-20T22:31:00Z") { $0.since = since }.counts.new == 1)
    _ = bank.takeAsked()
    #expect(try await run(at: "2024-09-20T22:32:00Z") { $0.since = since }.counts.requests == 0)
  }

  // MARK: The past

  @Test func `the past knows what was published by then, whenever the file was told`() async throws {
    try followGDP()
    say(Self.first + Self.benchmark)
    try await run(at: "2024-09-27T02:00:00Z")
    store.close()
    func then(_ instant: String, measure: AsKnownOn.Measure = .publicationAlone) throws -> [String] {
      let past = try Store.reading(
        folder.file("appliance.db"), asOf: #require(Instant(instant)), measure: measure)
      return try rows(past)
    }
    #expect(try then("2024-07-01T00:00:00Z") == ["2024-01-01|2024-06-27|28269.174"])
    // In New York it is still the 25th.
    #expect(
      try then("2024-09-26T03:00:00Z") == ["2024-01-01|2024-06-27|28269.174", "2024-04-01|2024-08-29|28652.337"])
    #expect(
      try then("2024-09-26T14:00:00Z") == ["2024-01-01|2024-09-26|28624.069", "2024-04-01|2024-09-26|29016.714"])
    #expect(throws: StoreError.self) { try then("2024-07-01T00:00:00Z", measure: .publication) }
  }

  @Test func `why tells the newest of then, what was before it, and the bytes`() async throws {
    try followGDP()
    say(Self.first + Self.benchmark)
    try await run(at: "2024-09-27T22:30:00Z")
    let day = try #require(Day("2024-04-01"))
    func why(_ store: Store) throws -> Explanation {
      try Tracer(store: store, providers: [FRED()], now: store.asOf ?? Scene.start) { _, _ in nil }
        .explain(.macro(id: "GDP", day: day))
    }
    let now = try why(store)
    #expect(now.headline == "GDP 2024-04-01 value is 29016.714 Billions")
    let text = now.text(width: nil)
    #expect(text.contains("published  2024-09-26"))
    #expect(text.contains("28652.337, published 2024-08-29"))
    #expect(text.contains("read again, these bytes give 29016.714: the same"))
    store.close()
    let past = try Store.reading(
      folder.file("appliance.db"), asOf: #require(Instant("2024-08-01T00:00:00Z")), measure: .publicationAlone)
    let then = try why(past)
    #expect(then.headline == "GDP 2024-04-01 value is 28629.153 Billions")
    #expect(then.text(width: nil).contains("read again, these bytes give 28629.153: the same"))
  }

  @Test func `a rebuild makes it anew, row for row`() async throws {
    try followGDP()
    say(Self.first)
    try await run(at: "2024-09-20T22:30:00Z")
    say(Self.first + Self.benchmark)
    try await run(at: "2024-09-26T22:30:00Z")
    let rebuilt = try Rebuilt(store, providers: [FRED()])
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.rows["macro_observation"] == 6)
    #expect(try rebuilt.store.rows("SELECT title, release FROM macro_series") == ["Gross Domestic Product|53"])
  }
}
