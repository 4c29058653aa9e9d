import GRDB
import Market

/// A row that a later answer restated: what it said, what it says, who said so.
package struct Change: Hashable, Sendable {
  package let series: StoredSeries
  /// The open time, the instant of a sample, or the start of the day.
  package let at: Instant
  /// The fund, in a table of flows.
  package let ticker: String?
  /// The figures that differ, with the value that was replaced and the one that took its place.
  package let figures: [(field: FigureField, old: FigureValue, new: FigureValue)]
  package let oldFetch: FetchID
  package let replacedBy: Replacement
  /// When we learned it.
  package let replacedAt: Instant

  package static func == (a: Change, b: Change) -> Bool {
    (a.series.id, a.at, a.ticker, a.replacedBy) == (b.series.id, b.at, b.ticker, b.replacedBy)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(series.id)
    hasher.combine(at)
    hasher.combine(replacedBy)
  }
}

/// Which restatements are wanted.
package struct ChangeSelection: Hashable, Sendable {
  package var since: Instant?
  /// Symbols; `nil` for all, those about no asset too.
  package var assets: [String]?
  package var limit: Int

  package init(since: Instant? = nil, assets: [String]? = nil, limit: Int) {
    self.since = since
    self.assets = assets
    self.limit = limit
  }
}

extension Store {
  /// What providers changed afterwards, newest first; and how many there are beyond the limit.
  ///
  /// - Complexity: reads the restatements, which are few, and never the facts but by key.
  package func changes(_ selection: ChangeSelection) throws(StoreError) -> (changes: [Change], leftOut: Int) {
    try read { db in
      let series = Dictionary(
        try Row.fetchAll(db, sql: StoredSeries.selection).map { (SeriesID($0["series_id"]), try StoredSeries($0)) }
      ) { first, _ in first }
      var keys: [ChangeKey] = []
      for table in FactTable.all { keys += try ChangeKey.all(of: table, selection, db) }
      keys.sort { ($1.replacedAt, $0.series, $0.at, $0.fund) < ($0.replacedAt, $1.series, $1.at, $1.fund) }
      let changes = try keys.prefix(selection.limit).compactMap { key in
        try series[SeriesID(key.series)].flatMap { try key.change(of: $0, db) }
      }
      return (changes, max(0, keys.count - selection.limit))
    }
  }
}

/// One row of a table of restatements.
private struct ChangeKey {
  /// Its number, in the order in which rows were replaced.
  let id: Int64
  let series: Int64
  let at: Instant
  let fund: Int64
  let replacedAt: Int64

  static func all(of table: FactTable, _ selection: ChangeSelection, _ db: Database) throws -> [ChangeKey] {
    let fund = table.isByFund ? "etf_id" : "0"
    var sql = """
      SELECT restatement_id, series_id, \(table.key) AS key, \(fund) AS fund, replaced_at
      FROM \(table.histories[0]) WHERE replaced_at >= ?
      """
    var arguments: [any DatabaseValueConvertible] = [selection.since?.epochSeconds ?? .min]
    if let assets = selection.assets {
      sql += """
         AND series_id IN (SELECT series_id FROM series JOIN asset USING (asset_id)
          WHERE asset.symbol IN (\(assets.map { _ in "?" }.joined(separator: ", "))))
        """
      arguments += assets
    }
    return try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments)).map { row in
      ChangeKey(
        id: row["restatement_id"], series: row["series_id"], at: try table.instant(ofKey: row["key"]),
        fund: row["fund"], replacedAt: row["replaced_at"])
    }
  }

  /// The row with what took its place: what the next restatement of it replaced, else what stands now.
  func change(of series: StoredSeries, _ db: Database) throws -> Change? {
    let table = FactTable(series.key.dataset)
    let isRow = "series_id = ? AND \(table.key) = ?" + (table.isByFund ? " AND etf_id = ?" : "")
    var key: [any DatabaseValueConvertible] = [self.series, table.keyValue(at)]
    if table.isByFund { key.append(fund) }
    let history = table.histories[0]
    let old = try Row.fetchOne(db, sql: "SELECT * FROM \(history) WHERE restatement_id = ?", arguments: [id])
    let next = try Row.fetchOne(
      db,
      sql: "SELECT * FROM \(history) WHERE \(isRow) AND restatement_id > ? ORDER BY restatement_id LIMIT 1",
      arguments: StatementArguments(key + [id]))
    let current = try Row.fetchOne(
      db, sql: "SELECT * FROM \(table.name) WHERE \(isRow)", arguments: StatementArguments(key))
    guard let old, let new = next ?? current else { return nil }
    let ticker =
      table.isByFund
      ? try String.fetchOne(db, sql: "SELECT ticker FROM etf WHERE etf_id = ?", arguments: [fund]) : nil
    let fields = zip(series.key.dataset.fields, zip(table.figures(old), table.figures(new)))
    return Change(
      series: series, at: at, ticker: ticker,
      figures: fields.compactMap { field, values in values.0 == values.1 ? nil : (field, values.0, values.1) },
      oldFetch: FetchID(old["fetch_id"]), replacedBy: Replacement(old),
      replacedAt: Instant(epochSeconds: replacedAt))
  }
}
