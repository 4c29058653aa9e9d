import Testing

@testable import Formats

/// Reads a whole text, proving its end.
private func reading<Result>(
  _ text: String, _ read: (inout JSONCursor) throws(JSONFault) -> Result
) throws(JSONFault) -> Result {
  try JSONCursor.reading(Array(text.utf8)) { (cursor) throws(JSONFault) in
    let result = try read(&cursor)
    try cursor.expectEnd()
    return result
  }
}

private func decimals(_ text: String) throws(JSONFault) -> [Double] {
  try reading(text) { (cursor) throws(JSONFault) in
    var numbers: [Double] = []
    var more = try cursor.enterArray()
    while more {
      numbers.append(try cursor.decimal())
      more = try cursor.nextElement()
    }
    return numbers
  }
}

struct JSONCursorTests {
  @Test(arguments: [("[]", []), (" [ 1 ,\n-2.5e1,\t\"0.10\" ] \r\n", [1, -25, 0.1]), ("\u{FEFF}[3]", [3])])
  func `an array of numbers, bare or in quotes, is read in order`(text: String, numbers: [Double]) throws {
    #expect(try decimals(text) == numbers)
  }

  @Test func `members are read by name and others passed over`() throws {
    let text = #"{"skip":{"a":[1,{"b":null}]},"value":7,"more":"x"}"#
    let value = try reading(text) { (cursor) throws(JSONFault) -> Int64? in
      var value: Int64?
      var more = try cursor.enterObject()
      while more {
        if try cursor.memberName() == "value" { value = try cursor.integer() } else { try cursor.skipValue() }
        more = try cursor.nextMember()
      }
      return value
    }
    #expect(value == 7)
  }

  @Test func `every prefix of a text is refused`() throws {
    let text = #"[[1,"2.50",{"a":[true,null]}],[3]]"#
    for length in 0..<text.utf8.count {
      #expect(throws: JSONFault.self, "\(text.prefix(length))") {
        try reading(String(text.prefix(length))) { (cursor) throws(JSONFault) in try cursor.skipValue() }
      }
    }
    try reading(text) { (cursor) throws(JSONFault) in try cursor.skipValue() }
  }

  @Test(arguments: [
    "1 2", "[1]]", "[1,]", "[,1]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "01", "1.", ".5", "+1", "1e", "- 1", "nul",
    "nulll",
    "'a'", "\"\u{1}\"", "\"\\x\"", "\"\\u12G4\"", "\"", "NaN", "[1 2]", "{\"a\":1 \"b\":2}", "", "  ", "tru\u{65}x",
  ])
  func `what JSON does not allow is refused`(text: String) {
    #expect(!JSONCursor.isWhole(Array(text.utf8)))
  }

  @Test(arguments: [
    "0", "-0.0e-1", "\"\\u00e9\\n\\\"\"", "[[],{},\"\",null,true,false]", "{\"\":{\"a\":[1E+2]}}", " 1 ",
  ])
  func `what JSON allows is passed over`(text: String) {
    #expect(JSONCursor.isWhole(Array(text.utf8)))
  }

  @Test func `nesting is bounded`() {
    let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(JSONCursor.isWhole(Array(deepest.utf8)))
    #expect(!JSONCursor.isWhole(Array("[\(deepest)]".utf8)))
    #expect(throws: JSONFault(.lessNesting, at: 65)) {
      try reading(String(repeating: "[", count: 100_000)) { (cursor) throws(JSONFault) in try cursor.skipValue() }
    }
  }

  @Test func `bare words pass only where they are tolerated`() throws {
    for word in ["NaN", "-Infinity", "Infinity", "nan", "truex", "1e5x"] {
      #expect(!JSONCursor.isWhole(Array("[\(word)]".utf8)))
      try reading("[\(word)]") { (cursor) throws(JSONFault) in try cursor.skipValue(toleratingWords: true) }
    }
  }

  @Test(arguments: [
    (#""plain""#, "plain"), (#""a\"b\\c\/d\n""#, "a\"b\\c/d\n"), (#""\u00e9\uD83D\uDE00""#, "é😀"),
    (#""\uD83Dx""#, "\u{FFFD}x"), (#""\u0000""#, "\u{FFFD}"),
  ])
  func `escapes are undone`(text: String, string: String) throws {
    let read = try reading(text) { (cursor) throws(JSONFault) in try cursor.text().string }
    #expect(Array(read.utf8) == Array(string.utf8))
  }

  @Test func `bytes that are not UTF-8 become replacement characters`() throws {
    let text = [UInt8(ascii: "\""), 0x61, 0xFF, UInt8(ascii: "\"")]
    let read = try JSONCursor.reading(text) { (cursor) throws(JSONFault) in try cursor.text().string }
    #expect(read == "a\u{FFFD}")
  }

  @Test(arguments: [
    ("null", JSONExpectation.number), ("[1]", .number), ("\"abc\"", .finiteDecimal), ("\"\"", .finiteDecimal),
    ("NaN", .finiteDecimal), ("\"1e400\"", .finiteDecimal), ("1e400", .finiteDecimal), ("\"0x1p3\"", .finiteDecimal),
    ("\"1 \"", .finiteDecimal), ("12abc", .number), ("007", .number), ("", .number),
  ])
  func `a fault tells a wrong kind of value from a wrong number`(text: String, expected: JSONExpectation) {
    let fault = #expect(throws: JSONFault.self) {
      try reading(text) { (cursor) throws(JSONFault) in try cursor.decimal() }
    }
    #expect(fault?.expected == expected)
  }

  @Test(arguments: [
    ("1588280400000", 1_588_280_400_000), ("\"-5\"", -5), ("0", 0), ("999999999999999999", 999_999_999_999_999_999),
  ])
  func `a whole number is read, bare or in quotes`(text: String, number: Int64) throws {
    #expect(try reading(text) { (cursor) throws(JSONFault) in try cursor.integer() } == number)
  }

  @Test(arguments: ["1.0", "1e3", "\"a\"", "\"\"", "9999999999999999999", "-", "01", "12x", "null"])
  func `what is no whole number is refused`(text: String) {
    let fault = #expect(throws: JSONFault.self) {
      try reading(text) { (cursor) throws(JSONFault) in try cursor.integer() }
    }
    #expect(fault?.expected == .integer)
  }

  @Test(
    arguments: [
      (["error", "status", "code"], "10012"), (["error", "text"], "no"), (["error", "none"], nil), (["error"], nil),
      (["list"], nil), (["nothing"], nil), (["flag"], "true"),
    ] as [([String], String?)])
  func `a scalar is found by its path`(path: [String], text: String?) {
    let body = #"{"list":[1],"nothing":null,"error":{"status":{"code":10012},"text":"no"},"flag":true}"#
    #expect(JSONCursor.text(at: path, in: Array(body.utf8)) == text)
  }
}
