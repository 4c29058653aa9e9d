extension JSONCursor {
  /// A number, bare or in quotes, as the double nearest to it.
  ///
  /// Throws `.number` where something else stands, `.finiteDecimal` where the text in the quotes is no decimal number
  /// (`NaN`, `0x1p3`, nothing) or is too large for a double.
  @inlinable
  package mutating func decimal() throws(JSONFault) -> Double {
    skipSpace()
    let start = offset
    let isQuoted = offset < count && base[offset] == UInt8(ascii: "\"")
    if isQuoted { offset += 1 }
    guard let number = DecimalText.number(base, from: &offset, to: count) else {
      offset = start
      throw numberFault()
    }
    if isQuoted {
      guard offset < count, base[offset] == UInt8(ascii: "\"") else {
        offset = start
        throw numberFault()
      }
      offset += 1
    } else if hasLeadingZero(start) || isAtNumberByte {
      throw JSONFault(.number, at: start)
    }
    return number
  }

  /// A whole number, bare or in quotes. Throws `.integer` for fractions, exponents and what exceeds 64 bits.
  @inlinable
  package mutating func integer() throws(JSONFault) -> Int64 {
    skipSpace()
    let start = offset
    let isQuoted = offset < count && base[offset] == UInt8(ascii: "\"")
    if isQuoted { offset += 1 }
    guard let number = DecimalText.integer(base, from: &offset, to: count) else {
      offset = start
      throw JSONFault(.integer, at: start)
    }
    if isQuoted {
      guard offset < count, base[offset] == UInt8(ascii: "\"") else {
        offset = start
        throw JSONFault(.integer, at: start)
      }
      offset += 1
    } else if hasLeadingZero(start) || isAtNumberByte {
      offset = start
      throw JSONFault(.integer, at: start)
    }
    return number
  }

  /// The bytes of a number, bare or in quotes, unread: for readers that need its exact decimal value.
  package mutating func numberText() throws(JSONFault) -> UnsafeBufferPointer<UInt8> {
    if peek() == UInt8(ascii: "\"") { return try text().bytes }
    guard let end = DecimalText.endOfJSONNumber(base, from: offset, to: count) else {
      throw JSONFault(.number, at: offset)
    }
    defer { offset = end }
    return UnsafeBufferPointer(start: base + offset, count: end - offset)
  }

  /// Why no number could be read at the cursor: the wrong kind of value, or the wrong text.
  @usableFromInline
  func numberFault() -> JSONFault {
    guard offset < count else { return JSONFault(.number, at: offset) }
    switch base[offset] {
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"):
      return JSONFault(.number, at: offset)
    default: return JSONFault(.finiteDecimal, at: offset)
    }
  }

  @inlinable
  var isAtNumberByte: Bool {
    guard offset < count else { return false }
    let byte = base[offset]
    return byte != UInt8(ascii: ",") && byte != UInt8(ascii: "]") && byte > 0x20 && byte != UInt8(ascii: "}")
  }

  /// Whether the bare number at `start` begins with a zero that JSON does not allow: `007`.
  @inlinable
  func hasLeadingZero(_ start: Int) -> Bool {
    let first = base[start] == UInt8(ascii: "-") ? start + 1 : start
    return base[first] == UInt8(ascii: "0") && first + 1 < count && base[first + 1] &- UInt8(ascii: "0") < 10
  }
}
