import Commands
import Datasets
import Market
import Metrics
import Rendering
import Store

/// The series of an asset at one interval, each held against the one whose prices are shown.
struct SourceComparisons {
  let asset: String
  let interval: Interval
  let reference: StoredSeries
  /// By priority.
  let comparisons: [SourceComparison]

  /// More than this apart is told bar by bar: half a per cent.
  static let tolerance = 0.005

  /// - Parameter wanted: the interval; `nil` for days where two sources have them, else for the shortest that two have.
  init(of asset: String, _ wanted: Interval?, in store: Store, at now: Instant) throws {
    let stored = try store.catalogue.series(of: asset).filter { $0.key.holdsBars && $0.count > 0 }
    let shared = Interval.allCases.filter { interval in stored.count { $0.key.interval == interval } > 1 }
    guard let interval = wanted ?? (shared.contains(.day1) ? .day1 : shared.first) else {
      throw SourceComparisons.nothingToCompare(stored, asset, nil)
    }
    let series = stored.filter { $0.key.interval == interval }
    guard series.count > 1,
      let reference = try store.catalogue.chosenPrice(of: asset, interval: interval) ?? series.first
    else { throw SourceComparisons.nothingToCompare(series, asset, interval) }
    (self.asset, self.interval, self.reference) = (asset, interval, reference)
    let bars = try store.snapshots.bars(of: reference.id, in: Instant.representable)
    comparisons = try series.filter { $0.id != reference.id }.map { other in
      try SourceComparison(reference, bars, other, in: store, today: now.day)
    }
  }

  private static func nothingToCompare(_ series: [StoredSeries], _ asset: String, _ interval: Interval?) -> Failure {
    let bars = interval.map { " of \($0)" } ?? ""
    let who =
      series.first.map { "only \($0.key.provider) has bars\(bars) of \(asset)" }
      ?? "there are no bars\(bars) of \(asset)"
    return Failure(
      .failed,
      "\(who): there is nothing to hold against each other; `appliance series add \(shellWord(asset)) --source S "
        + "--interval \((interval ?? .day1).rawValue)` asks another source too")
  }
}

/// One series held against the reference.
struct SourceComparison {
  let reference: StoredSeries
  let other: StoredSeries
  /// To what both were brought, where they are stored otherwise; `nil` where they are compared as stored.
  let adjustment: Adjustment?
  /// Whether acts are known by which prices could be restated; without any they are as stored.
  let hasActs: Bool
  let closes: CloseComparison

  init(
    _ reference: StoredSeries, _ bars: [Bar], _ other: StoredSeries, in store: Store, today: Day
  ) throws {
    (self.reference, self.other) = (reference, other)
    let otherBars = try store.snapshots.bars(of: other.id, in: Instant.representable)
    let bases = [reference.basis, other.basis]
    adjustment = bases[0] == bases[1] ? nil : bases.contains(.adjusted) ? .all : .splits
    guard let adjustment, let asset = reference.asset else {
      hasActs = true
      closes = CloseComparison(bars, otherBars, tolerance: SourceComparisons.tolerance)
      return
    }
    let found = try store.datasets.factors(adjustment, assets: [asset], today: today)
    hasActs = !found.unknown.contains(asset)
    closes = CloseComparison(
      found.factors[reference.id]?.adjusted(bars) ?? bars, found.factors[other.id]?.adjusted(otherBars) ?? otherBars,
      tolerance: SourceComparisons.tolerance)
  }

  /// How both came to be comparable; `nil` where they are as stored.
  var basisWords: String? {
    guard let adjustment else { return nil }
    let bases = "\(reference.key.provider) \(reference.basis.words), \(other.key.provider) \(other.basis.words)"
    let how = adjustment == .all ? "for splits and dividends" : "for splits"
    let doubt = hasActs ? "" : "; none are known, so that both are as stored"
    return "both restated \(how), as with --adjust \(adjustment.rawValue) (\(bases))\(doubt)"
  }
}

extension PriceBasis {
  fileprivate var words: String {
    switch self {
    case .asTraded: "tells them as traded"
    case .splitAdjusted: "restates them for splits"
    case .adjusted: "restates them for splits and dividends"
    }
  }
}
