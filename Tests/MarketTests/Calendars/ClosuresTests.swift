import Testing

@testable import Market

/// What a file notes of a market's days changes its calendar, and nobody else's.
@Suite struct ClosuresTests {
  private static func day(_ text: String) throws -> Day { try #require(Day(text)) }
  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  /// New York: closed on a plain Wednesday and on a half day, cut short on a plain Friday and, more than by rule, on a half
  /// day; others besides.
  private static let noted = Closures(
    [
      "NYSE 2025-03-05", "NYSE 2025-11-28", "NYSE 2025-04-11 12:00", "NYSE 2025-07-03 11:30", "CMES 2025-03-06",
      "CMES 2025-03-07 12:15", "weekdays 2025-01-01", "weekdays 2025-01-02 18:00",
    ].compactMap { Closure($0) })

  @Test func `a closed day is none of the sessions, and its neighbours follow each other`() throws {
    let calendar = Calendar.nyse.noting(Self.noted)
    #expect(try calendar.rest(on: Self.day("2025-03-05")) == .holiday)
    #expect(try calendar.session(onOrBefore: Self.day("2025-03-05")) == Self.day("2025-03-04"))
    #expect(try calendar.session(onOrAfter: Self.day("2025-03-05")) == Self.day("2025-03-06"))
    #expect(try Calendar.nyse.isOpen(on: Self.day("2025-03-05")))
    #expect(try Calendar.cmes.noting(Self.noted).isOpen(on: Self.day("2025-03-05")))
  }

  @Test(arguments: [
    ("NYSE", "2025-04-11", "2025-04-11T16:00:00Z"), ("NYSE", "2025-07-03", "2025-07-03T15:30:00Z"),
    ("CMES", "2025-03-07", "2025-03-07T17:15:00Z"), ("weekdays", "2025-01-02", "2025-01-02T18:00:00Z"),
  ])
  func `a session that is cut short ends at that time of its own clock`(name: String, day: String, close: String) throws
  {
    let calendar = try #require(Calendar(rawValue: name)).noting(Self.noted)
    let session = try #require(calendar.session(on: Self.day(day)))
    #expect(try session.close == instant(close))
    #expect(session.isShort)
    #expect(try calendar.close(of: Self.day(day)) == session.close)
  }

  @Test(arguments: Calendar.allCases) func `counts of sessions and of bars are what counting one by one gives`(
    calendar: Calendar
  ) throws {
    let calendar = calendar.noting(Self.noted)
    let days = try Self.day("2024-12-20")...Self.day("2025-12-05")
    #expect(calendar.sessionCount(in: days) == days.count { calendar.isOpen(on: $0) })
    for provider in ["yahoo", "polygon"] as [ProviderName] {
      let hours = Rhythm(
        of: .bar, every: .hour1, assetClass: .stock, calendar: calendar, closures: Self.noted, provider: provider)
      let span = days.lowerBound.start...days.upperBound.start
      #expect(hours.count(in: span) == hours.keys(in: span).reduce(0) { count, _ in count + 1 })
    }
  }

  @Test func `no bar is expected of a closed day, nor after an early close`() throws {
    let series = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "SPY", interval: .hour1)
    let hours = series.rhythm(of: .fund, closures: Self.noted)
    func keys(_ day: String) throws -> [String] {
      let day = try Self.day(day)
      return hours.keys(in: day.start...day.end - 1).map { String($0.description.dropFirst(11).prefix(5)) }
    }
    #expect(try keys("2025-03-05") == [])
    #expect(try keys("2025-04-11") == ["13:30", "14:30", "15:30"])
    #expect(try hours.close(of: instant("2025-04-11T15:30Z")) == instant("2025-04-11T16:00Z"))
    let days = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "SPY", interval: .day1)
      .rhythm(of: .fund, closures: Self.noted)
    #expect(try days.newestDue(at: instant("2025-03-06T02:00Z")) == Self.day("2025-03-04").start)
    let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)
    #expect(try !flows.rhythm(of: .crypto, closures: Self.noted).expects(Self.day("2025-03-05").start))
  }

  @Test(
    arguments: [
      ("NYSE 2025-12-25", .rests(.holiday)), ("NYSE 2025-03-08 12:00", .rests(.weekend)),
      ("24/7 2025-03-05", .neverCloses), ("NYSE 2025-03-05", nil), ("CMES 2025-07-04", nil),
      ("NYSE 2025-03-05 09:30", .outsideSession(time("09:31")...time("15:59"))), ("NYSE 2025-03-05 09:31", nil),
      ("NYSE 2025-03-05 15:59", nil), ("NYSE 2025-03-05 16:00", .outsideSession(time("09:31")...time("15:59"))),
      ("NYSE 2025-11-28 13:00", .outsideSession(time("09:31")...time("12:59"))), ("NYSE 2025-11-28 12:59", nil),
    ] as [(String, ClosureObjection?)])
  func `what is no session cannot be closed, nor at a time at which it does not run`(
    line: String, objection: ClosureObjection?
  ) throws {
    let closure = try #require(Closure(line))
    #expect(try #require(Calendar(rawValue: closure.calendar)).objection(to: closure) == objection)
  }

  @Test func `what the rules know as well changes nothing`() {
    let known = Closures(["NYSE 2025-12-25", "NYSE 2025-11-28 13:00", "CMES 2025-03-05"].compactMap { Closure($0) })
    #expect(Calendar.nyse.noting(known) == .nyse)
  }

  @Test(arguments: ["NYSE", "NYSE 2025-02-30", "LSE 2025-03-05", "NYSE 2025-03-05 24:00", "NYSE 2025-03-05 1300", ""])
  func `a line that is no closure is read as none`(line: String) {
    #expect(Closure(line) == nil)
  }

  private static func time(_ text: String) -> ClosingTime {
    ClosingTime(text) ?? ClosingTime(seconds: 0)
  }
}
