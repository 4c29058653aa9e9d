/// The clocks of New York, as far as a session's end needs them.
enum NewYork {
  /// Seconds by which its clocks stand behind UTC at noon of a day.
  ///
  /// By the rule in force since 2007: summer time from the second Sunday of March to the first of November. For earlier
  /// years it may be an hour off; all of that is final long since.
  static func behindUTC(on day: Day) -> Int64 {
    let year = day.parts.year
    guard let march = Day(year: year, month: 3, day: 8), let november = Day(year: year, month: 11, day: 1) else {
      return 5 * 3600
    }
    return march.sundayFromHere <= day && day < november.sundayFromHere ? 4 * 3600 : 5 * 3600
  }
}

extension Day {
  /// The first Sunday that is not before this day.
  fileprivate var sundayFromHere: Day { self + (7 - weekday) }
}
