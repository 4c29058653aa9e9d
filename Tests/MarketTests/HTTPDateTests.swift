import Market
import Testing

@Suite struct HTTPDateTests {
  @Test(arguments: [
    ("Fri, 19 Sep 2025 22:30:00 GMT", "2025-09-19T22:30:00Z"),
    ("Sun, 01 Jan 2023 00:00:00 GMT", "2023-01-01T00:00:00Z"),
    ("Friday, 19-Sep-25 22:30:00 GMT", "2025-09-19T22:30:00Z"),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
    ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"),
  ])
  func `the three forms of a date are read`(text: String, expected: String) {
    #expect(Instant(httpDate: text)?.description == expected)
  }

  @Test(arguments: [
    "", "Fri, 19 Sep 2025 22:30:00", "Fri, 30 Feb 2025 22:30:00 GMT", "Fri, 19 Sep 2025 25:30:00 GMT",
    "Fri, 19 sept 2025 22:30:00 GMT", "Fri, 19 Sep 25000 22:30:00 GMT", "Day, 19 Sep 2025 22:30:00 GMT",
    "Fri, 19 Sep 2025 22:30:00 CET", "1758321000", "Fri, 9999999999999999999 Sep 2025 22:30:00 GMT",
  ])
  func `anything else is none`(text: String) {
    #expect(Instant(httpDate: text) == nil)
  }
}
