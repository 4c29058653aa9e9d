/// The forms in which rows leave the appliance, by the names that `--format` takes.
package enum RowFormat: String, CaseIterable, Hashable, Sendable {
  /// RFC 4180 with `\n` line ends. Null is an empty cell, the empty text is `""`.
  case csv
  /// One array of objects.
  case json
  /// One object a line.
  case ndjson
  /// Statements that make and fill a table in an empty SQLite file or PostgreSQL database.
  case sql
  /// A table in GitHub's Markdown.
  case md
  /// Aligned columns for a terminal.
  case table
  /// Price lines for the journals of ledger and hledger; only of rows that are prices.
  case ledger

  /// The extension of a file in this format, without its dot.
  package var fileExtension: String {
    switch self {
    case .table: "txt"
    case .ledger: "journal"
    case .csv, .json, .ndjson, .sql, .md: rawValue
    }
  }

  /// A fresh encoder.
  ///
  /// - Parameters:
  ///   - table: the name of the table that `sql` makes; other formats do not show it.
  ///   - screen: what `table` is drawn on.
  ///   - sql: for whom `sql` is written.
  ///   - ledger: which columns make the lines of `ledger`.
  package func encoder(
    table: String, on screen: TableScreen = TableScreen(), sql: SQLForm = SQLForm(),
    ledger: LedgerForm = LedgerForm()
  ) -> any RowEncoder {
    switch self {
    case .csv: CSVRows()
    case .json: JSONRows(.array)
    case .ndjson: JSONRows(.lines)
    case .sql where sql.dialect == .postgres: PostgresRows(table: table, form: sql)
    case .sql: SQLRows(table: table, rowsAStatement: sql.batch)
    case .md: MarkdownRows()
    case .table: TableRows(screen)
    case .ledger: LedgerRows(ledger)
    }
  }
}
