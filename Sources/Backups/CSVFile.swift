import Formats
import Rendering
import Store

/// One of the promised views as a CSV file.
struct CSVFile: Sendable {
  let view: NamedDataset
  let path: String
  let fingerprint: Fingerprint
  let size: Int

  /// Writes every row of the view to a new file, ordered by its key, and brings it to the disk.
  init(_ view: NamedDataset, of store: Store, to path: String) throws {
    let file = try SafeFile(path, replacing: false)
    let sink = FingerprintingSink(into: file)
    let encoder = RowFormat.csv.encoder(table: view.name)
    encoder.begin(view.columns.map(Column.init))
    let rows = EncodedRows(encoder) { try sink.write($0) }
    _ = try store.readDatasets { try $0.rows(of: view, into: rows) }
    try rows.finish()
    try file.finish()
    self.view = view
    self.path = path
    fingerprint = sink.fingerprint
    size = sink.count
  }
}
