/// The way from the root of a JSON document to a value in it, as people write it: `$.data[3].value`.
package struct JSONPath: Hashable, Sendable {
  /// The whole way, beginning with `$`.
  package let text: String

  /// The document itself: `$`.
  package static let root = JSONPath(text: "$")

  /// The same way and one member further; a name that is no plain word stands in brackets and quotes.
  package func member(_ name: String) -> JSONPath {
    let isPlain =
      !name.isEmpty
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "_")
      }
    if isPlain { return JSONPath(text: "\(text).\(name)") }
    let quoted = name.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
    return JSONPath(text: "\(text)[\"\(quoted)\"]")
  }

  /// The same way and one element further, counted from 0.
  package func element(_ index: Int) -> JSONPath { JSONPath(text: "\(text)[\(index)]") }
}

extension JSONCursor {
  /// Moves past one value and returns where it lay, without the white space around it.
  package mutating func extentOfValue() throws(JSONFault) -> Range<Int> {
    _ = peek()
    let start = offset
    do throws(JSONFault) {
      try skipValue(toleratingWords: true)
    } catch {
      offset = start
      guard skipDamagedRows() else { throw error }
    }
    return start..<offset
  }

  /// Moves past an array in which a row is broken, as its reader did; `false` where it is none.
  private mutating func skipDamagedRows() -> Bool {
    let start = offset
    for rows in [JSONRows.arrays, .objects] {
      if (try? skipRows(of: rows)) != nil { return true }
      offset = start
    }
    return false
  }

  /// Walks an array of which the cursor stands before the bracket: `body` gets the number of each element, counted from
  /// 0, and may read as much of it as it likes.
  ///
  /// - Returns: the first result of `body` that is not `nil`; the cursor then stands behind that element.
  package mutating func firstElement<Result>(
    _ body: (Int, inout JSONCursor) throws(JSONFault) -> Result?
  ) throws(JSONFault) -> Result? {
    var number = 0
    var more = try enterArray()
    while more {
      let start = offset
      let found = try body(number, &self)
      offset = start
      try skipElement()
      if let found { return found }
      number += 1
      more = try nextElement()
    }
    return nil
  }

  /// A row of arrays or objects may be broken; a field is as it is.
  private mutating func skipElement() throws(JSONFault) {
    switch peek() {
    case UInt8(ascii: "["): try skipRow(of: .arrays)
    case UInt8(ascii: "{"): try skipRow(of: .objects)
    default: try skipValue(toleratingWords: true)
    }
  }

  /// Walks an object of which the cursor stands before the brace: where the value of each member lies, by its name. Of
  /// two members of one name the later counts.
  package mutating func members() throws(JSONFault) -> [String: Range<Int>] {
    var members: [String: Range<Int>] = [:]
    var more = try enterObject()
    while more {
      let name = try memberName().string
      members[name] = try extentOfValue()
      more = try nextMember()
    }
    return members
  }
}
