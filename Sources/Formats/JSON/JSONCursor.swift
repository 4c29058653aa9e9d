/// Reads JSON from bytes in place: no tree, no copies, nothing allocated a value.
///
/// The reader says what it expects and the cursor moves past it, or throws where it is not. Arrays and objects are walked
/// with a pair of calls, the first of which opens:
///
///     var more = try cursor.enterArray()
///     while more {
///       sum += try cursor.decimal()
///       more = try cursor.nextElement()
///     }
///
/// White space before what is expected is skipped. `expectEnd()` proves that the text was whole. The cursor must not
/// outlive the bytes it was made for.
package struct JSONCursor {
  @usableFromInline let base: UnsafePointer<UInt8>
  /// The length of the text in bytes.
  package let count: Int
  /// How many bytes lie behind the cursor. May be set back to an earlier value of itself.
  package var offset = 0

  @usableFromInline
  init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  /// Calls `body` with a cursor at the start of `bytes`, behind the byte order mark if there is one.
  @inlinable
  package static func reading<Result, Failure: Error>(
    _ bytes: [UInt8], _ body: (inout JSONCursor) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
      guard let base = buffer.baseAddress else {
        var nothing: UInt8 = 0
        return try withUnsafePointer(to: &nothing) { (pointer) throws(Failure) -> Result in
          var cursor = JSONCursor(base: pointer, count: 0)
          return try body(&cursor)
        }
      }
      var cursor = JSONCursor(base: base, count: buffer.count)
      cursor.skipByteOrderMark()
      return try body(&cursor)
    }
  }

  /// The byte at the cursor, after white space; `nil` at the end.
  @inlinable
  package mutating func peek() -> UInt8? {
    skipSpace()
    return offset < count ? base[offset] : nil
  }

  /// Moves past `byte` if it comes next.
  @inlinable @inline(__always)
  package mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard offset < count, base[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// Moves past `null` if it comes next.
  @inlinable
  package mutating func takeNull() -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    return takeWord("null")
  }

  /// Moves past `[`; tells whether an element follows.
  @inlinable
  package mutating func enterArray() throws(JSONFault) -> Bool {
    guard take(UInt8(ascii: "[")) else { throw JSONFault(.array, at: offset) }
    return !take(UInt8(ascii: "]"))
  }

  /// Moves past the comma after an element, or past the end of the array; tells whether another element follows.
  @inlinable
  package mutating func nextElement() throws(JSONFault) -> Bool {
    if take(UInt8(ascii: ",")) { return true }
    guard take(UInt8(ascii: "]")) else { throw JSONFault(.nextElement, at: offset) }
    return false
  }

  /// Moves past the comma before a further field of a row. Throws `.field` where the row ends.
  @inlinable
  package mutating func nextField() throws(JSONFault) {
    guard take(UInt8(ascii: ",")) else { throw JSONFault(.field, at: offset) }
  }

  /// Moves past whatever fields are left of a row, and past its end.
  @inlinable
  package mutating func leaveArray() throws(JSONFault) {
    while try nextElement() {
      if !skipPlainScalar() { try skipValue() }
    }
  }

  /// Moves past `{`; tells whether a member follows.
  @inlinable
  package mutating func enterObject() throws(JSONFault) -> Bool {
    guard take(UInt8(ascii: "{")) else { throw JSONFault(.object, at: offset) }
    return !take(UInt8(ascii: "}"))
  }

  /// The name of a member; the cursor then stands before its value.
  package mutating func memberName() throws(JSONFault) -> JSONText {
    guard peek() == UInt8(ascii: "\"") else { throw JSONFault(.memberName, at: offset) }
    let start = offset
    let name = try text()
    // Broken text in a value costs the value; in a name nobody can tell what is left out.
    guard name.isUTF8 else { throw JSONFault(.memberName, at: start) }
    guard take(UInt8(ascii: ":")) else { throw JSONFault(.colon, at: offset) }
    return name
  }

  /// Moves past the comma after a member, or past the end of the object; tells whether another member follows.
  @inlinable
  package mutating func nextMember() throws(JSONFault) -> Bool {
    if take(UInt8(ascii: ",")) { return true }
    guard take(UInt8(ascii: "}")) else { throw JSONFault(.nextMember, at: offset) }
    return false
  }

  /// Throws unless only white space is left: a text that was cut off never gets here, one with a tail stops here.
  @inlinable
  package mutating func expectEnd() throws(JSONFault) {
    guard peek() == nil else { throw JSONFault(.end, at: offset) }
  }

  /// The bytes from `start` to the cursor, as they stand.
  package func bytes(from start: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + start, count: max(0, offset - start))
  }

  @inlinable @inline(__always)
  mutating func skipSpace() {
    if offset < count, base[offset] <= 0x20 { skipSpaces() }
  }

  @usableFromInline
  mutating func skipSpaces() {
    while offset < count {
      let byte = base[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      offset += 1
    }
  }

  @usableFromInline
  mutating func skipByteOrderMark() {
    if count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { offset = 3 }
  }

  @usableFromInline
  mutating func takeWord(_ word: StaticString) -> Bool {
    guard word.utf8CodeUnitCount <= count - offset else { return false }
    for index in 0..<word.utf8CodeUnitCount where base[offset + index] != word.utf8Start[index] { return false }
    offset += word.utf8CodeUnitCount
    return true
  }
}
