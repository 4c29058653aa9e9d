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
    switch market {
    case .always, .weekdays: 24 * 3600
    case .cmes: 23 * 3600
    case .nyse: 6 * 3600 + 30 * 60
    }
  }

  /// How many sessions among these days are short, and by how many seconds.
  ///
  /// - Complexity: does not follow the number of days.
  func shortSessions(in days: ClosedRange<Day>) -> [(count: Int, cut: Int64)] {
    let known =
      market == .nyse
      ? [(NYSEClosures.endingAtOne.count(in: days), 3 * 3600), (NYSEClosures.endingAtTwo.count(in: days), 2 * 3600)]
      : [] as [(count: Int, cut: Int64)]
    return known
      + noted.changes(in: days).flatMap { day -> [(count: Int, cut: Int64)] in
        // One that is short by rule is none of those any more.
        [(-1, cut(on: day, noted: nil))] + (noted.closes[day].map { [(1, cut(on: day, noted: $0))] } ?? [])
      }
  }

  /// From when to when the market would be open on a day.
  private func hours(of day: Day) -> Session {
    let cut = cut(on: day, noted: noted.closes.isEmpty ? nil : noted.closes[day])
    let open = opening(of: day)
    return Session(day: day, open: open, close: open + usualLength - cut, isShort: cut > 0)
  }

  private func opening(of day: Day) -> Instant {
    switch market {
    case .always, .weekdays: day.start
    case .cmes: NewYork.instant(day - 1, 18 * 3600)
    case .nyse: NewYork.instant(day, 9 * 3600 + 30 * 60)
    }
  }

  /// When sessions end that are not short, in seconds past midnight of the market's own clock.
  private var usualClose: Int64 {
    switch market {
    case .always, .weekdays: 24 * 3600
    case .cmes: 17 * 3600
    case .nyse: 16 * 3600
    }
  }

  /// By how many seconds a day's session would be short.
  ///
  /// - Parameter noted: when it ends by what was noted, in seconds past midnight; `nil` for what the rules say.
  private func cut(on day: Day, noted: Int64?) -> Int64 {
    if let noted { return usualClose - noted }
    guard market == .nyse else { return 0 }
    return NYSEClosures.endingAtOne.contains(day) ? 3 * 3600 : NYSEClosures.endingAtTwo.contains(day) ? 2 * 3600 : 0
  }
}

extension Calendar {
  /// Between which times a session can end early on a day, in seconds past midnight of the market's own clock: after it
  /// began and before it ends by the rules.
  func earlyCloses(on day: Day) -> Range<Int64> {
    let end = usualClose - cut(on: day, noted: nil)
    let start: Int64 = market == .nyse ? 9 * 3600 + 30 * 60 : 0
    return start + 60..<max(start + 60, end)
  }
}
