import GRDB
import Market
import Metrics
import SQLite
import Schema
import Store

/// A dataset of bars that are restated as they are read, and what could not be done.
package struct RestatedPrices {
  /// The dataset, to be read like any other.
  package let dataset: NamedDataset
  /// Money that was left out, by the symbol of the asset.
  package let unheeded: [String: Set<CorporateAction>]
  /// Stocks and funds whose prices stay as they are stored, since no split or dividend of theirs is known since then.
  package let unknown: [String]
}

extension Datasets {
  /// A dataset of bars with its prices restated: by the acts that the source of a series told of the asset, else by those
  /// of the asset's first source that told any.
  ///
  /// Only a few closes are read for it; the bars themselves are restated one by one as they are read.
  ///
  /// - Parameters:
  ///   - assets: symbols; `nil` for all.
  ///   - today: acts of later days are left out, for nothing was restated for them.
  package func restated(
    _ dataset: NamedDataset, _ adjustment: Adjustment, assets: [String]?, today: Day
  ) throws(StoreError) -> RestatedPrices {
    let found = try factors(adjustment, assets: assets, today: today)
    let scaling = found.factors.filter { !$0.value.isEmpty }.map { id, factors in
      let price = ScalingSteps(factors.steps.map { ($0.before, $0.price) })
      return (id.rawValue, (price: price, volume: ScalingSteps(factors.steps.map { ($0.before, $0.volume) })))
    }
    return RestatedPrices(
      dataset: dataset.restated(adjustment, by: Dictionary(uniqueKeysWithValues: scaling)),
      unheeded: found.unheeded, unknown: found.unknown)
  }

  /// By what the prices of each series of bars are multiplied for it; the same rules.
  package func factors(
    _ adjustment: Adjustment, assets: [String]?, today: Day
  ) throws(StoreError) -> (
    factors: [SeriesID: AdjustmentFactors], unheeded: [String: Set<CorporateAction>], unknown: [String]
  ) {
    try read { db in
      var factors: [SeriesID: AdjustmentFactors] = [:]
      var unheeded: [String: Set<CorporateAction>] = [:]
      var unknown: Set<String> = []
      for row in try Row.fetchAll(db, sql: RestatedPrices.series) where assets?.contains(row["asset"]) ?? true {
        let series = try BarsWithActs(row)
        let acts = try series.acts(until: today, db)
        if acts.isEmpty, series.canHaveActs { unknown.insert(series.asset) }
        let found = try AdjustmentFactors(adjustment, of: series.adjusted, acts: acts) {
          try series.lastClose(in: $0, db)
        }
        if !found.unheeded.isEmpty { unheeded[series.asset, default: []].formUnion(found.unheeded) }
        factors[SeriesID(series.id)] = found
      }
      return (factors, unheeded, unknown.sorted())
    }
  }
}

extension RestatedPrices {
  /// The series that hold bars, each with the series of acts that counts for it.
  fileprivate static let series = """
    WITH told AS MATERIALIZED (
      SELECT series_id, asset_id, source_id FROM series
      WHERE dataset = 'corporate_action' AND row_count > 0 ORDER BY priority, series_id)
    SELECT series.series_id, series.first_time, series.dataset, series.interval, series.provider_symbol,
      series.price_basis,
      source.name AS source, asset.symbol AS asset, asset.class AS class, acts.series_id AS acts_id,
      (SELECT name FROM source WHERE source.source_id = acts.source_id) AS teller
    FROM series
    JOIN source ON source.source_id = series.source_id
    JOIN asset ON asset.asset_id = series.asset_id
    LEFT JOIN series AS acts ON acts.series_id = coalesce(
      (SELECT series_id FROM told WHERE told.asset_id = series.asset_id AND told.source_id = series.source_id LIMIT 1),
      (SELECT series_id FROM told WHERE told.asset_id = series.asset_id LIMIT 1))
    WHERE series.dataset = 'bar' AND series.row_count > 0
    ORDER BY series.series_id
    """
}

/// A series of bars, and where the acts of its asset are told.
private struct BarsWithActs {
  let id: Int64
  let asset: String
  let adjusted: AdjustedSeries
  /// Coins and currencies are not split and pay nothing.
  let canHaveActs: Bool
  private let actsID: Int64?
  private let first: Instant

  init(_ row: Row) throws {
    id = row["series_id"]
    asset = row["asset"]
    first = Instant(epochSeconds: row["first_time"])
    let key = try StoredCatalogue.seriesKey(row)
    actsID = row["acts_id"]
    let assetClass = AssetClass(rawValue: row["class"])
    canHaveActs = assetClass == .stock || assetClass == .fund
    adjusted = AdjustedSeries(
      basis: PriceBasis(rawValue: row["price_basis"]) ?? .asTraded, interval: key.interval,
      calendar: Calendar(of: assetClass), method: DividendMethod(of: key.provider),
      unit: DividendUnit(of: ProviderName(row["teller"] as String? ?? "")))
  }

  /// Those that count for some bar of it.
  func acts(until today: Day, _ db: Database) throws -> [CorporateAction] {
    guard let actsID else { return [] }
    return try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT day, kind, value, currency FROM corporate_action WHERE series_id = ? AND day > ? AND day <= ?"),
      arguments: [actsID, first.day.description, today.description]
    ).compactMap { row in
      guard let day = Day(row["day"] as String), let kind = CorporateActionKind(rawValue: row["kind"]) else {
        return nil
      }
      return CorporateAction(day: day, kind: kind, value: row["value"], currency: row["currency"])
    }
  }

  func lastClose(in openings: Range<Instant>, _ db: Database) throws -> Double? {
    try Double.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT close FROM bar WHERE series_id = ? AND open_time >= ? AND open_time < ? ORDER BY open_time DESC LIMIT 1
          """),
      arguments: [id, openings.lowerBound.epochSeconds, openings.upperBound.epochSeconds])
  }
}
