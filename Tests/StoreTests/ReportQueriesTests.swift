import Glibc
import Market
import SQLite
import Store
import Telling
import Testing

@Suite struct ReportQueriesTests {
  @Test func `a file without snapshots has no newest day and no stretches`() throws {
    let book = try Book()
    #expect(try book.store.telling.newestSnapshotDay() == nil)
    #expect(try book.store.telling.snapshotStretches().isEmpty)
  }

  @Test func `days with snapshots are told as runs without a hole`() throws {
    let book = try Book()
    try book.snapshots(["2025-09-15", "2025-09-16", "2025-09-19"])
    let stretches = try book.store.telling.snapshotStretches().map { "\($0.lowerBound) \($0.upperBound)" }
    #expect(try book.store.telling.newestSnapshotDay() == Day("2025-09-19"))
    #expect(stretches == ["2025-09-15 2025-09-16", "2025-09-19 2025-09-19"])
  }

  @Test func `a day of an asset bears its series, its currency and its last bar`() throws {
    let book = try Book()
    try book.bars(
      [("2025-09-19T20:00Z", 100), ("2025-09-19T21:00Z", 101), ("2025-09-20T00:00Z", 102)], at: "2025-09-20T01:30Z")
    try book.snapshots(["2025-09-19"])
    let day = try #require(Day("2025-09-19"))
    let found = try book.store.telling.assetDays(in: day...day)
    #expect(found.map(\.asset.symbol) == ["BTC"])
    #expect(found.first?.key == Book.key)
    #expect(found.first?.quoteCurrency == "USDT")
    #expect(found.first?.lastBar == Instant("2025-09-19T21:00Z"))
    #expect(found.first?.snapshot.day == day)
  }

  @Test func `a day whose bars are gone has no last bar`() throws {
    let book = try Book()
    try book.snapshots(["2025-09-19"])
    let day = try #require(Day("2025-09-19"))
    #expect(try book.store.telling.assetDays(in: day...day).first?.lastBar == nil)
  }

  @Test func `the newest fetch of a stretch counts only the answers that taught its bars`() throws {
    let book = try Book()
    try book.bars([("2025-09-19T20:00Z", 100)], at: "2025-09-19T21:30Z")
    try book.bars([("2025-09-19T20:00Z", 100), ("2025-09-19T21:00Z", 101)], at: "2025-09-19T22:30Z")
    let series = try #require(try book.store.catalogue.series(Book.key))
    let (eight, nine) = (try #require(Instant("2025-09-19T20:00Z")), try #require(Instant("2025-09-19T21:00Z")))
    #expect(try book.store.facts.newestFetch(ofBarsOf: series.id, in: eight...eight) == Instant("2025-09-19T21:30Z"))
    #expect(try book.store.facts.newestFetch(ofBarsOf: series.id, in: eight...nine) == Instant("2025-09-19T22:30Z"))
    #expect(try book.store.facts.newestFetch(ofBarsOf: series.id, in: nine + 1...nine + 2) == nil)
  }

  @Test func `a bar replaced twice is told twice, each time with what came next`() throws {
    let book = try Book()
    for (close, at) in [(100.0, "2025-09-19T21:30Z"), (101.0, "2025-09-19T22:30Z"), (102.0, "2025-09-19T23:30Z")] {
      try book.bars([("2025-09-19T20:00Z", close)], at: at)
    }
    let close = try book.restated("2025-09-19").filter { $0.field == "close" }
    #expect(close.map(\.old) == [100, 101])
    #expect(close.map(\.new) == [101, 102])
    #expect(close.map(\.replacedAt) == [Instant("2025-09-19T22:30Z"), Instant("2025-09-19T23:30Z")])
    #expect(close.allSatisfy { $0.asset == "BTC" && $0.series == Book.key && $0.at == Instant("2025-09-19T20:00Z") })
  }

  @Test func `only the fields that changed are told, and only of the stretch`() throws {
    let book = try Book()
    try book.bars([("2025-09-19T20:00Z", 100)], at: "2025-09-19T21:30Z")
    try book.bars([("2025-09-19T20:00Z", 101)], at: "2025-09-19T22:30Z")
    #expect(try book.restated("2025-09-19").map(\.field) == ["high", "low", "close"])
    #expect(try book.restated("2025-09-18").isEmpty)
  }

  @Test func `a sentiment value that was replaced is told with both values`() throws {
    let book = try Book()
    try book.mood(53, at: "2025-09-19T01:00Z")
    try book.mood(55, at: "2025-09-19T02:00Z")
    let found = try book.restated("2025-09-19")
    #expect(found.map(\.field) == ["value"])
    #expect(found.first?.old == 53)
    #expect(found.first?.new == 55)
    #expect(found.first?.asset == nil)
  }

  @Test func `a flow that changed after its day was final is told by its fund`() throws {
    let book = try Book()
    try book.flow(10, at: "2025-09-21T12:00Z")
    try book.judge("2025-09-19", "final")
    try book.flow(-20, at: "2025-09-22T12:00Z")
    let found = try book.restated("2025-09-19")
    #expect(found.map(\.field) == ["IBIT"])
    #expect(found.first?.old == 10)
    #expect(found.first?.new == -20)
  }

  @Test func `flow entries are funds, without the source's own total`() throws {
    let book = try Book()
    try book.flow(10, at: "2025-09-20T12:00Z")
    let series = try #require(try book.store.catalogue.series(Book.flows))
    let day = try #require(Day("2025-09-19"))
    let found = try book.store.flows.entries(of: series.id, in: day...day)
    #expect(found.map(\.ticker) == ["IBIT", "FBTC"])
    #expect(found.map(\.netFlowUSD) == [10, nil])
    #expect(found.allSatisfy { $0.fetchedAt == Instant("2025-09-20T12:00Z") })
  }

  @Test func `refused rows are those of the stretch, and those without a time that came in it`() throws {
    let book = try Book()
    try book.refuse(at: "2025-09-19T13:00Z", "in the day", receivedAt: "2025-09-21T00:30Z")
    try book.refuse(at: "2025-09-18T13:00Z", "of another day", receivedAt: "2025-09-19T00:30Z")
    try book.refuse(at: nil, "without a time", receivedAt: "2025-09-19T01:30Z")
    try book.refuse(at: nil, "without a time, later", receivedAt: "2025-09-20T01:30Z")
    let span = try book.span(of: "2025-09-19")
    #expect(try book.store.judgement.refusedRows(in: span).map(\.detail) == ["without a time", "in the day"])
  }

  @Test func `summaries of a stretch come by day, the market's first, and of one maker only`() throws {
    let book = try Book()
    let days = ["2025-09-19", "2025-09-18", "2025-09-17"].compactMap { Day($0) }
    let rows = days.flatMap { day in
      [(String?.none, "rule-1"), ("BTC", "rule-1"), ("BTC", "model")].map {
        SummaryRow(day: day, asset: $0.0, maker: $0.1, text: "\(day)", facts: "{}")
      }
    }
    _ = try book.store.summaries.store(rows)
    let found = try book.store.summaries.all(by: "rule-1", in: days[1]...days[0])
    #expect(found.map(\.day) == [days[1], days[1], days[0], days[0]])
    #expect(found.map(\.asset) == [nil, "BTC", nil, "BTC"])
  }

  @Test func `sources are told by name with their homepage`() throws {
    let credits = try Book().store.telling.sourceCredits()
    #expect(credits.map(\.name) == ["alternative.me", "binance", "farside"])
    #expect(credits.map(\.title) == ["Alternative.me", "Binance", "Farside"])
    #expect(credits.last?.homepage == "https://farside.test")
  }
}

/// A small file of one asset in a temporary folder, gone when it is let go.
private final class Book {
  static let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)
  static let fng = SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)

  let store: Store
  private let folder: String
  private let run: RunID
  private var answers = 0

  init() throws {
    var template = Array("\(TemporaryFolder.parent)/report-queries-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw StoreError.notWritable(path: TemporaryFolder.parent, detail: "no folder")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    store = try Store.writing(folder + "/appliance.db", command: "test")
    let start = Instant(epochSeconds: 1_758_240_000)
    run = try store.runs.begin(command: "test", at: start, processID: 1, version: "test")
    try store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
        series: [
          SeriesDefinition(key: Book.key, asset: "BTC", quoteCurrency: "USDT", priority: 1),
          SeriesDefinition(key: Book.flows, asset: "BTC", quoteCurrency: "USD", priority: 1),
          SeriesDefinition(key: Book.fng, asset: nil, quoteCurrency: nil, priority: 1),
        ]),
      providers: [
        profile("farside", "Farside"), profile("binance", "Binance"), profile("alternative.me", "Alternative.me"),
      ])
  }

  deinit {
    for name in ["appliance.db", "appliance.db-wal", "appliance.db-shm", "appliance.db.lock"] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  private func profile(_ name: ProviderName, _ title: String) -> ProviderProfile {
    ProviderProfile(
      name: name, title: title, baseURL: "", homepage: "https://\(title.lowercased()).test",
      politeness: Politeness(limit: 1, window: 1, concurrency: 1), safety: 60, probe: Request(provider: name, path: "/")
    )
  }

  /// Stores a reading as the answer that came at an instant.
  func store(_ reading: Reading, at text: String) throws {
    let now = try #require(Instant(text))
    answers += 1
    let answer = Answer(status: 200, headers: [], body: Array("\(answers)".utf8), receivedAt: now)
    let attempt = Attempt(url: "", startedAt: now, elapsed: .zero, wireBytes: 1, result: .success(answer))
    let request = Request(provider: reading.series.provider, path: "/")
    let fetch = try #require(
      try store.vault.keep(RoundTrip(request: request, attempts: [attempt]), of: run, quotas: []))
    _ = try store.facts.store(reading, from: fetch, step: nil, at: now)
  }

  /// Bars that open at 100, by open time and close; high and low follow the close.
  func bars(_ bars: [(String, Double)], at text: String) throws {
    let facts = try bars.map { time, close in
      Bar(
        openTime: try #require(Instant(time)), open: 100, high: close + 1, low: close - 10,
        close: close, volume: 1)
    }
    try store(Reading(series: Book.key, facts: .bars(facts), covers: nil), at: text)
  }

  func mood(_ value: Double, at text: String) throws {
    let day = try #require(Day("2025-09-19"))
    let value = SentimentValue(day: day, value: value, classification: "Neutral")
    try store(Reading(series: Book.fng, facts: .sentiment([value]), covers: nil), at: text)
  }

  /// What IBIT reported; FBTC has not, and the page shows a total.
  func flow(_ usd: Int64, at text: String) throws {
    let day = try #require(Day("2025-09-19"))
    let flows = [
      EtfFlow(day: day, ticker: "IBIT", netFlowUSD: usd), EtfFlow(day: day, ticker: "FBTC", netFlowUSD: nil),
      EtfFlow(day: day, ticker: EtfFlow.total, netFlowUSD: 7),
    ]
    try store(Reading(series: Book.flows, facts: .flows(flows), covers: nil), at: text)
  }

  func judge(_ day: String, _ finality: String) throws {
    let series = try #require(try store.catalogue.series(Book.flows))
    let row = FlowDayRow(day: try #require(Day(day)), netFlowUSD: 10, finality: finality)
    try store.flows.store([row], of: series, at: Instant(epochSeconds: 0))
  }

  func refuse(at text: String?, _ detail: String, receivedAt: String) throws {
    let refusal = Refusal(reason: .malformed, at: text.flatMap { Instant($0) }, detail: detail, excerpt: detail)
    try store(Reading(series: Book.key, facts: .bars([]), refusals: [refusal], covers: nil), at: receivedAt)
  }

  func snapshots(_ days: [String]) throws {
    let series = try #require(try store.catalogue.series(Book.key))
    let rows = days.compactMap { Day($0) }.map {
      SnapshotRow(
        MarketSnapshot(
          day: $0, open: 1, high: 2, low: 1, close: 2, volume: 3, change24h: nil, volatility7d: nil, asiaReturn: nil,
          europeReturn: nil, usReturn: nil, bars: 1, barsExpected: 24, isComplete: false),
        fngValue: nil, fngClassification: nil, etfNetFlowUSD: nil, etfNetFlow5dUSD: nil)
    }
    _ = try store.snapshots.store(
      rows, of: "BTC", from: series.id, computed: rows.map(\.day), at: Instant(epochSeconds: 0))
  }

  func span(of text: String) throws -> ClosedRange<Instant> {
    let day = try #require(Day(text))
    return day.start...day.end - 1
  }

  func restated(_ day: String) throws -> [RestatedFigure] {
    try store.past.restatedFigures(in: span(of: day))
  }
}
