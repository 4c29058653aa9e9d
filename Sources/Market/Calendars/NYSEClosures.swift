/// The weekdays on which the New York Stock Exchange stays closed or closes early: by its rules, and those that no rule
/// gives. It opened late on none of them.
///
/// The rules are those of 1990 and since; the exchange's own announcements reach as far as 2028.
enum NYSEClosures {
  /// The years of which they are known.
  static let years = 1990...2030

  /// Closed all day.
  static let days = ClosedDays(
    years.map(Holidays.init).flatMap { year in
      [
        year.newYear, year.king, year.washington, year.goodFriday, year.memorial, year.juneteenth, year.independence,
        year.labor, year.thanksgiving, year.christmas,
      ].compactMap(\.self)
    } + special)

  /// Sessions that end at 13:00, the rule since 1993.
  static let endingAtOne = ClosedDays(shortDays(of: 1993...years.upperBound) + shortOnce)
  /// Sessions that end at 14:00, the rule until 1992.
  static let endingAtTwo = ClosedDays(shortDays(of: years.lowerBound...1992))

  /// Days that no rule gives: for Richard Nixon; the four of September 2001; for Ronald Reagan and Gerald Ford; two of
  /// Hurricane Sandy; for George H. W. Bush and Jimmy Carter.
  private static let special = [
    "1994-04-27", "2001-09-11", "2001-09-12", "2001-09-13", "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29",
    "2012-10-30", "2018-12-05", "2025-01-09",
  ].compactMap { Day($0) }

  /// Sessions that ended at 13:00 once.
  private static let shortOnce = ["1997-12-26", "1999-12-31", "2003-12-26"].compactMap { Day($0) }

  private static func shortDays(of years: ClosedRange<Int>) -> [Day] {
    years.flatMap { year in
      [afterThanksgiving(year), christmasEve(year), besideIndependence(year)].compactMap(\.self)
    }
  }

  /// Since 1992.
  private static func afterThanksgiving(_ year: Int) -> Day? {
    year >= 1992 ? Holidays(year: year).thanksgiving.map { $0 + 1 } : nil
  }

  /// Monday to Thursday; on a Friday it is the holiday itself.
  private static func christmasEve(_ year: Int) -> Day? {
    Day(year: year, month: 12, day: 24).flatMap { $0.weekday < 5 ? $0 : nil }
  }

  /// Since 1995 the day before 4 July, where both are sessions or would be; until 2012 the Friday after one on a Thursday.
  private static func besideIndependence(_ year: Int) -> Day? {
    guard year >= 1995, let eve = Day(year: year, month: 7, day: 3), eve.weekday < 5 else { return nil }
    return eve.weekday == 3 && year < 2013 ? eve + 2 : eve
  }
}

/// The weekdays on which the futures of the Chicago exchanges are not traded, as New York keeps them.
enum CMESClosures {
  /// Closed all day.
  static let days = ClosedDays(
    NYSEClosures.years.map(Holidays.init).flatMap { year in
      [year.newYear, year.goodFriday, year.christmas].compactMap(\.self)
    })
}
