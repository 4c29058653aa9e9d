import Testing

@testable import Market

private func rhythm(_ frequency: Frequency, _ releases: [String] = []) -> Rhythm {
  Rhythm(
    of: .macroObservation, every: .day1, assetClass: nil,
    publication: Publication(frequency, releases: releases.compactMap { Day($0) }))
}

/// When economic series are looked at.
struct LooksTests {
  private func newest(_ rhythm: Rhythm, at instant: String) -> String? {
    Instant(instant).flatMap { now in rhythm.looks?.newest(at: now)?.description }
  }

  @Test(arguments: [
    ("2024-09-20T22:00:00Z", "2024-09-20T22:00:00Z"), ("2024-09-20T21:59:59Z", "2024-09-19T22:00:00Z"),
    ("2024-09-22T23:00:00Z", "2024-09-20T22:00:00Z"), ("2024-09-23T09:00:00Z", "2024-09-20T22:00:00Z"),
  ])
  func `daily values are looked for each weekday at ten in the evening`(instant: String, look: String) {
    #expect(newest(rhythm(.daily), at: instant) == look)
  }

  @Test(arguments: [
    ("2024-09-11T13:59:59Z", "2024-08-15T14:00:00Z"), ("2024-09-11T14:00:00Z", "2024-09-11T14:00:00Z"),
    ("2024-09-12T14:00:00Z", "2024-09-12T14:00:00Z"), ("2024-09-30T14:00:00Z", "2024-09-12T14:00:00Z"),
  ])
  func `others on the days of their release, and the weekday after`(instant: String, look: String) {
    let monthly = rhythm(.monthly, ["2024-08-14", "2024-09-11", "2024-10-10"])
    #expect(newest(monthly, at: instant) == look)
    #expect(monthly.looks?.nextDay(after: Day("2024-09-11")!) == Day("2024-10-10"))
  }

  @Test func `a list of days that has ended says nothing, and each weekday counts`() {
    #expect(newest(rhythm(.monthly, ["2024-08-14"]), at: "2024-09-20T15:00:00Z") == "2024-09-20T14:00:00Z")
    #expect(newest(rhythm(.monthly), at: "2024-09-22T15:00:00Z") == "2024-09-20T14:00:00Z")
  }

  @Test func `what is published quarterly is looked at each weekday evening besides`() {
    #expect(
      newest(rhythm(.quarterly, ["2024-07-25", "2024-10-30"]), at: "2024-09-26T22:30:00Z") == "2024-09-26T22:00:00Z")
  }

  @Test(arguments: [
    (Frequency.daily, "2024-09-01", false), (.daily, "2024-09-10", true), (.monthly, "2024-07-01", true),
    (.monthly, "2024-05-01", false), (.quarterly, "2024-04-01", true), (.yearly, "2022-01-01", true),
  ])
  func `a series falls silent after a while that its frequency says`(frequency: Frequency, newest: String, isHere: Bool)
  {
    let (rhythm, now) = (rhythm(frequency), Instant("2024-09-20T22:30:00Z")!)
    #expect(rhythm.reaches(rhythm.newestLate(at: now), newest: Day(newest)!.start) == isHere)
  }

  @Test func `the mood of stocks has the days of their sessions`() {
    let rhythm = Rhythm(of: .sentiment, every: .day1, assetClass: nil, provider: "cnn")
    #expect(rhythm.newestDue(at: Instant("2024-09-02T22:30:00Z")!).day == Day("2024-08-30"))
    #expect(rhythm.newestDue(at: Instant("2024-09-20T21:14:59Z")!).day == Day("2024-09-19"))
    #expect(rhythm.newestDue(at: Instant("2024-09-20T21:15:00Z")!).day == Day("2024-09-20"))
    let coins = Rhythm(of: .sentiment, every: .day1, assetClass: nil, provider: "alternative.me")
    #expect(coins.newestDue(at: Instant("2024-09-22T00:30:00Z")!).day == Day("2024-09-22"))
  }
}
