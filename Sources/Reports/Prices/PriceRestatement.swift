import Datasets
import Market
import Metrics
import Rendering
import SQLite
import Store
import Telling

/// For what the prices of a report are restated as they are read; as they are stored where nothing was asked for.
struct PriceRestatement {
  /// `nil` for prices as they are stored.
  let adjustment: Adjustment?
  /// What people should know of it, a sentence each.
  let remarks: [String]
  private let factors: [SeriesID: AdjustmentFactors]

  /// Nothing is restated.
  static let none = PriceRestatement()

  private init() { (adjustment, remarks, factors) = (nil, [], [:]) }

  /// - Parameters:
  ///   - adjustment: `nil` for none.
  ///   - symbols: of the assets that are looked at; `nil` for all.
  init(_ adjustment: Adjustment?, of symbols: [String]?, store: Store) throws {
    guard let adjustment else {
      self = .none
      return
    }
    // Nothing is restated for an act that is yet to come.
    let run = try store.runs.lastRun()?.run
    let today = (store.asOf ?? run.map { $0.finishedAt ?? $0.startedAt })?.day
    let found = try store.datasets.factors(
      adjustment, assets: symbols, today: today ?? Instant.representable.upperBound.day)
    self.adjustment = adjustment
    factors = found.factors
    remarks = RestatementText.remarks(
      unheeded: found.unheeded.mapValues { $0.map(\.day) }, unknown: found.unknown)
  }

  /// The bars of a series, oldest first.
  func bars(_ bars: [Bar], of series: SeriesID) -> [Bar] { factors[series]?.adjusted(bars) ?? bars }

  /// The day of an asset: a change over a split or a dividend is one between prices that are restated alike.
  func day(_ day: AssetDay) -> AssetDay {
    guard let factors = factors[day.series], !factors.isEmpty else { return day }
    var restated = day
    let row = day.snapshot
    let (now, before) = (factors.multipliers(at: row.day.start), factors.multipliers(at: row.day.start - 1))
    restated.snapshot = SnapshotRow(
      MarketSnapshot(
        day: row.day, open: row.open * now.price, high: row.high * now.price, low: row.low * now.price,
        close: row.close * now.price, volume: row.volume * now.volume,
        change24h: row.change24h.map { now.price == before.price ? $0 : (1 + $0) * now.price / before.price - 1 },
        volatility7d: row.volatility7d, asiaReturn: row.asiaReturn, europeReturn: row.europeReturn,
        usReturn: row.usReturn, bars: row.bars, barsExpected: row.barsExpected, isComplete: row.isComplete),
      fngValue: row.fngValue, fngClassification: row.fngClassification, etfNetFlowUSD: row.etfNetFlowUSD,
      etfNetFlow5dUSD: row.etfNetFlow5dUSD)
    return restated
  }

  /// What is said of it at the top of a report on several assets; nothing where prices are as stored.
  var blocks: [Block] {
    guard let adjustment else { return [] }
    return [.paragraph("Prices of shares are \(adjustment.words).")]
      + (remarks.isEmpty ? [] : [.list(remarks.map { Prose(oneLine($0)) })])
  }

  /// A member for programs; none where prices are as stored.
  var json: [(String, JSONValue)] { adjustment.map { [("adjust", .string($0.rawValue))] } ?? [] }
}
