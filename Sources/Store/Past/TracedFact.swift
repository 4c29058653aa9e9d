import GRDB
import Market

/// One row of facts with all that the file believed of it before.
package struct TracedFact: Hashable, Sendable {
  package let series: StoredSeries
  /// The open time, the instant of a sample, or the start of the day.
  package let at: Instant
  /// The fund, in a table of flows.
  package let ticker: String?
  /// In the order of `series.key.dataset.fields`.
  package let values: [FigureValue]
  /// The answer that taught us these values; one that only confirmed them later is not named.
  package let fetch: FetchID
  /// Oldest first.
  package let earlier: [EarlierFact]

  /// The value of a figure; `nil` for a field that such rows do not have.
  package func value(of field: FigureField) -> FigureValue? {
    series.key.dataset.fields.firstIndex(of: field).map { values[$0] }
  }
}

/// What a row said until a later answer said otherwise.
package struct EarlierFact: Hashable, Sendable {
  /// In the order of the dataset's fields.
  package let values: [FigureValue]
  package let fetch: FetchID
  package let replacedBy: Replacement
  package let replacedAt: Instant
  /// Whether the row counted as final when it was replaced; a fund table's day may change while funds report.
  package let wasFinal: Bool
}

extension Store {
  /// The row of a series at a key, or `nil` where none is stored.
  ///
  /// - Parameter ticker: which fund, in a table of flows.
  /// - Complexity: a few look-ups by key, however many rows there are.
  package func tracedFact(
    of series: StoredSeries, at: Instant, ticker: String? = nil
  ) throws(StoreError) -> TracedFact? {
    try read { db in
      let table = FactTable(series.key.dataset)
      var arguments: [any DatabaseValueConvertible] = [series.id.rawValue, table.keyValue(at)]
      if table.isByFund { arguments.append(ticker ?? "") }
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT * FROM \(table.name) WHERE \(table.isKey)", arguments: StatementArguments(arguments))
      else { return nil }
      return TracedFact(
        series: series, at: at, ticker: table.isByFund ? ticker : nil, values: table.figures(row),
        fetch: FetchID(row["fetch_id"]),
        earlier: try table.histories.flatMap { try table.earlier(in: $0, StatementArguments(arguments), db) }
          .sorted { ($0.replacedAt, $0.replacedBy) < ($1.replacedAt, $1.replacedBy) })
    }
  }

  /// The series of a flow table that holds a ticker, by priority: those of the asset that the fund holds.
  package func flowSeries(ofFund ticker: String) throws(StoreError) -> [StoredSeries] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: StoredSeries.selection + """
           WHERE series.dataset = 'etf_flow' AND series.asset_id IN (SELECT asset_id FROM etf WHERE ticker = ?)
          ORDER BY series.priority, series.series_id
          """, arguments: [ticker]
      ).map(StoredSeries.init)
    }
  }

  /// The tickers of all funds that were ever seen.
  package func fundTickers() throws(StoreError) -> [String] {
    try read { db in try String.fetchAll(db, sql: "SELECT DISTINCT ticker FROM etf ORDER BY ticker") }
  }
}

extension FactTable {
  /// The condition that finds one row; a fund is named by its ticker and its series.
  fileprivate var isKey: String {
    "series_id = ?1 AND \(key) = ?2"
      + (isByFund
        ? """
         AND etf_id = (SELECT etf_id FROM etf WHERE ticker = ?3
          AND asset_id = (SELECT asset_id FROM series WHERE series_id = ?1))
        """ : "")
  }

  fileprivate func earlier(in history: String, _ key: StatementArguments, _ db: Database) throws -> [EarlierFact] {
    try Row.fetchAll(db, sql: "SELECT * FROM \(history) WHERE \(isKey)", arguments: key).map { row in
      EarlierFact(
        values: figures(row), fetch: FetchID(row["fetch_id"]), replacedBy: Replacement(row),
        replacedAt: Instant(epochSeconds: row["replaced_at"]), wasFinal: history.hasSuffix("_restatement"))
    }
  }
}
