import GRDB
import Market
import SQLite
import Store

/// One asset's day as the file holds it, with the series it was made from.
package struct AssetDay: Hashable, Sendable {
  /// The asset whose day it is.
  package let asset: Asset
  /// The series of prices that the snapshot was made from.
  package let series: SeriesID
  /// Who tells that series, about what, at which interval.
  package let key: SeriesKey
  /// The currency of the snapshot's prices: `USD`, `USDT`; `nil` where the series names none.
  package let quoteCurrency: String?
  /// The figures of the day, as stored; whether they wait to be computed again is not told here.
  package var snapshot: SnapshotRow
  /// Open time of the last stored bar of the day.
  package let lastBar: Instant?
  /// What the file has noted of its markets.
  var closures = Closures.none

  /// When the bars of that series come.
  package var rhythm: Rhythm { key.rhythm(of: asset.assetClass, closures: closures) }

  /// A day; `key`, `quoteCurrency` and `lastBar` must be those of `series`.
  package init(
    asset: Asset, series: SeriesID, key: SeriesKey, quoteCurrency: String?, snapshot: SnapshotRow, lastBar: Instant?
  ) {
    self.asset = asset
    self.series = series
    self.key = key
    self.quoteCurrency = quoteCurrency
    self.snapshot = snapshot
    self.lastBar = lastBar
  }
}

extension Telling {
  /// The snapshots of all assets in a stretch of days, by day and then by symbol.
  package func assetDays(in days: ClosedRange<Day>) throws(StoreError) -> [AssetDay] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT market_snapshot.*, asset.symbol, asset.name, asset.class, series.dataset, series.provider_symbol,
            series.interval, series.quote_currency, source.name AS source, \(Closures.column),
            (SELECT max(open_time) FROM bar
             WHERE bar.series_id = market_snapshot.series_id
               AND open_time >= CAST(strftime('%s', market_snapshot.day) AS INTEGER)
               AND open_time < CAST(strftime('%s', market_snapshot.day) AS INTEGER) + 86400) AS last_bar
          FROM market_snapshot
          JOIN asset ON asset.asset_id = market_snapshot.asset_id
          JOIN series ON series.series_id = market_snapshot.series_id
          JOIN source ON source.source_id = series.source_id
          WHERE market_snapshot.day BETWEEN ? AND ? ORDER BY market_snapshot.day, asset.symbol
          """,
        arguments: [days.lowerBound.description, days.upperBound.description]
      ).map(Telling.assetDay)
    }
  }

  private static func assetDay(_ row: Row) throws -> AssetDay {
    guard let assetClass = AssetClass(rawValue: row["class"]) else {
      throw StoreError.corrupt(path: "asset", detail: "'\(row["class"] as String)' is no class of assets")
    }
    var day = AssetDay(
      asset: Asset(symbol: row["symbol"], name: row["name"], assetClass: assetClass),
      series: SeriesID(row["series_id"]),
      key: try StoredCatalogue.seriesKey(row), quoteCurrency: row["quote_currency"],
      snapshot: try Snapshots.snapshot(row),
      lastBar: (row["last_bar"] as Int64?).map(Instant.init(epochSeconds:)))
    day.closures = Closures(row)
    return day
  }
}
