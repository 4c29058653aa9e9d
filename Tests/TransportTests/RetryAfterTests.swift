import Market
import Testing

@testable import Transport

@Suite struct `how long to stay away` {
  private func seconds(_ text: String, date: String? = nil) -> Int64? {
    let headers = [HeaderField("retry-after", text)] + (date.map { [HeaderField("date", $0)] } ?? [])
    return RetryAfter.seconds(
      in: Answer(status: 429, headers: headers, body: [], receivedAt: Rig.start), now: Rig.start)
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

@Suite struct `back-off` {
  @Test(arguments: [
    (1, 0.0, Duration.milliseconds(500)), (1, 1.0, .seconds(1)), (2, 0.0, .seconds(1)), (2, 0.5, .milliseconds(1500)),
    (3, 1.0, .seconds(4)),
  ])
  func `doubles, and is shortened at random`(tries: Int, random: Double, expected: Duration) {
    #expect(RetryPolicy.backOff(afterTry: tries, random: random) == expected)
  }
}
