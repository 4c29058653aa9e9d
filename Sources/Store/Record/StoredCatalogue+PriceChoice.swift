import GRDB
import Market

extension StoredCatalogue {
  /// Chooses which series is the price of an asset from this run on: the first by priority that is complete to what is
  /// due (its newest bar is there, and nothing was asked for in vain), else the one chosen before, else the one that reaches furthest.
  ///
  /// - Parameter due: open time of the newest bar that every source should have by now.
  /// - Returns: the chosen series; `nil` where no series holds a row.
  package func choosePrice(of asset: String, interval: Interval, due: Instant, run: RunID) throws(StoreError)
    -> SeriesKey?
  {
    try write { db in
      let candidates = try Row.fetchAll(
        db,
        sql: StoredSeries.selection + """
           WHERE asset.symbol = ? AND series.interval = ? AND series.row_count > 0
          ORDER BY series.priority, series.series_id
          """,
        arguments: [asset, interval.rawValue]
      ).map(StoredSeries.init).filter(\.key.holdsBars)
      let current = try Int64.fetchOne(
        db,
        sql: """
          SELECT series_id FROM price_choice_current JOIN asset USING (asset_id)
          WHERE asset.symbol = ? AND interval = ?
          """,
        arguments: [asset, interval.rawValue]
      ).map(SeriesID.init)
      let complete = try candidates.first { series in
        guard let extent = series.extent, extent.upperBound >= due else { return false }
        return try !StoredGaps.all(of: series.id, in: extent, db).contains { $0.reason == .failed }
      }
      let chosen =
        complete ?? candidates.first { $0.id == current }
        ?? candidates.max { ($0.extent?.upperBound.epochSeconds ?? 0) < ($1.extent?.upperBound.epochSeconds ?? 0) }
      guard let chosen else { return nil }
      if chosen.id != current {
        try db.execute(
          sql: """
            INSERT INTO price_choice (asset_id, interval, since_run_id, series_id)
            SELECT asset_id, ?, ?, ? FROM asset WHERE symbol = ?
            ON CONFLICT DO UPDATE SET series_id = excluded.series_id
            """,
          arguments: [interval.rawValue, run.rawValue, chosen.id.rawValue, asset])
        if let asset = try StoredFacts.assetID(of: chosen, db) {
          try store.chronicle.add(.chosen(asset, interval, chosen.id, due: due, run), db)
        }
      }
      return chosen.key
    }
  }

  /// The series that is the price of an asset now.
  package func chosenPrice(of asset: String, interval: Interval) throws(StoreError) -> StoredSeries? {
    try read { db in try StoredCatalogue.chosenPrice(of: asset, interval: interval, db) }
  }

  static func chosenPrice(of asset: String, interval: Interval, _ db: Database) throws -> StoredSeries? {
    try Row.fetchOne(
      db,
      sql: StoredSeries.selection + """
         JOIN price_choice_current AS choice ON choice.series_id = series.series_id
        WHERE asset.symbol = ? AND choice.interval = ?
        """,
      arguments: [asset, interval.rawValue]
    ).map(StoredSeries.init)
  }
}
