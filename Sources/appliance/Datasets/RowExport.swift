import Formats
import Market
import Rendering
import Store

/// The rows of a dataset on their way out, in one format.
struct RowExport: Sendable {
  let dataset: NamedDataset
  var selection = RowSelection()
  var format = RowFormat.csv
  /// Columns of the terminal that a table has to fit into; `nil` for any.
  var width: Int?
  var style = TextStyle.plain

  /// Writes the rows; memory does not grow with them.
  ///
  /// - Returns: how many were written, and how many before them were left out for `selection.last`.
  /// - Throws: `FileError` where the rows cannot go, `StoreError`, and `CancellationError` after Ctrl-C.
  func write(_ reader: DatasetReader, to sink: any ByteSink) throws -> (count: Int, leftOut: Int) {
    let encoder = format.encoder(table: dataset.name, width: width, style: style)
    encoder.begin(dataset.columns.map(Column.init))
    let written = try reader.rows(of: dataset, selection, into: EncodedRows(encoder: encoder, sink: sink))
    encoder.finish()
    try encoder.drain { bytes in try sink.write(bytes) }
    return written
  }

  /// The same rows as the member `name` of one JSON object, after `members`.
  func writeObject(
    _ members: [(String, JSONValue)], rowsAs name: String = "rows", _ reader: DatasetReader, to sink: any ByteSink
  ) throws -> (count: Int, leftOut: Int) {
    var rows = self
    rows.format = .json
    let head = JSONValue.object([("version", 1)] + members).compact
    try sink.write(head.dropLast() + ",\(JSONValue.string(name).compact):")
    let written = try rows.write(reader, to: sink)
    try sink.write("}\n")
    return written
  }
}

/// Hands rows to an encoder, and its text to a sink whenever enough has gathered.
private struct EncodedRows: RowReceiver {
  let encoder: any RowEncoder
  let sink: any ByteSink

  func integer(_ value: Int64) { encoder.integer(value) }
  func real(_ value: Double) { encoder.real(value) }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) { encoder.text(bytes) }
  func instant(_ value: Instant) { encoder.instant(value) }
  func null() { encoder.null() }

  func endRow() throws {
    encoder.endRow()
    guard encoder.isFull else { return }
    try Task.checkCancellation()
    try encoder.drain { bytes in try sink.write(bytes) }
  }
}

extension Column {
  init(_ column: DatasetColumn) {
    let kind: Kind =
      switch column.kind {
      case .integer: .integer
      case .real: .real
      case .text, .instant, .dayPart: .text
      }
    self.init(column.name, kind, isMinor: column.isMinor)
  }
}
