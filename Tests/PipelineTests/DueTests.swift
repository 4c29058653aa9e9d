import Market
import Testing

@testable import Pipeline

@Suite struct DueTests {
  private func key(_ dataset: Dataset, _ interval: Interval) -> SeriesKey {
    SeriesKey(dataset: dataset, provider: "x", providerSymbol: "x", interval: interval)
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  @Test(arguments: [
    ("2026-03-13T21:00:59Z", "2026-03-13T19:00:00Z"),
    ("2026-03-13T21:01:00Z", "2026-03-13T20:00:00Z"),
    ("2026-03-13T22:00:59Z", "2026-03-13T20:00:00Z"),
    ("2026-03-14T00:00:59Z", "2026-03-13T22:00:00Z"),
    ("2026-03-14T00:01:00Z", "2026-03-13T23:00:00Z"),
    ("2026-01-01T00:30:00Z", "2025-12-31T23:00:00Z"),
  ])
  func `an hour is due a minute after its close`(now: String, newest: String) throws {
    for dataset in [Dataset.bar, .pricePoint] {
      #expect(try Due.newestKey(of: key(dataset, .hour1), safety: 60, at: instant(now)) == instant(newest))
    }
  }

  @Test(arguments: [
    (Interval.minute5, "2026-03-13T21:20:00Z"), (.hour4, "2026-03-13T16:00:00Z"), (.day1, "2026-03-12T00:00:00Z"),
  ])
  func `bars of other lengths are due by the same rule`(interval: Interval, newest: String) throws {
    let now = try instant("2026-03-13T21:30:00Z")
    #expect(try Due.newestKey(of: key(.bar, interval), safety: 60, at: now) == instant(newest))
  }

  @Test(arguments: [
    ("2026-03-13T00:29:59Z", "2026-03-12"), ("2026-03-13T00:30:00Z", "2026-03-13"),
    ("2026-03-13T23:59:59Z", "2026-03-13"), ("2026-03-15T12:00:00Z", "2026-03-15"),
  ])
  func `sentiment of a day is due half an hour into it, weekends too`(now: String, day: String) throws {
    #expect(try Due.newestKey(of: key(.sentiment, .day1), safety: 0, at: instant(now)) == instant(day))
  }

  /// 2026-03-13 is a Friday.
  @Test(arguments: [
    ("2026-03-12T11:59:59Z", "2026-03-10"), ("2026-03-12T12:00:00Z", "2026-03-11"),
    ("2026-03-13T12:00:00Z", "2026-03-12"), ("2026-03-14T11:59:59Z", "2026-03-12"),
    ("2026-03-14T12:00:00Z", "2026-03-13"), ("2026-03-15T23:00:00Z", "2026-03-13"),
    ("2026-03-16T12:00:00Z", "2026-03-13"), ("2026-03-17T11:59:59Z", "2026-03-13"),
    ("2026-03-17T12:00:00Z", "2026-03-16"),
  ])
  func `flows of a weekday are due at noon of the next day`(now: String, day: String) throws {
    #expect(try Due.newestKey(of: key(.etfFlow, .day1), safety: 0, at: instant(now)) == instant(day))
  }

  @Test func `flows are asked for before they are due, for they show provisionally`() throws {
    let now = try instant("2026-03-13T09:00:00Z")
    #expect(try Due.newestToAsk(of: key(.etfFlow, .day1), safety: 0, at: now) == instant("2026-03-13"))
    #expect(try Due.newestToAsk(of: key(.bar, .hour1), safety: 60, at: now) == instant("2026-03-13T07:00:00Z"))
    #expect(try Due.newestToAsk(of: key(.sentiment, .day1), safety: 0, at: now) == instant("2026-03-13"))
  }

  @Test func `a first run brings 336 hours and thirty days`() throws {
    let newest = try instant("2026-03-13")
    #expect((newest - Due.firstKey(of: key(.bar, .hour1), newest: newest)) / 3600 + 1 == 336)
    #expect((newest - Due.firstKey(of: key(.sentiment, .day1), newest: newest)) / 86_400 + 1 == 30)
    #expect(try Due.firstKey(of: key(.etfFlow, .day1), newest: newest) <= instant("2026-02-12"))
  }
}
