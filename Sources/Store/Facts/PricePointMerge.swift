import GRDB
import Market

/// Writes sampled prices so that a second time changes nothing.
struct PricePointMerge {
  let series: SeriesID
  let fetch: FetchID
  let replacedAt: Instant

  func run(_ points: [PricePoint], _ db: Database) throws -> RowChanges {
    var changes = RowChanges()
    for point in points {
      let stored = try Row.fetchOne(
        db, sql: "SELECT price, market_cap, volume_24h, fetch_id FROM price_point WHERE series_id = ? AND at = ?",
        arguments: [series.rawValue, point.at.epochSeconds])
      guard let stored else {
        try write(point, db)
        changes.addNew(point.at.epochSeconds)
        continue
      }
      let old = PricePoint(
        at: point.at, price: stored["price"], marketCap: stored["market_cap"], volume24h: stored["volume_24h"])
      if old == point {
        changes.unchanged += 1
      } else {
        try keep(old, of: stored["fetch_id"], db)
        try write(point, db)
        changes.addChanged(point.at.epochSeconds)
      }
    }
    return changes
  }

  private func write(_ point: PricePoint, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO price_point (series_id, at, price, market_cap, volume_24h, fetch_id) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET price = excluded.price, market_cap = excluded.market_cap,
          volume_24h = excluded.volume_24h, fetch_id = excluded.fetch_id
        """,
      arguments: [
        series.rawValue, point.at.epochSeconds, point.price, point.marketCap, point.volume24h, fetch.rawValue,
      ])
  }

  private func keep(_ old: PricePoint, of oldFetch: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO price_point_restatement
          (series_id, at, replaced_by_fetch_id, replaced_at, price, market_cap, volume_24h, fetch_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [
        series.rawValue, old.at.epochSeconds, fetch.rawValue, replacedAt.epochSeconds, old.price, old.marketCap,
        old.volume24h, oldFetch,
      ])
  }
}
