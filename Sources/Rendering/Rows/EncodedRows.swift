import Market

/// Hands rows to an encoder, and the encoder's text to whoever takes it whenever enough has gathered.
package struct EncodedRows: RowReceiver {
  private let encoder: any RowEncoder
  private let take: (UnsafeRawBufferPointer) throws -> Void

  /// - Parameter take: called between rows with the text gathered so far; what it throws ends the rows.
  package init(_ encoder: any RowEncoder, take: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.encoder = encoder
    self.take = take
  }

  package func integer(_ value: Int64) { encoder.integer(value) }
  package func real(_ value: Double) { encoder.real(value) }
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) { encoder.text(bytes) }
  package func instant(_ value: Instant) { encoder.instant(value) }
  package func null() { encoder.null() }

  package func endRow() throws {
    encoder.endRow()
    if encoder.isFull { try encoder.drain(take) }
  }

  /// Writes what stands after the rows and hands over the rest.
  package func finish() throws {
    encoder.finish()
    try encoder.drain(take)
  }
}
