extension JSONCursor {
  /// The text of the scalar at a path of member names in a JSON object: how readers of error messages look into a body
  /// that they know only roughly.
  ///
  /// `nil` when the bytes are no JSON object as far as the path leads, or it leads nowhere, to an array, an object or `null`.
  package static func text(at path: [String], in bytes: [UInt8]) -> String? {
    reading(bytes) { cursor in
      guard let found = try? cursor.text(at: path[...]) else { return nil }
      return found
    }
  }

  /// Whether the bytes are one well-formed JSON value and nothing else.
  package static func isWhole(_ bytes: [UInt8]) -> Bool {
    reading(bytes) { cursor in
      do {
        try cursor.skipValue()
        try cursor.expectEnd()
        return true
      } catch { return false }
    }
  }

  private mutating func text(at path: ArraySlice<String>) throws(JSONFault) -> String? {
    guard let name = path.first else { return try scalarText() }
    guard peek() == UInt8(ascii: "{") else { return nil }
    var more = try enterObject()
    while more {
      if try memberName().string == name { return try text(at: path.dropFirst()) }
      try skipValue()
      more = try nextMember()
    }
    return nil
  }

  private mutating func scalarText() throws(JSONFault) -> String? {
    switch peek() {
    case UInt8(ascii: "\""): return try text().string
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "n"), nil: return nil
    default:
      let start = offset
      try skipValue()
      return String(decoding: bytes(from: start), as: UTF8.self)
    }
  }
}
