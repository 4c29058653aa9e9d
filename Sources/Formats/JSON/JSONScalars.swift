/// One scalar of a JSON document with the way to it.
package struct JSONScalar: Hashable, Sendable {
  /// Names of members and numbers of elements, from the root.
  package let path: [String]
  /// A string without its quotes and escapes; of everything else the text as it stands. `nil` for null.
  package let text: String?
  /// Whether it stood in quotes, which tells `"12"` from `12`.
  package let isString: Bool
}

extension JSONCursor {
  /// All scalars of a document in its order; for small documents of our own.
  package static func scalars(in bytes: [UInt8]) throws(JSONFault) -> [JSONScalar] {
    try reading(bytes) { (cursor) throws(JSONFault) in
      var found: [JSONScalar] = []
      try cursor.gatherScalars(at: [], into: &found)
      try cursor.expectEnd()
      return found
    }
  }

  private mutating func gatherScalars(at path: [String], into found: inout [JSONScalar]) throws(JSONFault) {
    guard path.count < Self.deepest else { throw JSONFault(.lessNesting, at: offset) }
    switch peek() {
    case UInt8(ascii: "["):
      var number = 0
      var more = try enterArray()
      while more {
        try gatherScalars(at: path + ["\(number)"], into: &found)
        number += 1
        more = try nextElement()
      }
    case UInt8(ascii: "{"):
      var more = try enterObject()
      while more {
        let name = try memberName().string
        try gatherScalars(at: path + [name], into: &found)
        more = try nextMember()
      }
    case UInt8(ascii: "\""): found.append(JSONScalar(path: path, text: try text().string, isString: true))
    default:
      let start = offset
      try skipValue()
      let text = String(decoding: bytes(from: start), as: UTF8.self)
      found.append(JSONScalar(path: path, text: text == "null" ? nil : text, isString: false))
    }
  }
}
