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
