import Market
import Metrics
import SQLite

@testable import Pipeline
@testable import Store

/// A file with a coin's hours and days at two sources and the flows of its funds, and what the checks find in it.
struct QualityFile {
  static let first = Day(daysSinceEpoch: 20_000)
  static let hours = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let days = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .day1)
  static let others = SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: "XBTUSD", interval: .hour1)
  static let euros = SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: "XBTEUR", interval: .hour1)
  static let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)

  let store: Store
  private(set) var run: RunID
  private let providers: [ProviderProfile]

  init(_ store: Store? = nil, symbol: String = "BTC") throws {
    self.store = try store ?? Store.scratch()
    func series(_ key: SeriesKey, _ priority: Int, _ currency: String) -> SeriesDefinition {
      SeriesDefinition(key: key, asset: symbol, quoteCurrency: currency, priority: priority, basis: .asTraded)
    }
    providers = ["binance", "kraken", "farside"].map { name in
      ProviderProfile(
        name: ProviderName(name), title: name, baseURL: "https://\(name)", homepage: "https://\(name)",
        politeness: Politeness(limit: 10, window: 60, concurrency: 1), safety: 60,
        probe: Request(provider: ProviderName(name), path: "/"))
    }
    try self.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: symbol, name: "Bitcoin", assetClass: .crypto)], funds: [],
        series: [
          series(Self.hours, 1, "USDT"), series(Self.days, 1, "USDT"), series(Self.others, 2, "USD"),
          series(Self.euros, 3, "EUR"), series(Self.flows, 1, "USD"),
        ]), providers: providers)
    run = try self.store.runs.begin(command: "ingest", at: Self.noon(0), processID: 1, version: "test")
  }

  static func noon(_ day: Int) -> Instant { (first + day).start + 43_200 }

  static func price(_ hour: Int) -> Double { 100 + Double(hour * 7_919 % 101) / 8 }

  /// Another run, which finds what it finds.
  mutating func begin(on day: Int) throws {
    run = try store.runs.begin(command: "ingest", at: Self.noon(day), processID: 1, version: "test")
  }

  func tell(_ reading: Reading, on day: Int) throws {
    let now = Self.noon(day)
    let answer = Answer(
      status: 200, headers: [], body: Array("\(reading) \(day)".utf8), receivedAt: now)
    let trip = RoundTrip(
      request: Request(provider: reading.series.provider, path: "/"),
      attempts: [
        Attempt(url: "https://x", startedAt: now, elapsed: .milliseconds(1), wireBytes: 1, result: .success(answer))
      ])
    guard let fetch = try store.vault.keep(trip, of: run, quotas: []) else { return }
    _ = try store.facts.store(reading, from: fetch, step: nil, at: now)
  }

  /// The hours of some days of a series.
  func tellHours(
    _ days: Range<Int>, of series: SeriesKey = hours, on day: Int = 100, price: (Int) -> Double = price
  ) throws {
    let bars = (days.lowerBound * 24..<days.upperBound * 24).map { hour in
      let close = price(hour)
      return Bar(
        openTime: Self.first.start + Int64(hour) * 3600, open: close, high: close + 1, low: close - 1, close: close,
        volume: 1)
    }
    try tell(Reading(series: series, facts: .bars(bars), covers: nil), on: day)
  }

  /// Days that are the sum of those hours, but for some highs.
  func tellDays(_ days: Range<Int>, on day: Int = 100, highs: [Int: Double] = [:]) throws {
    let bars = days.map { day in
      let prices = (day * 24..<day * 24 + 24).map(Self.price)
      return Bar(
        openTime: (Self.first + day).start, open: prices[0], high: highs[day] ?? (prices.max() ?? 0) + 1,
        low: (prices.min() ?? 0) - 1, close: prices[23], volume: 24)
    }
    try tell(Reading(series: Self.days, facts: .bars(bars), covers: nil), on: day)
  }

  func tellFlows(_ flows: [EtfFlow], refusing refusals: [Refusal] = [], on day: Int = 100) throws {
    try tell(Reading(series: Self.flows, facts: .flows(flows), refusals: refusals, covers: nil), on: day)
  }

  @discardableResult
  func measure(
    on day: Int = 100, gates: QualityGates = QualityGates(), present: [QualityMeasurement] = []
  ) throws -> Int {
    try QualityMeasures(store, gates: gates, now: Self.noon(day)).perform(with: present)
  }

  /// Day, value and observations of each result of a check, the newest of each.
  func results(_ check: QualityCheck) throws -> [String] {
    try store.rows(
      """
      SELECT julianday(day) - julianday('\(Self.first)'), value, observations FROM quality_result AS result
      WHERE check_name = '\(check.name)' AND scope = 'asset' AND NOT EXISTS (
        SELECT 1 FROM quality_result AS later WHERE later.check_name = result.check_name
          AND later.subject = result.subject AND later.day = result.day AND later.run_id > result.run_id)
      ORDER BY day
      """
    ).map { $0.replacing(".0|", with: "|") }
  }
}
