import GRDB
import Market
import SQLite
import Store

/// What a provider itself published anew of a period: no restatement, as both values stay in the table.
package struct Revision: Hashable, Sendable {
  /// The economic series.
  package let series: StoredSeries
  /// The first day of the period, and the day on which the new value was published.
  package let day: Day
  package let vintage: Day
  /// What stood before and what stands since; `nil` of a value that was withdrawn.
  package let old: Double?
  package let new: Double?
  /// The answers that told them.
  package let oldFetch: FetchID
  package let newFetch: FetchID

  /// The key of the new value.
  package var key: FactKey { FactKey(.day(day), .day(vintage)) }
}

extension Telling {
  /// The revisions that were published since an instant, newest first; and how many there are beyond the limit.
  ///
  /// - Complexity: reads all values of economic series, which are few.
  package func revisions(_ selection: ChangeSelection) throws(StoreError) -> (revisions: [Revision], leftOut: Int) {
    // None is about an asset.
    guard selection.assets == nil else { return ([], 0) }
    let series = try store.catalogue.series().filter(\.key.holdsEconomics)
    let byID = Dictionary(series.map { ($0.id.rawValue, $0) }) { first, _ in first }
    return try read { db in
      let rows = try Row.fetchAll(db, sql: newest, arguments: [selection.since.map { "\($0.day)" } ?? ""])
      let found = rows.prefix(selection.limit).compactMap { row -> Revision? in
        guard let series = byID[row["series_id"]], let day = Day(row["day"] as String),
          let vintage = Day(row["vintage"] as String)
        else { return nil }
        return Revision(
          series: series, day: day, vintage: vintage, old: row["old_value"], new: row["value"],
          oldFetch: FetchID(row["old_fetch_id"]), newFetch: FetchID(row["fetch_id"]))
      }
      return (found, max(0, rows.count - selection.limit))
    }
  }

  /// Each value with the one that was published before it, where that was another: an answer that gives no days of publication
  /// repeats what an earlier vintage says, of which the file may have been told later.
  private var newest: String {
    """
    SELECT now.series_id, now.day, now.vintage, now.value, now.fetch_id, old.value AS old_value,
      old.fetch_id AS old_fetch_id
    FROM \(vintages) AS now
    JOIN \(vintages) AS old ON old.series_id = now.series_id AND old.day = now.day
      AND old.vintage = (SELECT max(earlier.vintage) FROM \(vintages) AS earlier
        WHERE earlier.series_id = now.series_id AND earlier.day = now.day AND earlier.vintage < now.vintage)
    WHERE now.vintage >= ? AND now.value IS NOT old.value ORDER BY now.vintage DESC, now.series_id, now.day
    """
  }
}
