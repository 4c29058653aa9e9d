/// One trading day of a market, and its hours.
package struct Session: Hashable, Sendable {
  /// The date that it bears in the market's own clocks.
  package let day: Day
  /// When trading begins; with the evening before where the market does so.
  package let open: Instant
  /// When trading ends: the first instant that is outside.
  package let close: Instant
  /// Whether it ends earlier than others.
  package let isShort: Bool

  /// Whether an instant lies within its hours.
  package func contains(_ instant: Instant) -> Bool { open <= instant && instant < close }
}

extension Calendar {
  /// The session of a day; `nil` on days on which the market is closed.
  package func session(on day: Day) -> Session? { isOpen(on: day) ? hours(of: day) : nil }

  /// When the session of a day ends: at 16:00 in New York or earlier, that of futures at 17:00, elsewhere with the UTC day.
  ///
  /// A day on which the market is closed ends like any other, for a bar that a provider dates so is final then.
  package func close(of day: Day) -> Instant { hours(of: day).close }

  /// The session that runs at an instant or, while the market is closed, the next.
  package func session(atOrAfter instant: Instant) -> Session {
    // None ends after the UTC day whose date it bears.
    let session = hours(of: session(onOrAfter: instant.day))
    return instant < session.close ? session : self.session(after: session)
  }

  /// The session before another.
  package func session(before next: Session) -> Session { hours(of: session(onOrBefore: next.day - 1)) }
  /// The session after another.
  package func session(after last: Session) -> Session { hours(of: session(onOrAfter: last.day + 1)) }

  /// How long a session is that is not short, in seconds.
  var usualLength: Int64 {
    switch self {
    case .always, .weekdays: 24 * 3600
    case .cmes: 23 * 3600
    case .nyse: 6 * 3600 + 30 * 60
    }
  }

  /// How many sessions among these days are short, and by how many seconds.
  ///
  /// - Complexity: does not follow the number of days.
  func shortSessions(in days: ClosedRange<Day>) -> [(count: Int, cut: Int64)] {
    guard self == .nyse else { return [] }
    return [
      (NYSEClosures.endingAtOne.count(in: days), 3 * 3600), (NYSEClosures.endingAtTwo.count(in: days), 2 * 3600),
    ]
  }

  /// From when to when the market would be open on a day.
  private func hours(of day: Day) -> Session {
    switch self {
    case .always, .weekdays:
      return Session(day: day, open: day.start, close: day.end, isShort: false)
    case .cmes:
      let open = NewYork.instant(day - 1, 18 * 3600)
      return Session(day: day, open: open, close: NewYork.instant(day, 17 * 3600), isShort: false)
    case .nyse:
      let open = NewYork.instant(day, 9 * 3600 + 30 * 60)
      let cut: Int64 =
        NYSEClosures.endingAtOne.contains(day) ? 3 * 3600 : NYSEClosures.endingAtTwo.contains(day) ? 2 * 3600 : 0
      return Session(day: day, open: open, close: open + usualLength - cut, isShort: cut > 0)
    }
  }
}
