import Formats

extension JSONCursor {
  /// Walks an object: `body` gets the name of each member with the cursor before its value, and moves past that.
  mutating func eachMember(
    _ body: (JSONText, inout JSONCursor) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    var more = try enterObject()
    while more {
      let name = try memberName()
      try body(name, &self)
      more = try nextMember()
    }
  }

  /// Walks an array of objects, each on its own: one that `read` can make nothing of costs itself, and ends where the next
  /// one begins.
  ///
  /// - Parameter take: gets what was read, or `nil`, the bytes of the object, and the cursor behind it.
  mutating func eachObject<Row>(
    _ read: (inout JSONCursor) throws(JSONFault) -> Row, _ take: (Row?, Range<Int>, JSONCursor) -> Void
  ) throws(JSONFault) {
    var more = try enterArray()
    while more {
      let start = offset
      let row = try? read(&self)
      offset = start
      try skipRow(of: .objects)
      take(row, start..<offset, self)
      more = try nextElement()
    }
  }

  /// A text, or `nil` for `null` and for anything that is no text.
  mutating func textOrNull() throws(JSONFault) -> String? {
    if peek() == UInt8(ascii: "\"") { return try text().string }
    try skipValue(toleratingWords: true)
    return nil
  }
}
