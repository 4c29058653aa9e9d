/// Takes rows cell by cell, in the order of the columns, so that a million rows cost no allocation each.
package protocol RowReceiver {
  func integer(_ value: Int64)
  /// One that is no number (`nan`), or infinite, becomes null in a format that has no such thing.
  func real(_ value: Double)
  /// UTF-8, valid during the call: a receiver that keeps the bytes copies them.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  func instant(_ value: Instant)
  func null()
  /// The row is complete. What it throws ends the reading.
  func endRow() throws
}

/// Takes many rows at once, too.
package protocol BatchReceiver: RowReceiver {
  /// Takes rows that follow those before; what it throws ends the reading.
  ///
  /// - Parameter rows: an empty batch afterwards, which may be another one.
  func take(_ rows: inout RowBatch) throws
}
