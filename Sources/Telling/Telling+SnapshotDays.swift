import GRDB
import Market
import SQLite
import Store

extension Telling {
  /// The newest day that has a snapshot of any of these assets, `nil` for all; `nil` where there is none.
  package func newestSnapshotDay(of symbols: [String]? = nil) throws(StoreError) -> Day? {
    try read { db in
      let wanted = symbols.map {
        " WHERE asset_id IN (SELECT asset_id FROM asset WHERE symbol IN (\(databaseQuestionMarks(count: $0.count))))"
      }
      return try String.fetchOne(
        db, sql: "SELECT max(day) FROM market_snapshot" + (wanted ?? ""), arguments: StatementArguments(symbols ?? [])
      ).flatMap { Day($0) }
    }
  }

  /// The days that have a snapshot, as runs without a hole, oldest first.
  ///
  /// - Parameter symbols: of the assets one of which must have it; `nil` for any.
  /// - Complexity: O(snapshots); for the message that a day has none.
  package func snapshotStretches(of symbols: [String]? = nil) throws(StoreError) -> [ClosedRange<Day>] {
    try read { db in
      var stretches: [ClosedRange<Day>] = []
      let wanted = symbols.map { "WHERE symbol IN (\(databaseQuestionMarks(count: $0.count)))" } ?? ""
      let days = try String.fetchCursor(
        db, sql: "SELECT DISTINCT day FROM market_snapshot JOIN asset USING (asset_id) \(wanted) ORDER BY day",
        arguments: StatementArguments(symbols ?? []))
      while let text = try days.next() {
        guard let day = Day(text) else { continue }
        if let last = stretches.last, last.upperBound + 1 == day {
          stretches[stretches.count - 1] = last.lowerBound...day
        } else {
          stretches.append(day...day)
        }
      }
      return stretches
    }
  }
}
