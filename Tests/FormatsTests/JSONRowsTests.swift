import Testing

@testable import Formats

@Suite struct JSONRowsTests {
  /// How many rows of an array are passed, broken ones among them; `nil` where the array is.
  private func rows(_ text: String, of rows: JSONRows = .arrays) -> Int? {
    JSONCursor.reading(Array(text.utf8)) { cursor -> Int? in
      var count = 0
      guard var more = try? cursor.enterArray() else { return nil }
      while more {
        guard (try? cursor.skipRow(of: rows)) != nil, let next = try? cursor.nextElement() else { return nil }
        count += 1
        more = next
      }
      return count
    }
  }

  @Test(arguments: [
    ("[[1],[2],[3]]", 3), ("[]", 0), ("[[1],[NaN],[3]]", 3), ("[[1],[2 x],[3]]", 3), ("[[1],[\"2],[3]]", 3),
    ("[[1],[\"\u{1}\"] , [3]]", 3), ("[[1],#2],[3]]", 3), ("[[1],[2#,[3]]", 3), ("[[1],[2],[\"3] ]", 3),
    ("[7,[2]]", 2),
  ])
  func `a broken row ends where the next one begins, or the array`(text: String, count: Int) {
    #expect(rows(text) == count)
  }

  @Test(arguments: ["[[1],[2", "[[1],[2]", "[[1],[\"2", "[[1],[2#", "[[1],", "[[1]#"])
  func `what is cut has no rows`(text: String) {
    #expect(rows(text) == nil)
  }

  @Test(arguments: [(#"[{"a":1},{"a":NaN},{"a":2}]"#, 3), (#"[{"a":1},{"a:1},{"a":2}]"#, 3), (#"[{"a":{"b":"x}}]"#, 1)])
  func `objects are rows too`(text: String, count: Int) {
    #expect(rows(text, of: .objects) == count)
  }

  @Test func `a row that never ends is not looked for for ever`() {
    #expect(rows("[[1],[\"" + String(repeating: "x", count: 9000) + "],[3]]") == nil)
  }

  @Test func `a member may be met once`() throws {
    try JSONCursor.reading(Array("{}".utf8)) { cursor in
      var wasMet = false
      try cursor.meet(&wasMet)
      #expect(throws: JSONFault(.singleMember, at: 0)) { try cursor.meet(&wasMet) }
    }
  }
}
