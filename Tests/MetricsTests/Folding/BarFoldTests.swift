import Market
import Metrics
import Testing

@Suite struct BarFoldTests {
  private func bar(_ opening: String, _ prices: (Double, Double, Double, Double), _ volume: Double = 1) throws -> Bar {
    let time = try Instant(opening) ?? day(opening).start
    return Bar(
      openTime: time, open: prices.0, high: prices.1, low: prices.2, close: prices.3, volume: volume)
  }

  @Test func `a week has the open of its first day, the close of its last, and the range and volume of all`() throws {
    // Friday, then Monday to Wednesday.
    let days = try [
      bar("2025-06-06", (1, 2, 0.5, 1.5)), bar("2025-06-09", (10, 12, 9, 11), 2),
      bar("2025-06-10", (11, 15, 10, 14), 3),
      bar("2025-06-11", (14, 14, 8, 9), 4),
    ]
    let weeks = try #require(days.folded(into: .week1, calendar: .nyse))
    #expect(weeks == [try bar("2025-06-02", (1, 2, 0.5, 1.5)), try bar("2025-06-09", (10, 15, 8, 9), 9)])
  }

  @Test func `hours make a day where a market never closes, and nowhere else`() throws {
    let hours = try [
      bar("2025-09-19T22:00Z", (1, 2, 0.5, 1.5)), bar("2025-09-19T23:00Z", (1.5, 4, 1, 3)),
      bar("2025-09-20T00:00Z", (3, 3, 3, 3)),
    ]
    let days = try #require(hours.folded(into: .day1, calendar: .always))
    #expect(days == [try bar("2025-09-19", (1, 4, 0.5, 3), 2), try bar("2025-09-20", (3, 3, 3, 3))])
    #expect(hours.folded(into: .day1, calendar: .nyse) == nil)
    #expect(BarFold.parts(of: .day1, on: .nyse) == nil && BarFold.parts(of: .week1, on: .nyse) == .day1)
  }

  @Test func `a Sunday belongs to the week before`() throws {
    let days = try [bar("2025-06-08", (1, 1, 1, 1)), bar("2025-06-09", (2, 2, 2, 2))]
    #expect(
      days.folded(into: .week1, calendar: .always)?.map(\.openTime.day) == [
        try day("2025-06-02"), try day("2025-06-09"),
      ])
  }

  @Test func `four hours of a coin begin at multiples of four in UTC, whatever is missing`() throws {
    let hours = try [1, 3, 4, 9].map { try bar("2025-06-09T0\($0):00:00Z", (Double($0), 10, 0, Double($0) + 0.5)) }
    let folded = try #require(hours.folded(into: .hour4, calendar: .always))
    #expect(
      folded.map(\.openTime.description) == ["2025-06-09T00:00:00Z", "2025-06-09T04:00:00Z", "2025-06-09T08:00:00Z"])
    #expect(folded.map(\.open) == [1, 4, 9])
    #expect(folded.map(\.close) == [3.5, 4.5, 9.5])
    #expect(folded.map(\.volume) == [2, 1, 1])
  }

  @Test func `four hours of a share begin with its session, and no bar spans a night`() throws {
    // Hours at half past, on both sides of the change of clocks.
    let hours =
      try (0..<7).map { try bar("2025-03-07T\(14 + $0):30:00Z", (1, 1, 1, 1)) }
      + (0..<7).map { try bar("2025-03-10T\(13 + $0):30:00Z", (1, 1, 1, 1)) }
    let folded = try #require(hours.folded(into: .hour4, calendar: .nyse))
    #expect(
      folded.map(\.openTime.description) == [
        "2025-03-07T14:30:00Z", "2025-03-07T18:30:00Z", "2025-03-10T13:30:00Z", "2025-03-10T17:30:00Z",
      ])
    #expect(folded.map(\.volume) == [4, 3, 4, 3])
  }

  @Test func `a session of futures goes on through midnight`() throws {
    let hours = try ["2025-06-09T22:00:00Z", "2025-06-10T01:00:00Z", "2025-06-10T02:00:00Z", "2025-06-10T22:00:00Z"].map
    {
      try bar($0, (1, 1, 1, 1))
    }
    let folded = try #require(hours.folded(into: .hour4, calendar: .cmes))
    #expect(
      folded.map(\.openTime.description) == ["2025-06-09T22:00:00Z", "2025-06-10T02:00:00Z", "2025-06-10T22:00:00Z"])
  }

  @Test func `nothing is folded into other lengths, and nothing into nothing`() {
    #expect([Bar]().folded(into: .day1, calendar: .nyse) == nil)
    #expect([Bar]().folded(into: .week1, calendar: .nyse) == [])
  }
}
