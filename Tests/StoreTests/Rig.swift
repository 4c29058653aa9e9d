import GRDB
import Market
import SQLite

@testable import Store

/// The series that these tests fill.
enum Known {
  static let bars = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let otherBars = SeriesKey(dataset: .bar, provider: "coinbase", providerSymbol: "BTC-USD", interval: .hour1)
  static let points = SeriesKey(
    dataset: .pricePoint, provider: "coingecko", providerSymbol: "bitcoin", interval: .hour1)
  static let mood = SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)
  static let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)
  static let totals = SeriesKey(dataset: .etfFlow, provider: "sosovalue", providerSymbol: "btc", interval: .day1)

  static let catalogue = Catalogue(
    assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)],
    funds: [Fund(ticker: "IBIT", asset: "BTC", name: "iShares Bitcoin Trust ETF")],
    series: [
      SeriesDefinition(key: bars, asset: "BTC", quoteCurrency: "USDT", priority: 1),
      SeriesDefinition(key: otherBars, asset: "BTC", quoteCurrency: "USD", priority: 2),
      SeriesDefinition(key: points, asset: "BTC", quoteCurrency: "USD", priority: 4),
      SeriesDefinition(key: mood, asset: nil, quoteCurrency: nil, priority: 1),
      SeriesDefinition(key: flows, asset: "BTC", quoteCurrency: "USD", priority: 1),
      SeriesDefinition(key: totals, asset: "BTC", quoteCurrency: "USD", priority: 2, needsKey: true),
    ])

  static let profiles = ["binance", "coinbase", "coingecko", "alternative.me", "farside", "sosovalue"].map(profile)

  static func profile(_ name: String) -> ProviderProfile {
    ProviderProfile(
      name: ProviderName(name), title: name, baseURL: "https://\(name)", homepage: "https://\(name)",
      politeness: Politeness(limit: 10, window: 60, concurrency: 1), safety: 60,
      probe: Request(provider: ProviderName(name), path: "/"))
  }
}

/// A store with the catalogue in it and a run under way.
struct Rig {
  let store: Store
  let run: RunID

  /// 2026-03-02T00:00:00Z, a Monday.
  static let start = Day(daysSinceEpoch: 20_514).start

  init(_ store: Store? = nil) throws {
    let store = try store ?? Store.scratch()
    self.store = store
    try store.catalogue.add(Known.catalogue, providers: Known.profiles)
    run = try store.runs.begin(command: "ingest", at: Rig.start, processID: 1, version: "test")
  }

  /// Keeps an answer and returns its fetch.
  func fetch(_ body: String = "[]", from provider: ProviderName = "binance", at now: Instant = Rig.start) throws
    -> FetchID
  {
    let kept = try store.vault.keep(.answered(body, provider: provider, at: now), of: run, quotas: [])
    guard let kept else { throw Missing() }
    return kept
  }

  /// Stores a reading from a fetch of its own.
  @discardableResult
  func store(_ reading: Reading, at now: Instant = Rig.start) throws -> StepCounts {
    try store.facts.store(reading, from: try fetch(from: reading.series.provider), step: nil, at: now)
  }

  @discardableResult
  func store(
    _ facts: Facts, of series: SeriesKey, refusals: [Refusal] = [], covers: ClosedRange<Instant>? = nil,
    at now: Instant = Rig.start
  ) throws -> StepCounts {
    try store(Reading(series: series, facts: facts, refusals: refusals, covers: covers), at: now)
  }

  /// Rows of a query, each as its values joined by bars; NULL is `∅`.
  func rows(_ sql: String) throws -> [String] { try store.rows(sql) }

  func series(_ key: SeriesKey) throws -> StoredSeries {
    guard let series = try store.catalogue.series(key) else { throw Missing() }
    return series
  }
}

struct Missing: Error {}

extension Store {
  func rows(_ sql: String) throws -> [String] {
    try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null: "∅"
          case .int64(let number): "\(number)"
          case .double(let number): "\(number)"
          case .string(let text): text
          case .blob(let data): data.map { "\($0)" }.joined(separator: " ")
          }
        }.joined(separator: "|")
      }
    }
  }

  /// Runs statements as they are, to damage a file.
  func tamper(_ sql: String) throws {
    try write { db in try db.execute(sql: sql) }
  }

  /// All rows of the tables that hold facts, judgements and what is derived from them.
  func dump() throws -> [String: [String]] {
    let tables = [
      "asset", "source", "series", "etf", "bar", "bar_restatement", "price_point", "price_point_restatement",
      "sentiment",
      "sentiment_restatement", "etf_flow", "etf_flow_restatement", "quarantine", "gap", "price_choice", "snapshot_due",
      "etf_flow_day", "market_snapshot", "summary",
    ]
    return try Dictionary(uniqueKeysWithValues: tables.map { ($0, try rows("SELECT * FROM \($0)").sorted()) })
  }
}

extension RoundTrip {
  static func answered(
    _ body: String, provider: ProviderName = "binance", path: String = "/klines", status: Int = 200,
    headers: [HeaderField] = [], at now: Instant = Rig.start
  ) -> RoundTrip {
    let answer = Answer(status: status, headers: headers, body: Array(body.utf8), receivedAt: now)
    return RoundTrip(
      request: Request(provider: provider, path: path, query: [QueryItem("symbol", "BTC & co")]),
      attempts: [.answered(answer)])
  }
}

extension Attempt {
  static func answered(_ answer: Answer) -> Attempt {
    Attempt(
      url: "https://example.org", startedAt: answer.receivedAt, elapsed: .milliseconds(120),
      wireBytes: answer.body.count, result: .success(answer))
  }

  static func failed(_ error: TransportError, at now: Instant = Rig.start) -> Attempt {
    Attempt(url: "https://example.org", startedAt: now, elapsed: .seconds(3), wireBytes: 0, result: .failure(error))
  }
}

extension Bar {
  /// A bar that opens `hour` hours after the start of the tests' Monday and closes at `close`.
  init(hour: Int, close: Double = 100, volume: Double = 1) {
    self.init(
      openTime: .hour(hour), open: 100, high: max(100, close), low: min(100, close), close: close, volume: volume)
  }
}

extension Instant {
  static func hour(_ hour: Int) -> Instant { Rig.start + Int64(hour) * 3600 }
}

extension Day {
  /// The tests' Monday and the days after it.
  static func number(_ index: Int) -> Day { Rig.start.day + index }
}

/// Stretches of hours, for what an answer covers.
func hours(_ range: ClosedRange<Int>) -> ClosedRange<Instant> { .hour(range.lowerBound) ... .hour(range.upperBound) }

func days(_ range: ClosedRange<Int>) -> ClosedRange<Instant> {
  Day.number(range.lowerBound).start...Day.number(range.upperBound).start
}

extension Snapshots {
  /// Writes rows that were all made from one series.
  func store(
    _ rows: [SnapshotRow], of asset: String, from series: SeriesID, computed days: [Day], at now: Instant
  ) throws -> StepCounts {
    try store([ComputedSnapshots(of: asset, rows.map { ($0, series) }, days: days)], at: now)
  }
}
