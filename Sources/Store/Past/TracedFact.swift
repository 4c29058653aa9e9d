import GRDB
import Market
import SQLite

/// One row of facts with all that the file believed of it before.
package struct TracedFact: Hashable, Sendable {
  /// The series that holds the row.
  package let series: StoredSeries
  /// The columns of its kind, how it is asked for, and what its figures are counted in.
  package let shape: FactShape
  /// How `why` asks for such a row.
  package let asked: AskedForm
  /// What its figures are counted in: `USD`; `nil` where they have no unit.
  package let unit: String?
  /// The row's key within the series.
  package let key: FactKey
  /// In the order of the columns.
  package let values: [FigureValue]
  /// The answer that taught us these values; one that only confirmed them later is not named.
  package let fetch: FetchID
  /// Oldest first.
  package let earlier: [EarlierFact]

  /// The value of a figure; `nil` for a field that such rows do not have.
  package func value(of field: FigureField) -> FigureValue? {
    shape.index(of: field).map { values[$0] }
  }

  /// The open time, the instant of a sample, or the start of the day.
  package var at: Instant { key.at ?? Instant.representable.lowerBound }
  /// The fund, in a table of flows.
  package var ticker: String? { key.text }
}

/// What a row said until a later answer said otherwise.
package struct EarlierFact: Hashable, Sendable {
  /// In the order of the columns of its kind.
  package let values: [FigureValue]
  /// The answer that had taught these values.
  package let fetch: FetchID
  /// The later answer, or the user's decision, that put other values in their place.
  package let replacedBy: Replacement
  /// When we learned the other values.
  package let replacedAt: Instant
  /// Whether the row counted as final when it was replaced; a fund table's day may change while funds report.
  package let wasFinal: Bool
}

extension Past {
  /// The row of a series under a key, or `nil` where none is stored.
  ///
  /// - Complexity: a few look-ups by key, however many rows there are.
  package func fact(of series: StoredSeries, under key: FactKey) throws(StoreError) -> TracedFact? {
    try read { db in
      let kind = try kinds.kind(of: series.key)
      let table = KindTable(kind)
      guard key.parts.count == kind.shape.key.count, let cells = try table.cells(of: key, in: series, db),
        let row = try table.row(cells, db)
      else { return nil }
      return TracedFact(
        series: series, shape: kind.shape, asked: kind.asked,
        unit: kind.unit.text(in: series.quoteCurrency) ?? series.macro?.units,
        key: key,
        values: row.values, fetch: row.fetch, earlier: try table.earlier(cells, db))
    }
  }

  /// What a row said before, oldest first; also of one that is not stored any more.
  package func earlierFacts(of series: StoredSeries, under key: FactKey) throws(StoreError) -> [EarlierFact] {
    try read { db in
      let table = KindTable(try kinds.kind(of: series.key))
      guard key.parts.count == table.kind.shape.key.count, let cells = try table.cells(of: key, in: series, db) else {
        return []
      }
      return try table.earlier(cells, db)
    }
  }
}

extension KindTable {
  fileprivate func earlier(_ cells: StatementArguments, _ db: Database) throws -> [EarlierFact] {
    try histories.flatMap { try earlier(in: $0, cells, db) }
      .sorted { ($0.replacedAt, $0.replacedBy) < ($1.replacedAt, $1.replacedBy) }
  }

  private func earlier(in history: String, _ cells: StatementArguments, _ db: Database) throws -> [EarlierFact] {
    try Row.fetchAll(db, sql: "SELECT * FROM \(history) WHERE \(isKey)", arguments: cells).map { row in
      EarlierFact(
        values: figures(row), fetch: FetchID(row["fetch_id"]), replacedBy: Replacement(row),
        replacedAt: Instant(epochSeconds: row["replaced_at"]), wasFinal: history == restatements)
    }
  }
}
