import Formats
import Market
import Rendering
import Store

/// One of the familiar views as a CSV file.
struct CSVFile: Sendable {
  let view: FamiliarView
  let path: String
  let fingerprint: Fingerprint
  let size: Int

  /// Writes every row of the view to a new file, ordered by its key, and brings it to the disk.
  init(_ view: FamiliarView, of store: Store, to path: String) throws {
    let file = try SafeFile(path, replacing: false)
    let sink = FingerprintingSink(into: file)
    try CSVFile.print(view, of: store, by: RowFormat.csv.encoder(table: view.rawValue), to: sink)
    try file.finish()
    self.view = view
    self.path = path
    fingerprint = sink.fingerprint
    size = sink.count
  }

  private static func print(
    _ view: FamiliarView, of store: Store, by encoder: some RowEncoder, to sink: FingerprintingSink
  ) throws {
    encoder.begin(view.columns.map { Column($0.name, Column.Kind($0.kind)) })
    try store.rows(of: view, into: CellPrinter(encoder: encoder, sink: sink))
    encoder.finish()
    try encoder.drain { (bytes) throws(FileError) in try sink.write(bytes) }
  }
}

/// Prints cells as they come from the database.
private struct CellPrinter<Encoder: RowEncoder>: CellReceiver {
  let encoder: Encoder
  let sink: FingerprintingSink

  func integer(_ value: Int64) { encoder.integer(value) }
  func real(_ value: Double) { encoder.real(value) }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) { encoder.text(bytes) }
  func instant(_ value: Instant) { encoder.instant(value) }
  func null() { encoder.null() }

  func endRow() throws {
    encoder.endRow()
    if encoder.isFull { try encoder.drain { (bytes) throws(FileError) in try sink.write(bytes) } }
  }
}

extension Column.Kind {
  fileprivate init(_ kind: FamiliarView.CellKind) {
    switch kind {
    case .integer: self = .integer
    case .real: self = .real
    case .text: self = .text
    }
  }
}
