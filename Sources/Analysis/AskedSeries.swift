import Commands
import Datasets
import Market
import Metrics
import Rendering
import Schema
import Store

/// The bars of one asset that are computed from.
struct AskedSeries {
  /// Its symbol.
  let asset: String
  /// The series that is read.
  let series: StoredSeries
  /// The length of the bars that come of it.
  let interval: Interval
  private let dataset: NamedDataset
  private let now: Instant
  /// What people should know of its prices.
  let remarks: [String]

  /// - Parameters:
  ///   - interval: what was asked for; `nil` for `preferred`, and where there is no such bar the shortest.
  /// - Throws: a failure that says which intervals there are.
  init(
    _ asset: String, _ interval: Interval?, preferring preferred: Interval, _ adjust: Adjustment, _ store: Store,
    at now: Instant
  ) throws {
    let chosen = try AskedSeries.chosen(asset, store)
    guard let shortest = chosen.first else {
      throw Failure(.failed, "\(asset) has no bars yet; `appliance ingest` brings what there is")
    }
    let usual = AskedSeries.series(for: preferred, among: chosen) == nil ? shortest.key.interval : preferred
    let interval = interval ?? usual
    guard let series = AskedSeries.series(for: interval, among: chosen) else {
      let there = chosen.map(\.key.interval.rawValue).joined(separator: ", ")
      throw Failure(.usage, "\(asset) has no prices at \(interval), only at \(there)")
    }
    (self.asset, self.series, self.interval, self.now) = (asset, series, interval, now)
    let prices = try store.datasets.restated(
      .prices(series.key.interval), adjust, assets: [asset], today: now.day)
    dataset = prices.dataset
    remarks = AskedSeries.remarks(prices, asset, adjust)
  }

  /// The series that were chosen as the price of an asset, the shortest bars first.
  private static func chosen(_ asset: String, _ store: Store) throws -> [StoredSeries] {
    try Interval.allCases.compactMap { try store.catalogue.chosenPrice(of: asset, interval: $0) }
  }

  /// The series of that length, else of the parts of which such bars are made.
  private static func series(for interval: Interval, among chosen: [StoredSeries]) -> StoredSeries? {
    chosen.first { $0.key.interval == interval }
      ?? chosen.first { $0.key.interval == BarFold.parts(of: interval, on: $0.days) }
  }

  /// Whether an asset has bars of that length, stored or made of shorter ones.
  static func has(_ asset: String, _ interval: Interval, _ store: Store) throws -> Bool {
    series(for: interval, among: try chosen(asset, store)) != nil
  }

  private static func remarks(_ prices: RestatedPrices, _ asset: String, _ adjust: Adjustment) -> [String] {
    RestatementText.remarks(
      unheeded: prices.unheeded.filter { $0.key == asset }.mapValues { $0.map(\.day) },
      unknown: adjust == .all && prices.unknown.contains(asset) ? [asset] : [])
  }

  /// Whose days it has.
  private var calendar: Calendar { series.days }
  /// How many of its bars make a year.
  var periodsPerYear: Double { Metrics.periodsPerYear(of: interval, hasSessions: calendar != .always) }
  /// `SPY at yahoo SPY 1d in USD, restated for splits`; coins are never split.
  var heading: String {
    let currency = series.quoteCurrency.map { " in \($0)" } ?? ""
    let folded = interval == series.key.interval ? "" : ", folded into \(interval)"
    return "\(asset) at \(series.key)\(currency)\(folded)"
      + (series.assetClass == .crypto ? "" : dataset.adjustment.map { ", \($0.words)" } ?? "")
  }

  /// What is said where none of its bars lie in the span that was asked for.
  var remarkWithoutBars: String {
    let reach = series.extent.map { "; they are of \($0.lowerBound.day) to \($0.upperBound.day)" }
    return "no bars of \(asset) then\(reach ?? "")"
  }

  /// Hands over the bars up to an instant, oldest first; a longer bar that is not over is left out.
  func each(upTo last: Instant, _ store: Store, _ take: @escaping (Bar) throws -> Void) throws {
    guard let columns = dataset.showing(BarReceiver.columns) else { return }
    var fold = BarFold(into: interval, calendar: calendar)
    if interval == series.key.interval { fold = nil }
    func give(_ bar: Bar) throws {
      if bar.openTime <= last, bar.openTime + interval.seconds <= now { try take(bar) }
    }
    let receiver = BarReceiver { bar in
      if fold == nil { return try take(bar) }
      if let whole = fold?.add(bar) { try give(whole) }
    }
    let end =
      min(last.epochSeconds, Instant.representable.upperBound.epochSeconds - interval.seconds) + interval.seconds
    let reach = fold == nil ? last : Instant(epochSeconds: end)
    try store.datasets.read { reader in
      let span = Instant.representable.lowerBound...reach
      _ = try reader.rows(of: columns, RowSelection(assets: [asset], span: span), into: receiver)
    }
    if let bar = fold?.finish() { try give(bar) }
  }

  /// All bars within a span.
  func bars(in span: ClosedRange<Instant>, _ store: Store) throws -> [Bar] {
    var bars: [Bar] = []
    try each(upTo: span.upperBound, store) { if $0.openTime >= span.lowerBound { bars.append($0) } }
    return bars
  }
}

extension StoredSeries {
  /// Whose days it has.
  fileprivate var days: Calendar { calendar ?? Calendar(of: assetClass) }
}

/// Makes bars of the rows of a dataset of prices.
private final class BarReceiver: RowReceiver {
  /// The columns of a row, in the order in which its cells come.
  static let columns = ["ts_utc", "open", "high", "low", "close", "volume"]

  private let take: (Bar) throws -> Void
  private var opening = Instant(epochSeconds: 0)
  private var figures: [Double] = []

  init(_ take: @escaping (Bar) throws -> Void) { self.take = take }

  func instant(_ value: Instant) { opening = value }
  func real(_ value: Double) { figures.append(value) }
  func integer(_ value: Int64) { figures.append(Double(value)) }
  func null() { figures.append(.nan) }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) { figures.append(.nan) }

  func endRow() throws {
    defer { figures.removeAll(keepingCapacity: true) }
    guard figures.count == 5 else { return }
    try take(
      Bar(
        openTime: opening, open: figures[0], high: figures[1], low: figures[2], close: figures[3], volume: figures[4]))
  }
}
