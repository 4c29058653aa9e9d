import Market
import Testing

@Suite struct JSONValueTests {
  private let value: JSONValue = [
    "version": 1, "outcome": "done", "steps": [["name": "prices", "seconds": 0.5], [:]], "backup": nil, "ok": true,
  ]

  @Test func `a literal keeps the order of its members`() {
    let members: [(String, JSONValue)] = [
      ("version", 1), ("outcome", "done"), ("steps", [["name": "prices", "seconds": 0.5], [:]]), ("backup", .null),
      ("ok", true),
    ]
    #expect(value == .object(members))
  }

  @Test func `what is missing is null`() {
    #expect(JSONValue.optional("a") == "a")
    #expect(
      [JSONValue.optional(nil as String?), .optional(nil as Int64?), .optional(nil as Double?)] == [
        .null, .null, .null,
      ])
  }

  @Test func `values are equal part by part`() {
    #expect(value == value)
    #expect(JSONValue.array([1, [2, "a"]]) == [1, [2, "a"]])
    #expect(JSONValue.number(.nan) == .number(.nan))
  }

  @Test(
    arguments: [
      (["a": 1, "b": 2], ["b": 2, "a": 1]), (["a": 1], ["a": 1, "b": 2]), ([1, 2], [2, 1]), (1, 2), (true, false),
      (.null, false), (1, 1.0), (0.5, .number(.nan)), ("é", "e\u{301}"), (["é": 1], ["e\u{301}": 1]),
    ] as [(JSONValue, JSONValue)])
  func `another order, another kind or other bytes make another value`(a: JSONValue, b: JSONValue) {
    #expect(a != b)
  }
}
