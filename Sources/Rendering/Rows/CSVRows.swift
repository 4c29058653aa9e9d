import Market

/// RFC 4180: a cell is quoted where it holds a comma, a quote, a line break, or begins or ends with white space that
/// a reader might trim. Lines end with `\n`. Null is an empty cell, the empty text is `""`.
final class CSVRows: RowEncoder {
  let output = ByteBuffer()
  @exclusivity(unchecked) private var cursor = ColumnCursor()

  func begin(_ columns: [Column]) {
    cursor = ColumnCursor(columns: columns.count)
    for column in columns { text(column.name) }
    endRow()
  }

  func integer(_ value: Int64) {
    separate()
    output.append(integer: value)
  }

  func real(_ value: Double) {
    if value.isNaN { return null() }
    output.reserve(NumberText.maximumBytes + 1)
    if !cursor.isAtStart { output.append(UInt8(ascii: ",")) }
    cursor.append(value, to: output)
    cursor.advance()
  }

  func instant(_ value: Instant) {
    separate()
    output.append(instant: value)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    separate()
    if needsQuotes(bytes) { output.appendDoubling(UInt8(ascii: "\""), in: bytes) } else { output.append(bytes) }
  }

  func null() {
    separate()
  }

  func endRow() {
    cursor.startRow()
    output.append(UInt8(ascii: "\n"))
  }

  func finish() {}

  @inline(__always)
  private func separate() {
    if !cursor.isAtStart { output.append(UInt8(ascii: ",")) }
    cursor.advance()
  }

  @inline(__always)
  private func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    if first <= UInt8(ascii: " ") || last <= UInt8(ascii: " ") { return true }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
      default: continue
      }
    }
    return false
  }
}

extension ByteBuffer {
  /// Appends `bytes` between two `quote`s, every `quote` within doubled: by bytes, so that a combining mark behind
  /// one hides nothing.
  func appendDoubling(_ quote: UInt8, in bytes: UnsafeBufferPointer<UInt8>) {
    reserve(bytes.count * 2 + 2)
    append(quote)
    for byte in bytes {
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
  }
}
