import Market
import Metrics
import Store
import Telling

/// Risk and return of one asset, beside its benchmark.
struct AssetRisk {
  let series: AskedSeries
  private let summary: RiskSummary?
  private let signals: AssetSignals
  private let beta: Benchmarks.Beta

  init(_ series: AskedSeries, _ bars: [Bar], _ benchmarks: inout Benchmarks) throws {
    self.series = series
    summary = RiskSummary(of: bars, periodsPerYear: series.periodsPerYear)
    signals = AssetSignals(bars)
    beta = try benchmarks.beta(of: series, bars)
  }

  /// Of no bar nothing is known, but what there is to know has names all the same.
  private static let none = RiskSummary(
    of: [Bar(openTime: Instant(epochSeconds: 0), open: 0, high: 0, low: 0, close: 0, volume: 0)], periodsPerYear: 1)

  /// The name of the figure that is a count.
  static let observations = "observations"

  /// Whether there were bars to compute it from.
  var hasBars: Bool { summary != nil }

  /// By name, in the order in which they are listed.
  var figures: [(name: String, value: Double?)] {
    ((summary ?? Self.none)?.figures ?? []) + [("beta", beta.slope?.value)]
  }

  var json: JSONValue {
    .object(
      [
        ("asset", .string(series.asset)), ("source", .string(series.series.key.provider.description)),
        ("interval", .string(series.interval.rawValue)), ("periods_per_year", .number(series.periodsPerYear)),
        ("from", .optional(summary?.span.lowerBound.description)),
        ("to", .optional(summary?.span.upperBound.description)), ("bars", .integer(Int64(summary?.bars ?? 0))),
      ] + figures.map { ($0.name, $0.name == Self.observations ? count($0.value) : .optional($0.value)) } + [
        ("beta_against", .optional(beta.slope == nil ? nil : beta.benchmark)),
        ("beta_observations", count(beta.slope.map { Double($0.observations) })),
        ("beta_missing", .optional(beta.whyMissing)),
        ("drawdowns", .array((summary?.drawdowns ?? []).map(Self.json))), ("signals", signalsJSON),
      ])
  }

  /// What is to be said of it besides its figures.
  var remarks: [String] {
    series.remarks + (hasBars ? [betaRemark].compactMap { $0 } : [series.remarkWithoutBars])
  }

  /// What is to be said of its beta; `nil` where that is against the usual benchmark.
  private var betaRemark: String? {
    beta.whyMissing.map { "beta of \(series.asset) is missing: \($0)" }
      ?? (beta.isUsual ? nil : "beta of \(series.asset) is against \(beta.benchmark)")
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

  /// A beta, or why there is none.
  struct Beta {
    let benchmark: String
    /// Whether that is the one that was named, or the first by usage.
    let isUsual: Bool
    /// `nil` where it is missing.
    let slope: (value: Double, observations: Int)?
    /// `nil` where it is not.
    let whyMissing: String?
  }

  /// What one asset moved for what its benchmark moved, over the bars that both have.
  mutating func beta(of series: AskedSeries, _ bars: [Bar]) throws -> Beta {
    let name = try name(for: series)
    let isUsual = name == told ?? Benchmarks.usual(for: series)[0]
    let closes = try closes(of: name, series.interval)
    let pairs = bars.compactMap { bar in
      closes[bar.openTime].map { PricePair(asset: bar.close, benchmark: $0) }
    }
    let slope = name == series.asset ? nil : Metrics.beta(of: pairs)
    let whyMissing: String? =
      if slope != nil { nil } else if name == series.asset { "it is the benchmark" } else if bars.isEmpty {
        "it has no bars in that time"
      } else if closes.isEmpty {
        "\(name) has no prices at \(series.interval) to compare with; `appliance asset add \(name)` follows it, --against "
          + "names another"
      } else { "\(name) has fewer than three bars in common with it, or never moved over them" }
    return Beta(benchmark: name, isUsual: isUsual, slope: slope, whyMissing: whyMissing)
  }

  /// What an asset is held against where nobody says what, the first by preference: of shares funds of the S&P 500, then the
  /// index itself, as Yahoo and as FRED tell it.
  private static func usual(for series: AskedSeries) -> [String] {
    series.series.assetClass == .crypto ? ["BTC"] : ["SPY", "IVV", "VOO", "^GSPC", "SP500"]
  }

  /// The one that was named, else the first of the usual ones of which there are prices; the first of all where there are of
  /// none, and of itself.
  mutating func name(for series: AskedSeries) throws -> String {
    if let told { return told }
    let usual = Benchmarks.usual(for: series)
    if usual[0] == series.asset { return usual[0] }
    for name in usual where try name != series.asset && !closes(of: name, series.interval).isEmpty { return name }
    return usual[0]
  }

  /// By when bars open; empty where it has none of that length.
  mutating func closes(of name: String, _ interval: Interval) throws -> [Instant: Double] {
    let key = "\(name) \(interval)"
    if let closes = read[key] { return closes }
    var closes: [Instant: Double] = [:]
    let isKnown = try store.catalogue.assets().contains { $0.symbol == name }
    if isKnown, try AskedSeries.has(name, interval, store) {
      let series = try AskedSeries(name, interval, preferring: interval, arguments.adjust, store, at: now)
      for bar in try series.bars(in: span, store) { closes[bar.openTime] = bar.close }
    } else if interval == .day1, let index = try economicSeries(name) {
      let values = try store.telling.newestObservations(of: index, until: now.day, count: .max)
      for value in values.map(\.value) where span.contains(value.day.start) {
        closes[value.day.start] = value.value
      }
    }
    read[key] = closes
    return closes
  }

  /// An index that is told as a figure of the economy, a value a day.
  private func economicSeries(_ name: String) throws -> StoredSeries? {
    try store.catalogue.series().first {
      $0.key.holdsEconomics && $0.key.providerSymbol == name && $0.macro?.frequency == .daily && $0.count > 0
    }
  }
}
