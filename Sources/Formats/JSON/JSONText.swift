/// A string inside a JSON text, as it lies there: without its quotes, its escapes not yet undone.
///
/// Valid as long as the bytes of the text are.
package struct JSONText {
  /// What lies between the quotes, as sent: maybe with escapes, maybe no UTF-8.
  package let bytes: UnsafeBufferPointer<UInt8>
  /// Whether a backslash is among the bytes.
  package let hasEscapes: Bool

  /// Whether the bytes are text at all.
  var isUTF8: Bool { bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil }

  /// Whether the string is `word`, which holds neither quotes nor backslashes.
  package static func == (text: JSONText, word: StaticString) -> Bool {
    guard text.bytes.count == word.utf8CodeUnitCount else { return text.hasEscapes && text.string == "\(word)" }
    for index in 0..<text.bytes.count where text.bytes[index] != word.utf8Start[index] { return false }
    return true
  }

  /// For `switch` over the names of members; the same as `==`.
  package static func ~= (word: StaticString, text: JSONText) -> Bool { text == word }

  /// The string with its escapes undone; what is not UTF-8, not a whole surrogate pair, or NUL becomes U+FFFD.
  package var string: String {
    guard hasEscapes || bytes.contains(0) else { return String(decoding: bytes, as: UTF8.self) }
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        appendEscape(at: &index, to: &unescaped)
      } else {
        unescaped.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: unescaped, as: UTF8.self)
  }

  private func appendEscape(at index: inout Int, to unescaped: inout [UInt8]) {
    let letter = index + 1 < bytes.count ? bytes[index + 1] : 0
    index += 2
    switch letter {
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "u"): unescaped.append(contentsOf: "\(codePoint(at: &index))".utf8)
    default: unescaped.append(letter)
    }
  }

  /// The character of a `\u` escape whose digits begin at `index`, taking the second half of a surrogate pair with it.
  private func codePoint(at index: inout Int) -> Character {
    guard let first = hexDigits(at: index) else { return "\u{FFFD}" }
    index += 4
    var value = first
    if (0xD800..<0xDC00).contains(first), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u"), let second = hexDigits(at: index + 2), (0xDC00..<0xE000).contains(second)
    {
      index += 6
      value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    return Character(scalar)
  }

  private func hexDigits(at index: Int) -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }
}

extension JSONCursor {
  /// A string. Control characters inside it and unknown escapes are faults.
  package mutating func text() throws(JSONFault) -> JSONText {
    guard take(UInt8(ascii: "\"")) else { throw JSONFault(.string, at: offset) }
    let start = offset
    var hasEscapes = false
    while offset < count {
      let byte = base[offset]
      if byte == UInt8(ascii: "\"") {
        let bytes = UnsafeBufferPointer(start: base + start, count: offset - start)
        offset += 1
        return JSONText(bytes: bytes, hasEscapes: hasEscapes)
      }
      guard byte >= 0x20 else { throw JSONFault(.string, at: offset) }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try checkEscape()
      }
      offset += 1
    }
    throw JSONFault(.string, at: offset)
  }

  /// Leaves the cursor on the last byte of the escape that begins at it.
  private mutating func checkEscape() throws(JSONFault) {
    offset += 1
    guard offset < count else { throw JSONFault(.string, at: offset) }
    switch base[offset] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        offset += 1
        guard offset < count, isHexDigit(base[offset]) else { throw JSONFault(.string, at: offset) }
      }
    default: throw JSONFault(.string, at: offset)
    }
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
