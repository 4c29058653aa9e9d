import Market
import Rendering
import Testing

@Suite struct JSONValueTests {
  private let value: JSONValue = [
    "version": 1, "outcome": "done", "steps": [["name": "prices", "seconds": 0.5], [:]], "backup": nil, "ok": true,
    "none": [],
  ]

  @Test func `compact text keeps the order of members`() {
    #expect(
      value.compact
        == #"{"version":1,"outcome":"done","steps":[{"name":"prices","seconds":0.5},{}],"backup":null,"ok":true,"none":[]}"#
    )
  }

  @Test func `pretty text is indented`() {
    #expect(
      value.pretty == """
        {
          "version": 1,
          "outcome": "done",
          "steps": [
            {
              "name": "prices",
              "seconds": 0.5
            },
            {}
          ],
          "backup": null,
          "ok": true,
          "none": []
        }

        """)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number that JSON does not have is null`(number: Double) {
    #expect(JSONValue.number(number).compact == "null")
  }

  @Test func `whole numbers have no point`() {
    #expect(JSONValue.array([.number(115_000), .integer(.min)]).compact == "[115000,-9223372036854775808]")
  }

  @Test func `names and strings are escaped`() {
    #expect(JSONValue.object([("\"\u{301}", "\u{1B}\n")]).compact == "{\"\\\"\u{301}\":\"\\u001b\\n\"}")
  }

  @Test func `what is missing is null`() {
    #expect(
      JSONValue.array([.optional("a"), .optional(nil as Int64?), .optional(nil as Double?)]).compact
        == #"["a",null,null]"#)
  }
}
