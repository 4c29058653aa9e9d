import Market

/// Names and literals as SQLite reads them.
package enum SQLText {
  /// The name in double quotes, those within doubled: any name is safe.
  package static func identifier(_ name: String) -> String {
    let buffer = ByteBuffer(capacity: 64)
    var name = name
    name.withUTF8 { buffer.appendDoubling(UInt8(ascii: "\""), in: $0) }
    return buffer.text
  }

  static func type(of kind: Column.Kind) -> String {
    switch kind {
    case .integer: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    }
  }
}

extension ByteBuffer {
  /// Appends a text as an SQL literal.
  ///
  /// A text with NUL or a carriage return is written in hexadecimal, `CAST(x'…' AS TEXT)`: a statement ends at NUL,
  /// and the `sqlite3` shell drops a carriage return before a line feed even within a literal.
  @inline(__always)
  func append(sqlLiteral bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\r") }) {
      append(hexadecimalLiteral: bytes)
    } else {
      appendDoubling(UInt8(ascii: "'"), in: bytes)
    }
  }

  private func append(hexadecimalLiteral bytes: UnsafeBufferPointer<UInt8>) {
    append("CAST(x'" as StaticString)
    for byte in bytes { append(hex: byte) }
    append("' AS TEXT)" as StaticString)
  }
}
