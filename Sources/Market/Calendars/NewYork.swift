/// The clocks of New York.
enum NewYork {
  /// The instant at which they show so many seconds past midnight of a day; not in the small hours of a Sunday, when they
  /// are moved.
  static func instant(_ day: Day, _ seconds: Int64) -> Instant { day.start + seconds + behindUTC(on: day) }

  /// Seconds by which they stand behind UTC from the morning of a day on.
  ///
  /// Summer time lasts from the second Sunday of March to the first of November, until 2006 from the first Sunday of April
  /// to the last of October. So it was since 1987; before, it may be an hour off.
  static func behindUTC(on day: Day) -> Int64 {
    let year = day.parts.year
    let (start, end) = year >= 2007 ? ((3, 8), (11, 1)) : ((4, 1), (10, 25))
    guard let first = Day(year: year, month: start.0, day: start.1),
      let last = Day(year: year, month: end.0, day: end.1)
    else { return 5 * 3600 }
    return first.first(7) <= day && day < last.first(7) ? 4 * 3600 : 5 * 3600
  }
}
