import Market
import Testing

@Suite struct `how long to stay away` {
  private let received = Instant(epochSeconds: 1_758_320_000)  // 2025-09-19T22:13:20Z

  private func seconds(_ text: String, date: String? = nil) -> Int64? {
    let headers = [HeaderField("retry-after", text)] + (date.map { [HeaderField("date", $0)] } ?? [])
    return RetryAfter.seconds(
      in: Answer(status: 429, headers: headers, body: [], receivedAt: received))
  }

  @Test(
    arguments: [
      ("0", 0), ("120", 120), ("1.0", 1), ("1.2", 2), ("99999999999999999999999", RetryAfter.longest),
      ("604800.5", RetryAfter.longest), ("Fri, 19 Sep 2025 22:14:20 GMT", 60), ("Fri, 19 Sep 2025 22:00:00 GMT", 0),
      ("Fri, 31 Dec 9999 23:59:59 GMT", RetryAfter.longest),
    ] as [(String, Int64)])
  func `legible`(text: String, expected: Int64) { #expect(seconds(text) == expected) }

  @Test(arguments: ["", "-1", "1.", ".5", "1,5", "soon", "٣"])
  func `illegible`(text: String) { #expect(seconds(text) == nil) }

  @Test func `a date is measured from the answer's own`() {
    #expect(seconds("Wed, 01 Jan 2020 00:00:30 GMT", date: "Wed, 01 Jan 2020 00:00:00 GMT") == 30)
  }
}
