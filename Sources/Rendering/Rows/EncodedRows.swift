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

  /// A cell that holds a whole number.
  package func integer(_ value: Int64) { encoder.integer(value) }
  /// A cell that holds a number.
  package func real(_ value: Double) { encoder.real(value) }
  /// A cell that holds a text in UTF-8; the bytes are copied before this returns.
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) { encoder.text(bytes) }
  /// A cell that holds an instant, in the format's own spelling.
  package func instant(_ value: Instant) { encoder.instant(value) }
  /// A cell that holds nothing.
  package func null() { encoder.null() }

  /// Ends the row and hands the text over once enough has gathered; throws what `take` throws.
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
