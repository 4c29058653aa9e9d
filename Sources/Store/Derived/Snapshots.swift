import GRDB
import Market
import SQLite

extension Snapshots {
  /// Days of an asset whose snapshot must be computed, oldest first.
  package func daysDueForSnapshot(of asset: String) throws(StoreError) -> [Day] {
    try read { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: "SELECT day FROM snapshot_due JOIN asset USING (asset_id) WHERE asset.symbol = ? ORDER BY day"),
        arguments: [asset]
      ).compactMap { Day($0) }
    }
  }

  /// The same of all assets, by their symbols; those of which none is due are left out.
  package func daysDueForSnapshot() throws(StoreError) -> [String: [Day]] {
    try read { db in
      let rows = try DirectStatement(
        keptBy: db, "SELECT symbol, day FROM snapshot_due JOIN asset USING (asset_id) ORDER BY asset_id, day")
      var due: [String: [Day]] = [:]
      while try rows.step() {
        if let day = Day(rows.text(1)) { due[rows.text(0), default: []].append(day) }
      }
      return due
    }
  }

  /// Whether snapshots of more days than so many must be computed.
  package func areDue(beyond most: Int) throws(StoreError) -> Bool {
    try read { db in
      let rows = try DirectStatement(
        keptBy: db, "SELECT count(*) FROM (SELECT 1 FROM snapshot_due LIMIT ?)")
      rows.bind(Int64(most) + 1, at: 1)
      return try rows.step() && rows.integer(0) > most
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

  /// Writes the snapshots that differ from what is stored and takes the days that were computed off the list of what is
  /// due, all in one transaction.
  ///
  /// - Parameter now: the instant as of which they were computed.
  package func store(_ computed: [ComputedSnapshots], at now: Instant) throws(StoreError) -> StepCounts {
    try write { db in
      let made = try Derivation(db)
      return try computed.reduce(StepCounts()) { counts, one in
        guard
          let id = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT asset_id FROM asset WHERE symbol = ?"), arguments: [one.asset])
        else { return counts }
        let written = try Snapshots.write(one, asset: id, at: made, db)
        try store.chronicle.add(.snapshot(AssetID(id), at: now), db)
        return counts + written
      }
    }
  }

  private static func write(_ computed: ComputedSnapshots, asset: Int64, at made: Derivation, _ db: Database) throws
    -> StepCounts
  {
    var counts = StepCounts()
    let same = try DirectStatement(keptBy: db, isSame)
    let write = try DirectStatement(keptBy: db, write)
    let note = try DerivedHistory.snapshots.notingMade(at: made, db)
    for (row, series) in computed.rows {
      row.bind(to: same, asset: asset, series: series)
      let isStored = try same.step()
      let isUnchanged = isStored && same.integer(0) == 1
      same.rewind()
      guard !isUnchanged else {
        counts.unchanged += 1
        continue
      }
      if isStored {
        counts.changed += 1
        try DerivedHistory.snapshots.keepRow([asset, row.day.description], at: made, db)
      } else {
        counts.new += 1
      }
      row.bind(to: write, asset: asset, series: series)
      try write.run()
      note.bind(asset, at: 1)
      note.bind(row.day.description, at: 2)
      try note.run()
    }
    let done = try DirectStatement(keptBy: db, "DELETE FROM snapshot_due WHERE asset_id = ? AND day = ?")
    done.bind(asset, at: 1)
    for day in computed.days {
      done.bind(day.description, at: 2)
      try done.run()
    }
    return counts
  }

  private static let values = DerivedHistory.snapshots.values
  private static let parameters = values.indices.map { "?\($0 + 3)" }.joined(separator: ", ")
  /// 1 where a day says the same already, 0 where it says something else, and no row where there is none.
  private static let isSame = """
    SELECT (\(values.joined(separator: ", "))) IS (\(parameters)) FROM market_snapshot WHERE asset_id = ?1 AND day = ?2
    """
  private static let write = """
    INSERT OR REPLACE INTO market_snapshot (asset_id, day, \(values.joined(separator: ", "))) VALUES (?1, ?2, \(parameters))
    """

  /// Reads the columns of the table.
  package static func snapshot(_ row: Row) throws -> SnapshotRow {
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

  /// Bars of a series in a stretch, oldest first.
  package func bars(of series: SeriesID, in span: ClosedRange<Instant>) throws(StoreError) -> [Bar] {
    try read { db in
      let statement = try DirectStatement(
        keptBy: db,
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
        db.cachedStatement(
          sql: "SELECT * FROM sentiment_daily WHERE as_of_date BETWEEN ? AND ? ORDER BY as_of_date"),
        arguments: [days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["as_of_date"] as String).map {
          SentimentValue(day: $0, value: row["fng_value"], classification: row["classification"])
        }
      }
    }
  }
}

/// Snapshots of an asset that were computed together.
package struct ComputedSnapshots: Sendable {
  /// Its symbol.
  package let asset: String
  /// At most one a day, each with the series that it was made from.
  package let rows: [(row: SnapshotRow, series: SeriesID)]
  /// The days that were computed, also those for which there is no row.
  package let days: [Day]

  /// Snapshots as they were made.
  package init(of asset: String, _ rows: [(row: SnapshotRow, series: SeriesID)], days: [Day]) {
    (self.asset, self.rows, self.days) = (asset, rows, days)
  }
}

extension SnapshotRow {
  /// Gives a statement its asset, its day and all values, in the order of the table.
  fileprivate func bind(to statement: borrowing DirectStatement, asset: Int64, series: SeriesID) {
    statement.bind(asset, at: 1)
    statement.bind(measures.day.description, at: 2)
    statement.bind(series.rawValue, at: 3)
    let numbers: [Double?] = [
      measures.open, measures.high, measures.low, measures.close, measures.volume, measures.change24h,
      measures.volatility7d, measures.asiaReturn, measures.europeReturn, measures.usReturn, fngValue,
    ]
    for (index, number) in numbers.enumerated() { statement.bind(number, at: Int32(index) + 4) }
    statement.bind(fngClassification, at: 15)
    let counts: [Int64?] = [
      etfNetFlowUSD, etfNetFlow5dUSD, Int64(measures.bars), Int64(measures.barsExpected), measures.isComplete ? 1 : 0,
    ]
    for (index, count) in counts.enumerated() { statement.bind(count, at: Int32(index) + 16) }
  }
}
