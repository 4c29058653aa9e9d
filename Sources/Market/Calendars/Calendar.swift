/// On which days a market is open, and from when to when.
///
/// Days are session dates: the date in the market's own clocks. Nobody else knows about weekends and holidays.
package enum Calendar: String, CaseIterable, Hashable, Sendable {
  /// The New York Stock Exchange. Its closures and early closes are known for the years of `knownYears`; before and after
  /// them only its weekends are.
  case nyse = "NYSE"
  /// The futures of the Chicago exchanges: all weekdays but three; a session begins the evening before.
  case cmes = "CMES"
  /// Never closed; its days are those of UTC.
  case always = "24/7"
  /// Monday to Friday of UTC, without holidays: currencies.
  case weekdays

  /// The years of which holidays are known.
  package static let knownYears = NYSEClosures.years
}

/// Why a market is closed on a day.
package enum Rest: String, Hashable, Sendable {
  case weekend, holiday
}

extension Calendar {
  /// Whether the market is open on a day, if only for a part of it.
  package func isOpen(on day: Day) -> Bool { rest(on: day) == nil }

  /// Why the market is closed on a day; `nil` where it is open.
  package func rest(on day: Day) -> Rest? {
    guard self != .always else { return nil }
    return day.isWeekend ? .weekend : closures?.contains(day) == true ? .holiday : nil
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
    guard self != .always else { return days.upperBound - days.lowerBound + 1 }
    let weekdays = days.upperBound.weekdaysSoFar - (days.lowerBound - 1).weekdaysSoFar
    return weekdays - (closures?.count(in: days) ?? 0)
  }

  /// Weekdays on which it is closed.
  private var closures: ClosedDays? {
    switch self {
    case .always, .weekdays: nil
    case .nyse: NYSEClosures.days
    case .cmes: CMESClosures.days
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
