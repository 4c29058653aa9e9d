import Market
import Metrics
import SQLite
import Schema

@testable import Pipeline
@testable import Store

/// A file with a share at two sources, a fund and a coin, which are told of by the day.
struct DayFile {
  static let first = Day(daysSinceEpoch: 19_000)
  /// Restated for splits by its source.
  static let share = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  /// As it was traded.
  static let traded = SeriesKey(dataset: .bar, provider: "polygon", providerSymbol: "ACME", interval: .day1)
  static let acts = SeriesKey(dataset: .corporateAction, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  static let coin = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .day1)
  static let hours = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)

  let store: Store
  let run: RunID

  init(_ store: Store? = nil) throws {
    self.store = try store ?? Store.scratch()
    func series(_ key: SeriesKey, _ asset: String, _ priority: Int, _ basis: PriceBasis) -> SeriesDefinition {
      SeriesDefinition(key: key, asset: asset, quoteCurrency: "USD", priority: priority, basis: basis)
    }
    try self.store.catalogue.add(
      Catalogue(
        assets: [
          Asset(symbol: "ACME", name: "Acme", assetClass: .stock),
          Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto),
        ], funds: [],
        series: [
          series(Self.share, "ACME", 1, .splitAdjusted), series(Self.traded, "ACME", 2, .asTraded),
          series(Self.acts, "ACME", 1, .asTraded), series(Self.coin, "BTC", 1, .asTraded),
          series(Self.hours, "BTC", 1, .asTraded),
        ]),
      providers: ["yahoo", "polygon", "binance"].map { name in
        ProviderProfile(
          name: ProviderName(name), title: name, baseURL: "https://\(name)", homepage: "https://\(name)",
          politeness: Politeness(limit: 10, window: 60, concurrency: 1), safety: 60,
          probe: Request(provider: ProviderName(name), path: "/"))
      })
    run = try self.store.runs.begin(command: "ingest", at: Self.noon(0), processID: 1, version: "test")
  }

  static func noon(_ day: Int) -> Instant { (first + day).start + 43_200 }

  /// Prices that wander about 100.
  static func price(_ day: Int) -> Double {
    100 + Double(day * 7_919 % 101) / 8 + Double(day * day % 37) / 3
  }

  func tell(_ facts: Facts, of series: SeriesKey, on day: Int = 1000) throws {
    let now = DayFile.noon(day)
    let answer = Answer(status: 200, headers: [], body: Array("\(facts)".utf8), receivedAt: now)
    let trip = RoundTrip(
      request: Request(provider: series.provider, path: "/"),
      attempts: [
        Attempt(
          url: "https://example.org", startedAt: now, elapsed: .milliseconds(1), wireBytes: 1, result: .success(answer))
      ])
    guard let fetch = try store.vault.keep(trip, of: run, quotas: []) else { return }
    _ = try store.facts.store(
      Reading(series: series, facts: facts, covers: nil), from: fetch, step: nil, at: now)
  }

  /// Stores the days of a range and chooses the prices.
  func tell(
    _ days: Range<Int>, of series: SeriesKey, on day: Int = 1000, price: (Int) -> Double = DayFile.price
  ) throws {
    let bars = days.map { day in
      let close = price(day)
      return Bar(
        openTime: (Self.first + day).start, open: close, high: close + 1, low: close - 1, close: close, volume: 10)
    }
    try tell(.bars(bars), of: series, on: day)
    let asset = series == Self.coin || series == Self.hours ? "BTC" : "ACME"
    let due = (Self.first + days.upperBound - 1).start
    _ = try store.catalogue.choosePrice(of: asset, interval: .day1, due: due, run: run)
  }

  func split(_ ratio: Double, on day: Int, told: Int = 1000) throws {
    try tell(
      .actions([CorporateAction(day: Self.first + day, kind: .split, value: ratio)]), of: Self.acts, on: told)
  }

  @discardableResult
  func measure(on day: Int = 1000) throws -> StepCounts {
    try MeasureStep(store: store, now: Self.noon(day)).perform()
  }

  /// The stored values of a series, in order.
  func values(_ series: SeriesKey) throws -> [DailyIndicators.Values] {
    guard let id = try store.catalogue.series(series)?.id else { return [] }
    return try store.read { db in
      let rows = try Statements(db).kept(IndicatorStatements.rows, id.rawValue, .min)
      var values: [DailyIndicators.Values] = []
      while try rows.step() {
        values.append(DailyIndicators.Values((1...7).map { rows.realIfAny(Int32($0)) }))
      }
      return values
    }
  }

  /// What they should be.
  static func values(of closes: [Double]) -> [DailyIndicators.Values] {
    var course = DailyIndicators()
    return closes.map { course.take($0) }
  }
}
