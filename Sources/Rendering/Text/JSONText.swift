extension ByteBuffer {
  /// Appends `bytes` as a JSON string with its quotes.
  ///
  /// What must be escaped is, and so is everything else that a terminal would obey: other control characters (DEL, C1)
  /// and marks that turn the direction of writing. Bytes that are not UTF-8 become U+FFFD.
  @inline(__always)
  func append(jsonString bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.allSatisfy(isPlainInJSON) {
      reserve(bytes.count + 2)
      append(UInt8(ascii: "\""))
      append(bytes)
      append(UInt8(ascii: "\""))
    } else {
      appendEscaped(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The same for a `String`.
  package func append(jsonString text: String) {
    var text = text
    text.withUTF8 { append(jsonString: $0) }
  }

  @inline(never)
  private func appendEscaped(_ text: String) {
    append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"" as StaticString)
      case "\\": append("\\\\" as StaticString)
      case "\n": append("\\n" as StaticString)
      case "\r": append("\\r" as StaticString)
      case "\t": append("\\t" as StaticString)
      case _ where TerminalText.isUnsafe(scalar): appendEscape(scalar.value)
      default: for byte in UTF8.encode(scalar).unsafelyUnwrapped { append(byte) }
      }
    }
    append(UInt8(ascii: "\""))
  }

  /// `\u001b`; for values under 0x10000.
  private func appendEscape(_ value: UInt32) {
    append("\\u" as StaticString)
    append(hex: UInt8(truncatingIfNeeded: value >> 8))
    append(hex: UInt8(truncatingIfNeeded: value))
  }

  /// Two lower-case hexadecimal digits.
  func append(hex byte: UInt8) {
    for digit in [byte >> 4, byte & 15] {
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}

@inline(__always)
private func isPlainInJSON(_ byte: UInt8) -> Bool {
  byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}
