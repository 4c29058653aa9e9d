/// What the rows of an array are, none of which holds arrays or objects in a row of its own.
package enum JSONRows: Sendable {
  case arrays, objects

  var opening: UInt8 { self == .arrays ? UInt8(ascii: "[") : UInt8(ascii: "{") }
  var closing: UInt8 { self == .arrays ? UInt8(ascii: "]") : UInt8(ascii: "}") }
}

extension JSONCursor {
  /// A longer row is no row: what is broken is the document.
  private static let longestRow = 8192

  /// Moves past one row of an array, so that a bare word or a broken byte in it costs the row and not the document.
  ///
  /// The row ends where the next one begins, or where the array ends behind it. Throws what is wrong with the row where
  /// neither is found.
  package mutating func skipRow(of rows: JSONRows) throws(JSONFault) {
    let isRow = peek() == rows.opening
    let start = offset
    do throws(JSONFault) {
      try skipValue(toleratingWords: true)
      if isAtEnd(of: rows, isRow) { return }
      throw JSONFault(.nextElement, at: offset)
    } catch {
      guard let end = endOfBrokenRow(from: start, of: rows) else { throw error }
      offset = end
    }
  }

  /// Walks an array of rows of which the cursor stands before the bracket, and leaves it behind the array.
  package mutating func skipRows(of rows: JSONRows) throws(JSONFault) {
    var more = try enterArray()
    while more {
      try skipRow(of: rows)
      more = try nextElement()
    }
  }

  /// Whether what was passed is a whole element. What does not begin as a row may be the start of one that lost its bracket:
  /// then no row follows, but its fields.
  private func isAtEnd(of rows: JSONRows, _ isRow: Bool) -> Bool {
    var ahead = self
    guard let byte = ahead.peek() else { return true }
    guard byte == UInt8(ascii: ",") else { return byte == UInt8(ascii: "]") }
    return isRow || next(after: ahead.offset) == rows.opening
  }

  private func endOfBrokenRow(from start: Int, of rows: JSONRows) -> Int? {
    var index = start + 1
    let end = Swift.min(count, start + JSONCursor.longestRow)
    while index < end {
      let byte = base[index]
      if byte == UInt8(ascii: ","), next(after: index) == rows.opening { return index }
      if byte == rows.closing, next(after: index) == UInt8(ascii: "]") { return index + 1 }
      index += 1
    }
    return nil
  }

  /// The byte behind one, after white space.
  private func next(after index: Int) -> UInt8? {
    var ahead = self
    ahead.offset = index + 1
    return ahead.peek()
  }

  /// Notes that a member which may stand but once in its object was met. Throws where it was met before, as nobody can
  /// tell which of the two is meant.
  package func meet(_ wasMet: inout Bool) throws(JSONFault) {
    if wasMet { throw JSONFault(.singleMember, at: offset) }
    wasMet = true
  }
}
