import Datasets
import Formats
import Rendering
import Schema
import Store

/// One of the datasets that a backup holds for people as a CSV file.
struct CSVFile: Sendable {
  let view: NamedDataset
  let path: String

  /// Writes every row of the view to a new file in a scratch folder, ordered by its key. It is brought to the disk when it
  /// gets its name.
  init(_ view: NamedDataset, of store: Store, to path: String, shouldStop: @escaping @Sendable () -> Bool) throws {
    let file = try SafeFile(path, replacing: false)
    let overlapped = OverlappedSink(into: Stoppable(file, shouldStop))
    let encoder = RowFormat.csv.encoder(table: view.name)
    encoder.begin(view.columns.map(\.column))
    let rows = EncodedRows(encoder) { try overlapped.write($0) }
    _ = try store.datasets.read { try $0.rows(of: view, into: rows) }
    try rows.finish()
    try overlapped.finish()
    try file.finish()
    self.view = view
    self.path = path
  }
}
