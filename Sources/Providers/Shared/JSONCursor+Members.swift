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

  /// A text, or `nil` for `null` and for anything that is no text.
  mutating func textOrNull() throws(JSONFault) -> String? {
    if peek() == UInt8(ascii: "\"") { return try text().string }
    try skipValue(toleratingWords: true)
    return nil
  }
}
