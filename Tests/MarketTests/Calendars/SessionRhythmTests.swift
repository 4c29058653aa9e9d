import Testing

@testable import Market

/// Bars within the sessions of a market.
@Suite struct SessionRhythmTests {
  /// Who tells bars of what; between them they have all rules.
  static let kinds: [Kind] = [
    Kind("yahoo", .hour1, .stock), Kind("yahoo", .minute1, .fund), Kind("polygon", .hour1, .stock),
    Kind("alphavantage", .minute30, .stock), Kind("yahoo", .hour1, .commodity), Kind("a file", .minute15, .stock),
    Kind("a file", .hour1, .commodity),
  ]

  struct Kind: CustomTestStringConvertible {
    let provider: ProviderName
    let interval: Interval
    let assetClass: AssetClass
    init(_ provider: ProviderName, _ interval: Interval, _ assetClass: AssetClass) {
      (self.provider, self.interval, self.assetClass) = (provider, interval, assetClass)
    }
    var rhythm: Rhythm {
      Rhythm(of: .bar, every: interval, assetClass: assetClass, provider: provider, safety: 900)
    }
    var testDescription: String { "\(provider) \(interval) \(assetClass)" }
  }

  /// Weeks with all that calendars know: clocks moved in spring and autumn by the rules of now and of then, half days, a
  /// holiday on a Sunday that is kept on Monday, one on a Saturday that is kept on Friday or not at all, days of mourning.
  static let weeks = [
    "2025-03-06", "2025-10-30", "1998-04-02", "1998-10-22", "2025-11-26", "2025-12-23", "2021-07-01", "2023-01-01",
    "2020-07-01", "2021-12-30", "2025-01-07", "1992-12-23", "2001-09-10", "2025-04-17",
  ]

  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  private func texts(_ kind: Kind, _ from: String, _ to: String) throws -> [String] {
    try kind.rhythm.keys(in: instant(from)...instant(to)).map { String($0.description.dropLast(4)) }
  }

  // MARK: Keys

  @Test func `Yahoo's hours open with the session, in summer and in winter, and the last is half of one`() throws {
    let hours = Kind("yahoo", .hour1, .stock)
    #expect(
      try texts(hours, "2025-03-07", "2025-03-11") == [
        "2025-03-07T14:30", "2025-03-07T15:30", "2025-03-07T16:30", "2025-03-07T17:30", "2025-03-07T18:30",
        "2025-03-07T19:30", "2025-03-07T20:30", "2025-03-10T13:30", "2025-03-10T14:30", "2025-03-10T15:30",
        "2025-03-10T16:30", "2025-03-10T17:30", "2025-03-10T18:30", "2025-03-10T19:30",
      ])
    #expect(try hours.rhythm.close(of: instant("2025-03-10T18:30Z")) == instant("2025-03-10T19:30Z"))
    #expect(try hours.rhythm.close(of: instant("2025-03-10T19:30Z")) == instant("2025-03-10T20:00Z"))
  }

  @Test func `a half day ends at one, and Thanksgiving has no bar`() throws {
    #expect(
      try texts(Kind("yahoo", .hour1, .stock), "2025-11-27", "2025-11-29") == [
        "2025-11-28T14:30", "2025-11-28T15:30", "2025-11-28T16:30", "2025-11-28T17:30",
      ])
    #expect(
      try texts(Kind("polygon", .hour1, .stock), "2025-11-27", "2025-11-29") == [
        "2025-11-28T14:00", "2025-11-28T15:00", "2025-11-28T16:00", "2025-11-28T17:00",
      ])
  }

  @Test func `a holiday that fell on a Sunday rests on Monday`() throws {
    #expect(try texts(Kind("yahoo", .hour1, .stock), "2021-07-03", "2021-07-06T14:00Z") == ["2021-07-06T13:30"])
  }

  @Test func `hours of futures begin on Sunday evening and pause before six`() throws {
    let hours = Kind("yahoo", .hour1, .commodity)
    #expect(
      try texts(hours, "2025-10-31T19:00Z", "2025-11-03T00:00Z") == [
        "2025-10-31T19:00", "2025-10-31T20:00", "2025-11-02T23:00", "2025-11-03T00:00",
      ])
    #expect(try hours.rhythm.count(in: instant("2025-11-03T23:00Z")...instant("2025-11-04T22:59Z")) == 23)
  }

  @Test(arguments: [
    (Interval.minute1, 390, 210), (.minute5, 78, 42), (.minute15, 26, 14), (.minute30, 13, 7), (.hour1, 7, 4),
  ])
  func `a session has so many bars`(interval: Interval, usual: Int, short: Int) throws {
    for provider in ["yahoo", "polygon"] as [ProviderName] {
      let rhythm = Kind(provider, interval, .stock).rhythm
      #expect(try rhythm.count(in: instant("2025-12-23")...instant("2025-12-24") - 1) == usual)
      #expect(try rhythm.count(in: instant("2025-12-24")...instant("2025-12-26") - 1) == short)
    }
  }

  /// Forty-one years of them, by the session.
  @Test(arguments: kinds) func `a count over all years is the sum of the sessions`(kind: Kind) throws {
    let (rhythm, step) = (kind.rhythm, kind.interval.seconds)
    let (first, last) = try (instant("1990-01-01"), instant("2030-12-31T12:00Z"))
    var sum = 0
    for day in try first.day...#require(Day("2030-12-30")) {
      guard let session = rhythm.calendar.session(on: day) else { continue }
      let open = kind.provider == "polygon" ? session.open.floored(to: step) : session.open
      sum += Int((session.close - open + step - 1) / step)
    }
    #expect(try rhythm.count(in: first...instant("2030-12-30T22:59Z")) == sum)
    #expect(rhythm.count(in: first...last) >= sum)
  }

  @Test(arguments: kinds, weeks) func `keys, first, last, count and neighbours say the same of any stretch`(
    kind: Kind, week: String
  ) throws {
    let rhythm = kind.rhythm
    let start = try instant(week)
    for (offset, length) in [(0, 0), (50_000, 3_600), (61_000, 86_400), (5, 400_000), (90_061, 700_000)]
      as [(Int64, Int64)]
    {
      let span = start + offset...start + offset + length
      let keys = Array(rhythm.keys(in: span))
      // What each instant at which a bar could open says of itself.
      let expected = (span.lowerBound.floored(to: 1800)...span.upperBound).every(kind.interval == .minute1 ? 60 : 300)
        .filter { span.contains($0) && rhythm.expects($0) }
      #expect(keys == expected)
      #expect(rhythm.count(in: span) == keys.count)
      #expect(rhythm.firstKey(in: span) == keys.first)
      #expect(rhythm.lastKey(in: span) == keys.last)
      for (key, next) in zip(keys, keys.dropFirst()) {
        #expect(rhythm.key(after: key) == next)
        #expect(rhythm.key(before: next) == key)
        #expect(rhythm.close(of: key) <= next)
        #expect(rhythm.due(key) <= rhythm.due(next))
      }
    }
  }

  @Test(arguments: kinds, weeks) func `every key lies in its session, a step after its neighbour or first`(
    kind: Kind, week: String
  ) throws {
    let rhythm = kind.rhythm
    let span = try instant(week)...instant(week) + 8 * 86_400
    for key in rhythm.keys(in: span) {
      let session = try #require(rhythm.calendar.session(on: rhythm.calendar.session(atOrAfter: key).day))
      #expect(key < session.close && session.open < rhythm.close(of: key))
      #expect(rhythm.close(of: key) <= session.close)
      let before = rhythm.key(before: key)
      #expect(key - before == kind.interval.seconds || before < session.open - kind.interval.seconds)
    }
  }

  @Test func `a first run brings thirty days of them, however short they are`() throws {
    for interval in [Interval.minute1, .hour1] {
      let rhythm = Kind("yahoo", interval, .stock).rhythm
      // A Sunday thirty days before.
      #expect(try rhythm.firstKey(ofRunTo: instant("2025-11-18T15:30Z")) == instant("2025-10-20T13:30Z"))
    }
  }

  @Test(arguments: [
    ("2025-07-03T13:15Z", true), ("2025-07-03T13:30Z", false), ("2025-07-03T16:45Z", false),
    ("2025-07-03T17:00Z", true),
    ("2025-07-04T15:00Z", true), ("2025-07-05T15:00Z", true),
  ])
  func `outside its hours a market is closed`(at: String, isClosed: Bool) throws {
    #expect(try Kind("a file", .minute15, .stock).rhythm.isClosed(at: instant(at)) == isClosed)
  }

  @Test(arguments: [
    ("2025-07-03T14:29:59Z", "2025-07-03T13:30Z"), ("2025-07-03T16:59:59Z", "2025-07-03T16:30Z"),
    // Nothing runs then: the minute itself.
    ("2025-07-03T17:10:59Z", "2025-07-03T17:10Z"), ("2025-07-03T08:15Z", "2025-07-03T08:15Z"),
  ])
  func `the bar that runs at an instant is found`(at: String, opening: String) throws {
    #expect(try Kind("yahoo", .hour1, .stock).rhythm.opening(runningAt: instant(at)) == instant(opening))
  }

  // MARK: Due

  @Test func `Yahoo's bars are due a quarter of an hour after their close, the last with its session's`() throws {
    let hours = Kind("yahoo", .hour1, .stock).rhythm
    for (now, newest) in [
      ("2025-09-19T14:44:59Z", "2025-09-18T19:30Z"), ("2025-09-19T14:45:00Z", "2025-09-19T13:30Z"),
      ("2025-09-19T20:14:59Z", "2025-09-19T18:30Z"), ("2025-09-19T20:15:00Z", "2025-09-19T19:30Z"),
      ("2025-09-21T12:00:00Z", "2025-09-19T19:30Z"), ("2025-11-28T18:15:00Z", "2025-11-28T17:30Z"),
    ] {
      #expect(try hours.newestDue(at: instant(now)) == instant(newest))
      #expect(try hours.newestFinal(at: instant(now)) >= instant(newest))
    }
  }

  @Test(arguments: ["alphavantage", "polygon"] as [ProviderName])
  func `two providers have a session four hours after it ended`(provider: ProviderName) throws {
    let hours = Kind(provider, .hour1, .stock).rhythm
    for (now, newest) in [
      ("2025-09-19T23:59:59Z", "2025-09-18T19:00Z"), ("2025-09-20T00:00:00Z", "2025-09-19T19:00Z"),
      ("2025-09-22T13:10:00Z", "2025-09-19T19:00Z"), ("2025-11-28T22:00:00Z", "2025-11-28T17:00Z"),
    ] {
      #expect(try hours.newestDue(at: instant(now)) == instant(newest))
      #expect(try hours.newestFinal(at: instant(now)) == instant(newest))
    }
  }

  @Test(arguments: kinds, weeks) func `the newest due key is due, and the next one is not`(kind: Kind, week: String)
    throws
  {
    let rhythm = kind.rhythm
    let start = try instant(week)
    for now in (start...start + 6 * 86_400).every(2_777) {
      let newest = rhythm.newestDue(at: now)
      #expect(rhythm.expects(newest))
      #expect(rhythm.due(newest) <= now)
      #expect(rhythm.due(rhythm.key(after: newest)) > now)
    }
  }
}

extension ClosedRange<Instant> {
  /// Instants so many seconds apart, from the first on.
  fileprivate func every(_ seconds: Int) -> [Instant] {
    stride(from: lowerBound.epochSeconds, through: upperBound.epochSeconds, by: seconds).map(
      Instant.init(epochSeconds:))
  }
}
