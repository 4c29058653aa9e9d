import Market
import Testing

@testable import Commands

@Suite struct TimeArgumentsTests {
  private let now = Instant(epochSeconds: 1_758_321_000)  // 2025-09-19T22:30:00Z

  @Test(
    arguments: [
      ("2025-09-19", "2025-09-19T00:00:00Z", "2025-09-19T23:59:59Z"),
      ("2025-09-19T13:00Z", "2025-09-19T13:00:00Z", "2025-09-19T13:00:00Z"),
      ("12h", "2025-09-19T10:30:00Z", "2025-09-19T10:30:00Z"),
      ("today", "2025-09-19T00:00:00Z", "2025-09-19T23:59:59Z"),
      ("Yesterday", "2025-09-18T00:00:00Z", "2025-09-18T23:59:59Z"),
      ("1d", "2025-09-18T22:30:00Z", "2025-09-18T22:30:00Z"),
    ])
  func `a day means all of it, an age one instant`(text: String, first: String, last: String) throws {
    let moment = try #require(Moment(argument: text))
    #expect(moment.first(at: now).description == first)
    #expect(moment.last(at: now).description == last)
  }

  @Test(arguments: ["", "d", "0d", "-1d", "1 d", "1001y", "99999999999999999999s", "2025-13-01", "lately"])
  func `what is no time is refused`(text: String) {
    #expect(Moment(argument: text) == nil)
  }

  @Test(arguments: [("24h", "24 h"), ("1d", "24 h"), ("30d", "30 days"), ("10y", "10 years"), ("90m", "90 min")])
  func `a length of time is said as people say it`(text: String, said: String) throws {
    #expect(try #require(TimeSpan(argument: text)).description == said)
  }

  @Test func `a list repeats and takes commas, and names something`() throws {
    #expect(try split(["BTC, ETH", "SOL"], flag: "--asset") == ["BTC", "ETH", "SOL"])
    #expect(try split([], flag: "--asset") == [])
    #expect(throws: Failure.self) { try split([""], flag: "--asset") }
  }
}
