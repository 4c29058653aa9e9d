import GRDB
import Market
import SQLite

/// What is known of the series that could be the price of an asset.
package struct PriceVerdict: Hashable, Sendable {
  /// The first by priority that holds all it should; `nil` where none does.
  package let complete: SeriesID?
  /// The one that lacks least, of equal ones the first by priority.
  package let fullest: SeriesID?

  /// A verdict on the series that `priceCandidates` gave.
  package init(complete: SeriesID?, fullest: SeriesID?) {
    self.complete = complete
    self.fullest = fullest
  }
}

extension StoredCatalogue {
  /// The series chosen last: binds asset and interval. Found by its key, where the view of all choices would make all of
  /// them.
  private static let lastChoice = """
    SELECT series_id FROM price_choice
    WHERE asset_id = (SELECT asset_id FROM asset WHERE symbol = ?) AND interval = ?
    ORDER BY since_run_id DESC LIMIT 1
    """

  /// The series that could be the price of an asset, by priority: those of bars that hold a row.
  package func priceCandidates(of asset: String, interval: Interval) throws(StoreError) -> [StoredSeries] {
    try read { db in try StoredCatalogue.priceCandidates(of: asset, interval: interval, db) }
  }

  private static func priceCandidates(
    of asset: String, interval: Interval, _ db: Database
  ) throws -> [StoredSeries] {
    try StoredSeries.all(
      """
       WHERE asset.symbol = ? AND series.interval = ? AND series.row_count > 0
      ORDER BY series.priority, series.series_id
      """, [asset, interval.rawValue], db
    ).filter(\.key.holdsBars)
  }

  /// Chooses which series is the price of an asset from this run on: the complete one, else the one chosen before, else
  /// the fullest.
  ///
  /// - Parameters:
  ///   - due: open time of the newest bar that every source should have by now.
  ///   - verdict: what is known of the candidates; `nil` where nobody looked: then the first that holds the newest bar,
  ///     and of which nothing was asked for in vain, counts as complete, and the one that reaches furthest as the fullest.
  /// - Returns: the chosen series; `nil` where no series holds a row.
  package func choosePrice(
    of asset: String, interval: Interval, due: Instant, verdict: PriceVerdict? = nil, run: RunID
  ) throws(StoreError) -> SeriesKey? {
    try write { db in
      let candidates = try StoredCatalogue.priceCandidates(of: asset, interval: interval, db)
      let current = try Int64.fetchOne(
        db.cachedStatement(
          sql: StoredCatalogue.lastChoice),
        arguments: [asset, interval.rawValue]
      ).map(SeriesID.init)
      let verdict = try verdict ?? StoredCatalogue.verdictByNewest(candidates, due: due, db)
      let chosen =
        candidates.first { $0.id == verdict.complete } ?? candidates.first { $0.id == current }
        ?? candidates.first { $0.id == verdict.fullest }
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

  private static func verdictByNewest(_ candidates: [StoredSeries], due: Instant, _ db: Database) throws -> PriceVerdict
  {
    let complete = try candidates.first { series in
      guard let extent = series.extent, extent.upperBound >= due else { return false }
      return try !StoredGaps.all(of: series.id, in: extent, db).contains { $0.reason == .failed }
    }
    let furthest = candidates.max {
      ($0.extent?.upperBound.epochSeconds ?? 0) < ($1.extent?.upperBound.epochSeconds ?? 0)
    }
    return PriceVerdict(complete: complete?.id, fullest: furthest?.id)
  }

  /// The series that is the price of an asset now; `nil` where none was chosen, or the chosen one has lost its rows.
  package func chosenPrice(of asset: String, interval: Interval) throws(StoreError) -> StoredSeries? {
    try lastChosenPrice(of: asset, interval: interval).flatMap { $0.count > 0 ? $0 : nil }
  }

  /// The series that was chosen last, also one that has lost its rows since.
  package func lastChosenPrice(of asset: String, interval: Interval) throws(StoreError) -> StoredSeries? {
    try read { db in try StoredCatalogue.chosenPrice(of: asset, interval: interval, db) }
  }

  /// The series that was chosen last for each asset and interval, also one that has lost its rows since.
  package func lastChosenPrices() throws(StoreError) -> [String: [Interval: SeriesID]] {
    try read { db in
      let rows = try DirectStatement(
        keptBy: db, "SELECT symbol, interval, series_id FROM price_choice_current JOIN asset USING (asset_id)")
      var chosen: [String: [Interval: SeriesID]] = [:]
      while try rows.step() {
        if let interval = Interval(rawValue: rows.text(1)) {
          chosen[rows.text(0), default: [:]][interval] = SeriesID(rows.integer(2))
        }
      }
      return chosen
    }
  }

  static func chosenPrice(of asset: String, interval: Interval, _ db: Database) throws -> StoredSeries? {
    try StoredSeries.all(" WHERE series.series_id = (\(lastChoice))", [asset, interval.rawValue], db).first
  }
}
