/// On which days a market is open, and when its day ends.
///
/// Days are session dates: the date in the market's own clocks. Nobody else knows about weekends and holidays.
package enum Calendar: String, CaseIterable, Hashable, Sendable {
  /// Never closed; its days are those of UTC.
  case always = "24/7"
  /// Monday to Friday, without holidays: currencies.
  case weekdays
  /// The New York Stock Exchange. Its full closures are known for the years of `NYSEClosures.years`; before and after
  /// them only its weekends are, and days that close early are not told from others.
  case nyse = "NYSE"
}

/// Why a market is closed on a day.
package enum Rest: Hashable, Sendable {
  case weekend, holiday
}

extension Calendar {
  /// Whether the market is open on a day, if only for a part of it.
  package func isOpen(on day: Day) -> Bool { rest(on: day) == nil }

  /// Why the market is closed on a day; `nil` where it is open.
  package func rest(on day: Day) -> Rest? {
    switch self {
    case .always: nil
    case .weekdays: day.isWeekend ? .weekend : nil
    case .nyse: day.isWeekend ? .weekend : NYSEClosures.contains(day) ? .holiday : nil
    }
  }

  /// The newest day not after `day` on which the market is open.
  package func session(onOrBefore day: Day) -> Day {
    var day = day
    while !isOpen(on: day) { day = day - 1 }
    return day
  }

  /// The first day not before `day` on which the market is open.
  package func session(onOrAfter day: Day) -> Day {
    var day = day
    while !isOpen(on: day) { day = day + 1 }
    return day
  }

  /// On how many of these days the market is open.
  ///
  /// - Complexity: does not follow the number of days.
  package func sessionCount(in days: ClosedRange<Day>) -> Int {
    switch self {
    case .always: days.upperBound - days.lowerBound + 1
    case .weekdays: days.upperBound.weekdaysSoFar - (days.lowerBound - 1).weekdaysSoFar
    case .nyse: Calendar.weekdays.sessionCount(in: days) - NYSEClosures.count(in: days)
    }
  }

  /// When the session of a day ends: at 16:00 in New York, elsewhere with the UTC day.
  ///
  /// A day on which the market is closed ends like any other, for a bar that a provider dates so is final then.
  package func close(of day: Day) -> Instant {
    switch self {
    case .always, .weekdays: day.end
    case .nyse: day.start + 16 * 3600 + NewYork.behindUTC(on: day)
    }
  }
}

extension Day {
  /// Weekdays up to and including this day, counted from some Monday.
  fileprivate var weekdaysSoFar: Int {
    let sinceMonday = Int(daysSinceEpoch) + 3  // 1969-12-29, a Monday
    return sinceMonday.flooringDivision(by: 7) * 5 + min(sinceMonday.flooringModulo(7) + 1, 5)
  }
}
