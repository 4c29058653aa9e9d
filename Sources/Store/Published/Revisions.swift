import GRDB
import Market
import SQLite

/// What a provider itself published anew: no restatement of ours, as both values stay in the table.
enum Revisions {
  /// The revisions published since an instant, newest first; and how many there are beyond so many.
  ///
  /// - Complexity: reads all rows of the kinds that have vintages, which are few.
  static func newest(
    _ selection: ChangeSelection, of series: [SeriesID: StoredSeries], in store: Store, _ db: Database
  ) throws -> (changes: [Change], count: Int) {
    guard selection.assets == nil else { return ([], 0) }
    var (changes, count) = ([Change](), 0)
    for kind in store.kinds.all {
      guard case .vintages(let vintage) = kind.history else { continue }
      let table = KindTable(kind)
      let query = sql(table, vintage, store.asOf == nil ? table.name : table.name + AsKnownOn.published)
      let since = selection.since.map { ($0.day - 1).description } ?? ""
      for row in try Row.fetchAll(db, sql: query, arguments: [since]) {
        guard let day = Day(row["\(vintage)"] as String), selection.since.map({ day.end > $0 }) ?? true,
          let series = series[SeriesID(row["series_id"])]
        else { continue }
        count += 1
        guard changes.count < selection.limit else { continue }
        changes.append(try change(row, of: series, kind, on: day))
      }
    }
    return (changes, count)
  }

  private static func change(_ row: Row, of series: StoredSeries, _ kind: Kind, on day: Day) throws -> Change {
    let table = KindTable(kind)
    let new = table.figures(row)
    let old = try table.values.map { name -> FigureValue in
      guard let number = row["old_\(name)"] as Double? else { return .absent }
      return .number(number)
    }
    let figures = zip(kind.shape.fields, zip(old, new)).compactMap { field, values in
      values.0 == values.1 ? nil : (field, values.0, values.1)
    }
    return Change(
      series: series, asked: kind.asked, key: try table.key(row), figures: figures,
      oldFetch: FetchID(row["old_fetch_id"]), replacedBy: .answer(FetchID(row["fetch_id"])), replacedAt: day.start,
      published: day)
  }

  /// Each row with the one that was published before it.
  private static func sql(_ table: KindTable, _ vintage: String, _ name: String) -> String {
    let isSame = { (alias: String) in
      table.keys.filter { $0 != vintage }.map { "\(alias).\($0) = now.\($0)" }.joined(separator: " AND ")
    }
    let old = (table.values + ["fetch_id"]).map { "old.\($0) AS old_\($0)" }.joined(separator: ", ")
    return """
      SELECT now.*, \(old) FROM \(name) AS now JOIN \(name) AS old ON \(isSame("old"))
        AND old.\(vintage) = (SELECT max(earlier.\(vintage)) FROM \(name) AS earlier
          WHERE \(isSame("earlier")) AND earlier.\(vintage) < now.\(vintage))
      WHERE now.\(vintage) >= ?
      ORDER BY now.\(vintage) DESC, \(table.keys.map { "now.\($0)" }.joined(separator: ", "))
      """
  }
}
