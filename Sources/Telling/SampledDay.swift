import GRDB
import Market
import SQLite
import Store

/// What was sampled of an asset's price on one day. Never a bar: what happened between two samples is not known.
package struct SampledDay: Hashable, Sendable {
  /// The asset whose price was sampled.
  package let asset: Asset
  /// The series that has the samples: of several with some on that day, the one with the lowest priority number.
  package let series: StoredSeries
  /// Oldest first; never empty.
  package let points: [PricePoint]
  /// When the newest of them came.
  package let fetchedAt: Instant
}

extension Telling {
  /// The newest day of which a price was sampled; `nil` where none ever was. A kept figure.
  package func newestSampledDay() throws(StoreError) -> Day? {
    try store.catalogue.series().filter { $0.key.dataset == .pricePoint }.compactMap { $0.extent?.upperBound.day }.max()
  }

  /// The sampled prices of a day, of each asset those of the first source that has some; by symbol.
  package func sampledDays(on day: Day) throws(StoreError) -> [SampledDay] {
    let assets = Dictionary(try store.catalogue.assets().map { ($0.symbol, $0) }) { first, _ in first }
    let known = try store.catalogue.series().filter { $0.key.holdsSamples && $0.count > 0 }
    return try read { db in
      var days: [String: SampledDay] = [:]
      for series in known.sorted(by: { $0.priority < $1.priority }) {
        guard let asset = series.asset.flatMap({ assets[$0] }), days[asset.symbol] == nil else { continue }
        days[asset.symbol] = try Telling.sampledDay(of: asset, series, on: day, db)
      }
      return days.values.sorted { $0.asset.symbol < $1.asset.symbol }
    }
  }

  private static func sampledDay(
    of asset: Asset, _ series: StoredSeries, on day: Day, _ db: Database
  ) throws -> SampledDay? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT price_point.at, price, market_cap, volume_24h, received_at
        FROM price_point JOIN fetch ON fetch.fetch_id = price_point.fetch_id
        WHERE series_id = ? AND price_point.at BETWEEN ? AND ? ORDER BY price_point.at
        """,
      arguments: [series.id.rawValue, day.start.epochSeconds, day.end.epochSeconds - 1])
    guard let fetchedAt = rows.map({ $0["received_at"] as Int64 }).max() else { return nil }
    let points = rows.map {
      PricePoint(
        at: Instant(epochSeconds: $0["at"]), price: $0["price"], marketCap: $0["market_cap"],
        volume24h: $0["volume_24h"])
    }
    return SampledDay(
      asset: asset, series: series, points: points, fetchedAt: Instant(epochSeconds: fetchedAt))
  }
}

extension Telling {
  /// The instant of the first sample of a series in a stretch; `nil` where there is none.
  package func firstSample(of series: SeriesID, in span: ClosedRange<Instant>) throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db, sql: "SELECT at FROM price_point WHERE series_id = ? AND at BETWEEN ? AND ? ORDER BY at LIMIT 1",
        arguments: [series.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds]
      ).map(Instant.init(epochSeconds:))
    }
  }
}
