import GRDB
import Market
import SQLite

extension Snapshots {
  /// Days of an asset whose snapshot must be computed, oldest first.
  package func daysDueForSnapshot(of asset: String) throws(StoreError) -> [Day] {
    try read { db in
      try String.fetchAll(
        db,
        sql: "SELECT day FROM snapshot_due JOIN asset USING (asset_id) WHERE asset.symbol = ? ORDER BY day",
        arguments: [asset]
      ).compactMap { Day($0) }
    }
  }

  /// Snapshots that were of a day still running when they were computed and whose day is over now.
  ///
  /// Nothing new was stored for them, so nothing else would have them computed again.
  package func markSnapshotsOfEndedDays(before now: Instant) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO snapshot_due (asset_id, day)
          SELECT asset_id, day FROM market_snapshot
          WHERE is_complete = 0 AND bars = bars_expected AND day < ?
          ON CONFLICT DO NOTHING
          """, arguments: [now.day.description])
      if db.changesCount > 0 { try store.chronicle.add(.ended(at: now), db) }
    }
  }

  /// Writes the snapshots that differ from what is stored and takes all of `days` off the list of what is due.
  ///
  /// - Parameters:
  ///   - rows: at most one a day, each with the series that it was made from.
  ///   - days: the days that were computed, also those for which there is no row.
  ///   - now: the instant as of which they were computed.
  package func store(
    _ rows: [(row: SnapshotRow, series: SeriesID)], of asset: String, computed days: [Day], at now: Instant
  ) throws(StoreError) -> StepCounts {
    try write { db in
      guard let id = try Int64.fetchOne(db, sql: "SELECT asset_id FROM asset WHERE symbol = ?", arguments: [asset])
      else {
        return StepCounts()
      }
      var counts = StepCounts()
      let made = try Derivation(db)
      for (row, series) in rows { try Snapshots.merge(row, asset: id, series: series, at: made, &counts, db) }
      let done = try db.makeStatement(sql: "DELETE FROM snapshot_due WHERE asset_id = ? AND day = ?")
      for day in days { try done.execute(arguments: [id, day.description]) }
      try store.chronicle.add(.snapshot(AssetID(id), at: now), db)
      return counts
    }
  }

  private static func merge(
    _ row: SnapshotRow, asset: Int64, series: SeriesID, at now: Derivation, _ counts: inout StepCounts, _ db: Database
  ) throws {
    let old = try db.cachedStatement(sql: "SELECT * FROM market_snapshot WHERE asset_id = ? AND day = ?")
    let stored = try Row.fetchOne(old, arguments: [asset, row.day.description])
    if let stored, stored["series_id"] as Int64 == series.rawValue, try snapshot(stored) == row {
      counts.unchanged += 1
      return
    }
    let key: [any DatabaseValueConvertible] = [asset, row.day.description]
    if stored == nil {
      counts.new += 1
    } else {
      counts.changed += 1
      try DerivedHistory.snapshots.keepRow(key, at: now, db)
    }
    let write = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO market_snapshot (asset_id, day, series_id, open, high, low, close, volume, change_24h,
          volatility_7d, asia_return, europe_return, us_return, fng_value, fng_classification, etf_net_flow_usd,
          etf_net_flow_5d_usd, bars, bars_expected, is_complete)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try write.execute(arguments: [
      asset, row.day.description, series.rawValue, row.open, row.high, row.low, row.close, row.volume, row.change24h,
      row.volatility7d, row.asiaReturn, row.europeReturn, row.usReturn, row.fngValue, row.fngClassification,
      row.etfNetFlowUSD, row.etfNetFlow5dUSD, row.bars, row.barsExpected, row.isComplete,
    ])
    try DerivedHistory.snapshots.noteMade(key, at: now, db)
  }

  static func snapshot(_ row: Row) throws -> SnapshotRow {
    guard let day = Day(row["day"] as String) else {
      throw StoreError.corrupt(path: "market_snapshot", detail: "'\(row["day"] as String)' is no day")
    }
    return SnapshotRow(
      MarketSnapshot(
        day: day, open: row["open"], high: row["high"], low: row["low"], close: row["close"], volume: row["volume"],
        change24h: row["change_24h"], volatility7d: row["volatility_7d"], asiaReturn: row["asia_return"],
        europeReturn: row["europe_return"], usReturn: row["us_return"], bars: row["bars"],
        barsExpected: row["bars_expected"], isComplete: row["is_complete"]),
      fngValue: row["fng_value"], fngClassification: row["fng_classification"],
      etfNetFlowUSD: row["etf_net_flow_usd"], etfNetFlow5dUSD: row["etf_net_flow_5d_usd"])
  }

  /// Stored snapshots of an asset in a stretch of days, oldest first, each with the source of its prices.
  package func all(
    of asset: String, in days: ClosedRange<Day>
  ) throws(StoreError) -> [(snapshot: SnapshotRow, source: ProviderName)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT market_snapshot.*, source.name AS source FROM market_snapshot
          JOIN asset USING (asset_id) JOIN series USING (series_id) JOIN source USING (source_id)
          WHERE asset.symbol = ? AND day BETWEEN ? AND ? ORDER BY day
          """,
        arguments: [asset, days.lowerBound.description, days.upperBound.description]
      ).map { (try Snapshots.snapshot($0), ProviderName($0["source"])) }
    }
  }

  /// Bars of a series in a stretch, oldest first.
  package func bars(of series: SeriesID, in span: ClosedRange<Instant>) throws(StoreError) -> [Bar] {
    try read { db in
      let statement = try DirectStatement(
        db,
        """
        SELECT open_time, open, high, low, close, volume FROM bar
        WHERE series_id = ? AND open_time BETWEEN ? AND ? ORDER BY open_time
        """)
      statement.bind(series.rawValue, at: 1)
      statement.bind(span.lowerBound.epochSeconds, at: 2)
      statement.bind(span.upperBound.epochSeconds, at: 3)
      var bars: [Bar] = []
      while try statement.step() { bars.append(statement.bar) }
      return bars
    }
  }

  /// Values of the sentiment index that snapshots show, by day.
  package func sentiment(in days: ClosedRange<Day>) throws(StoreError) -> [SentimentValue] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT * FROM sentiment_daily WHERE as_of_date BETWEEN ? AND ? ORDER BY as_of_date",
        arguments: [days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["as_of_date"] as String).map {
          SentimentValue(day: $0, value: row["fng_value"], classification: row["classification"])
        }
      }
    }
  }
}
