/// On which days a market is open, and from when to when.
///
/// Days are session dates: the date in the market's own clocks. Nobody else knows about weekends and holidays. What no rule
/// knows, a file may have noted (`Closures`); the calendars named here go by the rules alone.
package struct Calendar: Hashable, Sendable {
  /// The markets whose rules are known.
  enum Market: String, CaseIterable {
    case nyse = "NYSE"
    case cmes = "CMES"
    case always = "24/7"
    case weekdays
  }
  let market: Market
  /// What was noted of it, as far as it says something else than the rules.
  let noted: NotedDays

  private init(_ market: Market) { self.init(market, NotedDays()) }

  init(_ market: Market, _ noted: NotedDays) { (self.market, self.noted) = (market, noted) }

  /// The New York Stock Exchange. Its closures and early closes are known for the years of `knownYears`; before and after
  /// them only its weekends are.
  package static let nyse = Calendar(.nyse)
  /// The futures of the Chicago exchanges: all weekdays but three; a session begins the evening before.
  package static let cmes = Calendar(.cmes)
  /// Never closed; its days are those of UTC.
  package static let always = Calendar(.always)
  /// Monday to Friday of UTC, without holidays: currencies.
  package static let weekdays = Calendar(.weekdays)
  /// All of them.
  package static let allCases = Market.allCases.map(Calendar.init)

  /// The calendar of a name, as files spell it.
  package init?(rawValue: String) {
    guard let market = Market(rawValue: rawValue) else { return nil }
    self.init(market)
  }

  /// Its name, as files spell it: `NYSE`.
  package var rawValue: String { market.rawValue }
  /// Whether it has no pause at all.
  package var isContinuous: Bool { market == .always }
  /// Whether it keeps holidays, which are known of `knownYears` only.
  package var hasHolidays: Bool { market == .nyse || market == .cmes }

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
    guard !isContinuous else { return nil }
    return day.isWeekend ? .weekend : closures?.contains(day) == true || noted.closed.contains(day) ? .holiday : nil
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
    guard !isContinuous else { return days.upperBound - days.lowerBound + 1 }
    let weekdays = days.upperBound.weekdaysSoFar - (days.lowerBound - 1).weekdaysSoFar
    return weekdays - (closures?.count(in: days) ?? 0) - noted.closed.count(in: days)
  }

  /// Weekdays on which it is closed.
  private var closures: ClosedDays? {
    switch market {
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
