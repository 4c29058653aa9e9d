extension Calendar {
  /// From when on a bar belongs to a day: the earliest instant at which one of that day can open, before trading hours
  /// too.
  ///
  /// A day is the market's own date. A bar of a day bears it at 00:00 UTC; a bar of a week belongs to all days of it, and
  /// so the week in which a day lies counts from its Monday on.
  package func earliestOpening(of day: Day, every interval: Interval) -> Instant {
    switch (interval, market) {
    case (.week1, _): (day - (day.weekday - 1)).start
    case (.day1, _), (_, .always), (_, .weekdays): day.start
    case (_, .nyse): NewYork.instant(day, 0)
    case (_, .cmes): NewYork.instant(day - 1, 18 * 3600)
    }
  }
}

extension Calendar {
  /// The day to which a bar within the day belongs: the market's own date when it opens, that of the next day from the
  /// evening on where sessions begin then.
  package func day(ofBarOpeningAt opening: Instant) -> Day {
    switch market {
    case .always, .weekdays: opening.day
    case .nyse: (opening - NewYork.behindUTC(on: opening.day)).day
    case .cmes: (opening - NewYork.behindUTC(on: opening.day) + 6 * 3600).day
    }
  }
}
