import Market
import Metrics
import Store

/// Risk and return of one asset, beside its benchmark.
struct AssetRisk {
  let series: AskedSeries
  private let summary: RiskSummary?
  private let signals: AssetSignals
  private let beta: (benchmark: String, value: Double, observations: Int)?

  init(_ series: AskedSeries, _ bars: [Bar], _ benchmarks: inout Benchmarks) throws {
    self.series = series
    summary = RiskSummary(of: bars, periodsPerYear: series.periodsPerYear)
    signals = AssetSignals(bars)
    beta = try benchmarks.beta(of: series, bars)
  }

  /// Of no bar nothing is known, but what there is to know has names all the same.
  private static let none = RiskSummary(
    of: [Bar(openTime: Instant(epochSeconds: 0), open: 0, high: 0, low: 0, close: 0, volume: 0)], periodsPerYear: 1)

  /// By name, in the order in which they are listed.
  var figures: [(name: String, value: Double?)] {
    ((summary ?? Self.none)?.figures ?? []) + [("beta", beta?.value)]
  }

  var json: JSONValue {
    .object(
      [
        ("asset", .string(series.asset)), ("source", .string(series.series.key.provider.description)),
        ("interval", .string(series.interval.rawValue)), ("periods_per_year", .number(series.periodsPerYear)),
        ("from", .optional(summary?.span.lowerBound.description)),
        ("to", .optional(summary?.span.upperBound.description)), ("bars", .integer(Int64(summary?.bars ?? 0))),
      ] + figures.map { ($0.name, $0.name == "observations" ? count($0.value) : .optional($0.value)) } + [
        ("beta_against", .optional(beta?.benchmark)),
        ("beta_observations", count(beta.map { Double($0.observations) })),
        ("drawdowns", .array((summary?.drawdowns ?? []).map(Self.json))), ("signals", signalsJSON),
      ])
  }

  private func count(_ value: Double?) -> JSONValue { .integer(value.flatMap { Int64(exactly: $0) } ?? 0) }

  private static func json(_ fall: Drawdown) -> JSONValue {
    [
      "peak": .string(fall.peak.description), "trough": .string(fall.trough.description),
      "recovery": .optional(fall.recovery?.description), "depth": .number(fall.depth),
    ]
  }

  private var signalsJSON: JSONValue {
    [
      "trend": .optional(signals.trend?.rawValue), "momentum": .optional(signals.momentum),
      "support": .optional(signals.support), "resistance": .optional(signals.resistance),
      "regime": .optional(signals.regime?.rawValue),
    ]
  }
}

/// What betas are held against, each read once.
struct Benchmarks {
  /// What the user named; `nil` for the usual one.
  let told: String?
  let arguments: BarArguments
  let span: ClosedRange<Instant>
  let store: Store
  let now: Instant
  private var read: [String: [Instant: Double]] = [:]

  init(told: String?, arguments: BarArguments, span: ClosedRange<Instant>, store: Store, now: Instant) {
    (self.told, self.arguments, self.span, self.store, self.now) = (told, arguments, span, store, now)
  }

  /// - Returns: `nil` of the benchmark itself, and where it has no bars of that length.
  mutating func beta(of series: AskedSeries, _ bars: [Bar]) throws -> (
    benchmark: String, value: Double, observations: Int
  )? {
    let name = name(for: series)
    guard name != series.asset else { return nil }
    let closes = try closes(of: name, series.interval)
    let pairs = bars.compactMap { bar in
      closes[bar.openTime].map { PricePair(asset: bar.close, benchmark: $0) }
    }
    return Metrics.beta(of: pairs).map { (name, $0.value, $0.observations) }
  }

  /// The one that was named, else BTC for coins and SPY for all else.
  func name(for series: AskedSeries) -> String { told ?? (series.series.assetClass == .crypto ? "BTC" : "SPY") }

  /// By when bars open; empty where it has none of that length.
  mutating func closes(of name: String, _ interval: Interval) throws -> [Instant: Double] {
    let key = "\(name) \(interval)"
    if let closes = read[key] { return closes }
    var closes: [Instant: Double] = [:]
    let isKnown = try store.catalogue.assets().contains { $0.symbol == name }
    if isKnown, try AskedSeries.has(name, interval, store) {
      let series = try AskedSeries(name, interval, preferring: interval, arguments.adjust, store, at: now)
      for bar in try series.bars(in: span, store) { closes[bar.openTime] = bar.close }
    }
    read[key] = closes
    return closes
  }
}
