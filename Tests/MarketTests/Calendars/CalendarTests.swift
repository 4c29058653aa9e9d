import Support
import Testing

@testable import Market

@Suite struct CalendarTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test(arguments: Calendar.allCases) func `a session count is what counting day by day gives`(calendar: Calendar)
    throws
  {
    let days = try day("2017-11-20")...day("2031-02-10")
    var first = days.lowerBound
    while first < days.upperBound {
      let last = min(first + Int(first.daysSinceEpoch % 97), days.upperBound)
      #expect(calendar.sessionCount(in: first...last) == (first...last).count { calendar.isOpen(on: $0) })
      first = last + 1
    }
    #expect(calendar.sessionCount(in: days) == days.count { calendar.isOpen(on: $0) })
  }

  @Test func `a week has seven days, five weekdays, and four sessions around Labor Day`() throws {
    let week = try day("2025-09-01")...day("2025-09-07")
    #expect(Calendar.always.sessionCount(in: week) == 7)
    #expect(Calendar.weekdays.sessionCount(in: week) == 5)
    #expect(Calendar.nyse.sessionCount(in: week) == 4)
  }

  @Test(arguments: [
    ("2025-09-19", nil), ("2025-09-20", Rest.weekend), ("2025-09-21", .weekend), ("2025-07-04", .holiday),
    ("2021-07-04", .weekend), ("2021-07-05", .holiday),
  ])
  func `why New York rests is told`(text: String, rest: Rest?) throws {
    #expect(try Calendar.nyse.rest(on: day(text)) == rest)
  }

  @Test func `the neighbours of a long weekend are found from within it`() throws {
    for text in ["2024-03-29", "2024-03-30", "2024-03-31"] {  // Good Friday to Easter
      #expect(try Calendar.nyse.session(onOrBefore: day(text)) == day("2024-03-28"))
      #expect(try Calendar.nyse.session(onOrAfter: day(text)) == day("2024-04-01"))
    }
    #expect(try Calendar.nyse.session(onOrBefore: day("2024-03-28")) == day("2024-03-28"))
    #expect(try Calendar.nyse.session(onOrAfter: day("2024-04-01")) == day("2024-04-01"))
  }

  @Test(arguments: Calendar.allCases) func `the session of an instant is the one that runs or the next`(
    calendar: Calendar
  )
    throws
  {
    let sessions = try (day("2025-02-27")...day("2025-04-30")).compactMap { calendar.session(on: $0) }
    for (session, next) in zip(sessions, sessions.dropFirst()) {
      #expect(session.close <= next.open)
      for at in [session.open, session.open + 1, session.close - 1] {
        #expect(calendar.session(atOrAfter: at) == session)
      }
      for at in [session.close, next.open - 1, next.open] where at >= session.close {
        #expect(calendar.session(atOrAfter: at) == next)
      }
      #expect(calendar.session(after: session) == next)
      #expect(calendar.session(before: next) == session)
    }
  }

  @Test(arguments: [
    ("2025-01-15", "2025-01-15T21:00:00Z"), ("2025-03-07", "2025-03-07T21:00:00Z"),
    ("2025-03-10", "2025-03-10T20:00:00Z"),
    ("2025-07-15", "2025-07-15T20:00:00Z"), ("2025-10-31", "2025-10-31T20:00:00Z"),
    ("2025-11-03", "2025-11-03T21:00:00Z"),
    // The 8th of March and the 1st of November can be the Sundays themselves.
    ("2026-03-06", "2026-03-06T21:00:00Z"), ("2026-03-09", "2026-03-09T20:00:00Z"),
    ("2026-10-30", "2026-10-30T20:00:00Z"),
    ("2026-11-02", "2026-11-02T21:00:00Z"),
  ])
  func `a session of New York closes at four by its own clocks`(text: String, close: String) throws {
    #expect(try Calendar.nyse.close(of: day(text)) == #require(Instant(close)))
  }
}

/// The whole of New York's calendar, held against exchange_calendars.
@Suite struct NYSECalendarTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test func `every session from 1990 to 2030 opens and closes when exchange_calendars says`() throws {
    var recorded: [Session] = []
    for run in try RecordedSessions.runs() {
      var day = try day(run.first)
      for _ in 0..<run.count {
        let (open, close) = try (
          #require(Instant("\(day) \(run.open)")), #require(Instant("\(day) \(run.close)"))
        )
        recorded.append(Session(day: day, open: open, close: close, isShort: close - open < 23_400))
        day = day + (day.weekday == 5 ? 3 : 1)
      }
    }
    let known = try (day("1990-01-01")...day("2030-12-31")).compactMap { Calendar.nyse.session(on: $0) }
    #expect(known.count == 10_322)
    #expect(Set(known).symmetricDifference(recorded) == [])
    #expect(known == recorded)
  }

  @Test(arguments: [
    ("2018-12-05", true), ("2025-01-09", true), ("2021-06-18", false), ("2022-06-20", true), ("2027-06-18", true),
    ("2021-12-31", false), ("2022-12-26", true), ("2023-01-02", true), ("2027-12-31", false), ("2028-01-03", false),
    ("2001-09-17", false), ("2001-09-14", true), ("1997-01-20", false), ("1998-01-19", true),
  ])
  func `special days and observed ones are told`(text: String, isClosed: Bool) throws {
    #expect(try Calendar.nyse.isOpen(on: day(text)) != isClosed)
  }

  @Test(arguments: ["1989-12-25", "2031-12-25"]) func `beyond the years it knows it rests at weekends only`(
    text: String
  )
    throws
  {
    #expect(try Calendar.nyse.isOpen(on: day(text)))
    #expect(try !Calendar.knownYears.contains(day(text).parts.year))
  }
}

@Suite struct FuturesCalendarTests {
  @Test(arguments: [
    // Monday begins on Sunday evening, in winter and on the Sundays on which clocks are moved.
    ("2025-01-13", "2025-01-12T23:00:00Z", "2025-01-13T22:00:00Z"),
    ("2025-03-10", "2025-03-09T22:00:00Z", "2025-03-10T21:00:00Z"),
    ("2025-11-03", "2025-11-02T23:00:00Z", "2025-11-03T22:00:00Z"),
    ("2025-07-04", "2025-07-03T22:00:00Z", "2025-07-04T21:00:00Z"),
  ])
  func `futures are traded from six in the evening before to five`(day: String, open: String, close: String) throws {
    let date = try #require(Day(day))
    let session = try #require(Calendar.cmes.session(on: date))
    #expect(try session.open == #require(Instant(open)))
    #expect(try session.close == #require(Instant(close)))
  }

  @Test(arguments: [
    ("2025-01-01", true), ("2025-04-18", true), ("2025-12-25", true), ("2022-12-26", true), ("2027-12-24", true),
    ("2023-01-02", true), ("2021-12-31", false), ("2025-01-09", false), ("2025-01-20", false), ("2025-11-27", false),
    ("2001-09-11", false),
  ])
  func `they rest on three holidays as New York keeps them, and on no other weekday`(text: String, isClosed: Bool)
    throws
  {
    #expect(try Calendar.cmes.isOpen(on: #require(Day(text))) != isClosed)
  }
}
