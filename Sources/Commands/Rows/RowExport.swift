import Backups
import Datasets
import Formats
import Market
import Queries
import Rendering
import Schema
import Store

/// The rows of a dataset on their way out, in one format.
package struct RowExport: Sendable {
  let dataset: NamedDataset
  var selection = RowSelection()
  var format = RowFormat.csv
  /// What a table is drawn on.
  var screen = TableScreen()
  /// For whom `sql` is written; the key is the dataset's.
  var sql = SQLForm()
  /// The rows of which these are folded, and into what; `nil` where they are stored as they are.
  var folding: Folding?
  /// Only rows for which this holds, and the record that is read.
  var filter: (condition: DatasetFilter, record: Store)?

  /// Rows of a dataset, folded into nothing and without a condition of their own.
  package init(
    dataset: NamedDataset, selection: RowSelection = RowSelection(), format: RowFormat = .csv,
    screen: TableScreen = TableScreen()
  ) {
    self.init(
      dataset: dataset, selection: selection, format: format, screen: screen, sql: SQLForm(), folding: nil, filter: nil)
  }

  init(
    dataset: NamedDataset, selection: RowSelection, format: RowFormat, screen: TableScreen = TableScreen(),
    sql: SQLForm = SQLForm(), folding: Folding? = nil, filter: (condition: DatasetFilter, record: Store)? = nil
  ) {
    (self.dataset, self.selection, self.format, self.screen) = (dataset, selection, format, screen)
    (self.sql, self.folding, self.filter) = (sql, folding, filter)
  }

  /// What was written.
  package struct Written {
    /// Rows that were written.
    package let count: Int
    /// Rows before them that were left out for `selection.last`.
    let leftOut: Int
    /// Columns for which a table had no room.
    let hidden: [String]

    /// What the reader cannot see, in words; `nil` where all is there.
    var hint: String? { hint("--columns takes those that you name") }

    /// The same.
    ///
    /// - Parameter way: how to see them, where that is not `--columns`.
    package func hint(_ way: String) -> String? {
      hidden.isEmpty ? nil : "no room for \(hidden.joined(separator: ", ")): \(way), --json has all"
    }
  }

  /// Writes the rows; memory does not grow with them.
  ///
  /// - Throws: `FileError` where the rows cannot go, `StoreError`, and `CancellationError` after Ctrl-C.
  package func write(_ reader: DatasetReader, to sink: any ByteSink) throws -> Written {
    var form = sql
    form.key = dataset.key
    let prices = try format == .ledger ? dataset.lines() : nil
    let dataset = prices?.dataset ?? dataset
    let encoder = format.encoder(
      table: dataset.name, on: screen, sql: form, ledger: prices.map(LedgerForm.init) ?? LedgerForm())
    encoder.begin(dataset.columns.map(\.column))
    let encoded = EncodedRows(encoder) { try sink.write($0) }
    let rows = OverlappedRows(into: encoded) { try Task.checkCancellation() }
    // Nothing may come after a failure either: whoever owns the sink closes its file then.
    defer { rows.abandon() }
    let written: (count: Int, leftOut: Int)
    if let filter {
      do {
        let count = try reader.rows(
          of: dataset, selection, where: filter.condition, in: filter.record, program: Program.path, into: rows)
        written = (count, 0)
      } catch let error as QueryError {
        throw filter.condition.failure(error, of: dataset)
      }
    } else if let folding {
      written = try folding.write(reader, dataset, selection, into: rows)
    } else {
      written = try reader.rows(of: dataset, selection, into: rows)
    }
    try rows.finish()
    try encoded.finish()
    return Written(count: written.count, leftOut: written.leftOut, hidden: encoder.hiddenColumns)
  }

  /// The same rows as the member `name` of one JSON object, after `members`.
  package func writeObject(
    _ members: [(String, JSONValue)], rowsAs name: String = "rows", _ reader: DatasetReader, to sink: any ByteSink
  ) throws -> Written {
    var rows = self
    rows.format = .json
    let head = JSONValue.object([("version", 1)] + members).compact
    try sink.write(head.dropLast() + ",\(JSONValue.string(name).compact):")
    let written = try rows.write(reader, to: sink)
    try sink.write("}\n")
    return written
  }
}

extension NamedDataset {
  /// Its rows as price lines, or wrong usage that says why they are none.
  func lines() throws -> PriceLines {
    if !unshown.isEmpty { throw Failure(.usage, "--columns: price lines have parts of their own; leave it away") }
    if let priceLines { return priceLines }
    let why =
      name == "bar"
      ? "its rows are of several sources and intervals side by side, and a journal wants one price"
      : "its rows are no prices"
    throw Failure(
      .usage,
      "--format ledger: \(name) makes no price lines: \(why); "
        + "ohlc_hourly, daily_bar, daily_market_snapshot and price_point do")
  }
}

extension LedgerForm {
  fileprivate init(_ lines: PriceLines) {
    self.init(
      asset: lines.asset, time: lines.time, price: lines.price, currency: lines.currency,
      secondsToPrice: lines.secondsToPrice)
  }
}
