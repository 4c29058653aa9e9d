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

@Suite struct NYSEClosuresTests {
  @Test func `every closure is a weekday, once, in order, in a year that is known`() {
    let days = NYSEClosures.days
    #expect(days.allSatisfy { !$0.isWeekend && NYSEClosures.years.contains($0.parts.year) })
    #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
    // Ten or so a year, and two days of mourning: the count of the exchange's own list.
    #expect(days.count == 126)
  }

  /// 2018–2025 as the exchange kept them, later years as it has announced them or as its rules give them.
  @Test(arguments: NYSEClosures.years) func `the rules of the exchange give the table`(year: Int) throws {
    let known = NYSEClosures.days.filter { $0.parts.year == year }
    #expect(known == (try Holidays(year: year).days + Holidays.mourning.filter { $0.parts.year == year }).sorted())
  }

  @Test(arguments: [
    ("2018-12-05", true), ("2025-01-09", true), ("2021-06-18", false), ("2022-06-20", true), ("2027-06-18", true),
    ("2021-12-31", false), ("2022-12-26", true), ("2023-01-02", true), ("2027-12-31", false), ("2028-01-03", false),
  ])
  func `special days and observed ones are told`(text: String, isClosed: Bool) throws {
    #expect(try Calendar.nyse.isOpen(on: #require(Day(text))) != isClosed)
  }
}

/// The exchange's holidays by its rules, written down a second time and in another way.
private struct Holidays {
  let year: Int

  static let mourning = [Day("2018-12-05"), Day("2025-01-09")].compactMap { $0 }

  var days: [Day] {
    get throws {
      let fixed = [(1, 1), (7, 4), (12, 25)] + (year >= 2022 ? [(6, 19)] : [])
      let observed = try fixed.compactMap { month, number -> Day? in
        let day = try #require(Day(year: year, month: month, day: number))
        switch day.weekday {
        case 6: return month == 1 ? nil : day - 1
        case 7: return day + 1
        default: return day
        }
      }
      let floating = try [
        nth(3, weekday: 1, month: 1), nth(3, weekday: 1, month: 2), lastMonday(month: 5), nth(1, weekday: 1, month: 9),
        nth(4, weekday: 4, month: 11),
      ]
      return try observed + floating + [easter() - 2]
    }
  }

  private func nth(_ count: Int, weekday: Int, month: Int) throws -> Day {
    let first = try #require(Day(year: year, month: month, day: 1))
    return first + (weekday - first.weekday + 7) % 7 + 7 * (count - 1)
  }

  private func lastMonday(month: Int) throws -> Day {
    let last = try #require(Day(year: year, month: month, day: 31))
    return last - (last.weekday - 1)
  }

  /// Meeus, "Astronomical Algorithms", chapter 8.
  private func easter() throws -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let sum = h + l - 7 * m + 114
    return try #require(Day(year: year, month: sum / 31, day: sum % 31 + 1))
  }
}
