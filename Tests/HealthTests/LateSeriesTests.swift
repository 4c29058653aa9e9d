import Market
import Testing

@testable import Health

@Suite struct LateSeriesTests {
  private static let mood = SeriesKey(
    dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)

  @Test(arguments: [
    // The bar of 21:00 closes at 22:00, is due a minute later, and late a quarter of an hour after that.
    ("2025-09-19T22:15:59Z", "2025-09-19T20:00Z"), ("2025-09-19T22:16:00Z", "2025-09-19T21:00Z"),
  ])
  func `an hour is late a quarter of an hour after it is due`(now: String, newest: String) throws {
    #expect(SmallRecord.first.rhythm(of: .crypto).newestLate(at: try #require(Instant(now))) == Instant(newest))
  }

  @Test(arguments: [("2025-09-19T00:29:59Z", "2025-09-18"), ("2025-09-19T00:30:00Z", "2025-09-19")])
  func `sentiment is due half an hour into its day`(now: String, newest: String) throws {
    #expect(Self.mood.rhythm(of: .crypto).newestLate(at: try #require(Instant(now))) == Day(newest)?.start)
  }

  @Test(arguments: [
    ("2025-09-19T11:59:59Z", "2025-09-17"), ("2025-09-19T12:00:00Z", "2025-09-18"),
    // Friday's are due on Saturday, and nothing else until Tuesday.
    ("2025-09-20T12:00:00Z", "2025-09-19"), ("2025-09-22T23:00:00Z", "2025-09-19"),
  ])
  func `flows are due at noon of the next day, those of weekends never`(now: String, newest: String) throws {
    #expect(SmallRecord.flows.rhythm(of: .crypto).newestLate(at: try #require(Instant(now))) == Day(newest)?.start)
  }

  @Test func `a series is late by its newest row, and was not before another was due`() throws {
    let record = try SmallRecord()
    let hour = try #require(Instant("2025-09-19T20:00Z"))
    try record.run([.hours(through: hour)])
    let series = try #require(try record.store.catalogue.series(SmallRecord.first))
    let late = try #require(try LateSeries(series, asOf: Known.now, store: record.store))
    #expect(late.newest == hour)
    #expect(late.due == hour + 3600)
    #expect(late.age == 90 * 60)
    #expect(late.json.member("due") == "2025-09-19T21:00:00Z")
    #expect(try LateSeries(series, asOf: hour + 3600, store: record.store) == nil)
  }
}
