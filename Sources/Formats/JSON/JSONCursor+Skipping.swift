extension JSONCursor {
  /// How deep arrays and objects may lie in each other.
  static let deepest = 64

  /// Moves past one value of any kind, checking that it is well formed.
  ///
  /// - Parameter toleratingWords: lets bare words such as `NaN` or `Infinity` stand for values, as careless writers of
  ///   JSON print them, so that a reader can leave out the one row that holds them.
  package mutating func skipValue(toleratingWords: Bool = false) throws(JSONFault) {
    var depth = 0
    var kinds: UInt64 = 0  // one bit a level, innermost lowest: 1 is an object
    while true {
      let opened = try skipScalarOrOpening(toleratingWords)
      if let isObject = opened {
        guard depth < Self.deepest else { throw JSONFault(.lessNesting, at: offset) }
        if !take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          depth += 1
          kinds = kinds << 1 | (isObject ? 1 : 0)
          if isObject { _ = try memberName() }
          continue
        }
      }
      while depth > 0 {
        let isObject = kinds & 1 == 1
        if try isObject ? nextMember() : nextElement() { break }
        depth -= 1
        kinds >>= 1
      }
      if depth == 0 { return }
      if kinds & 1 == 1 { _ = try memberName() }
    }
  }

  /// Moves past a string without escapes or a whole number that begins right at the cursor: most of what is skipped.
  /// Otherwise the cursor stays.
  @inlinable @inline(__always)
  mutating func skipPlainScalar() -> Bool {
    guard offset < count else { return false }
    var index = offset
    if base[index] == UInt8(ascii: "\"") {
      index += 1
      while count - index >= 8, areEightPlain(at: index) { index += 8 }
      while index < count, base[index] >= 0x20, base[index] != UInt8(ascii: "\\") {
        if base[index] == UInt8(ascii: "\"") {
          offset = index + 1
          return true
        }
        index += 1
      }
      return false
    }
    guard base[index] &- UInt8(ascii: "1") < 9 else { return false }
    while index < count, base[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    guard index < count, base[index] == UInt8(ascii: ",") || base[index] == UInt8(ascii: "]") else { return false }
    offset = index
    return true
  }

  /// Whether none of the next eight bytes is a quote, a backslash or a control character.
  ///
  /// Eight at once: a byte is below n where subtracting n borrows (S. E. Anderson, "Bit Twiddling Hacks", hasless).
  @inlinable @inline(__always)
  func areEightPlain(at index: Int) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let below = (word &- ones &* 0x20) & ~word
    let zeros = ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
    return (below | zeros) & (ones &* 0x80) == 0
  }

  /// Moves past a scalar (`nil`), or past the bracket that opens an array (`false`) or an object (`true`).
  private mutating func skipScalarOrOpening(_ toleratingWords: Bool) throws(JSONFault) -> Bool? {
    switch peek() {
    case UInt8(ascii: "["):
      offset += 1
      return false
    case UInt8(ascii: "{"):
      offset += 1
      return true
    case UInt8(ascii: "\""): _ = try text()
    default: try skipBareScalar(toleratingWords)
    }
    return nil
  }

  private mutating func skipBareScalar(_ toleratingWords: Bool) throws(JSONFault) {
    if takeWord("null") || takeWord("true") || takeWord("false") {
      if !isAtWordByte { return }
      guard toleratingWords else { throw JSONFault(.value, at: offset) }
    } else if let end = DecimalText.endOfJSONNumber(base, from: offset, to: count) {
      offset = end
      if !isAtWordByte { return }
      guard toleratingWords else { throw JSONFault(.value, at: offset) }
    }
    guard toleratingWords, isAtWordByte else { throw JSONFault(.value, at: offset) }
    while isAtWordByte { offset += 1 }
  }

  private var isAtWordByte: Bool {
    guard offset < count else { return false }
    switch base[offset] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      return true
    default: return false
    }
  }
}
