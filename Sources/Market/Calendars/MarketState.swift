/// How a market stands at an instant.
package struct MarketState: Hashable, Sendable {
  /// Whose state it is.
  package let calendar: Calendar
  /// The instant asked about.
  package let at: Instant
  /// The session that runs; `nil` while the market is closed.
  package let session: Session?
  /// The last session that ended before, or the one before the one that runs.
  package let last: Session
  /// The next session that has not begun.
  package let next: Session

  /// - Parameter at: any instant; outside `Calendar.knownYears` no holidays are known.
  package init(of calendar: Calendar, at: Instant) {
    self.calendar = calendar
    self.at = at
    let session = calendar.session(atOrAfter: at)
    let runs = session.contains(at)
    self.session = runs ? session : nil
    last = calendar.session(before: session)
    next = runs ? calendar.session(after: session) : session
  }

  /// Whether the market is open.
  package var isOpen: Bool { session != nil }

  /// Since when it has been open, or closed; sessions that follow each other without a pause are one. `nil` for always.
  package var since: Instant? {
    guard var first = session else { return last.close }
    guard !calendar.isContinuous else { return nil }
    while case let earlier = calendar.session(before: first), earlier.close == first.open { first = earlier }
    return first.open
  }

  /// Until when it stays so. `nil` for ever.
  package var until: Instant? {
    guard var end = session else { return next.open }
    guard !calendar.isContinuous else { return nil }
    while case let later = calendar.session(after: end), later.open == end.close { end = later }
    return end.close
  }

  /// The next opening after now; of sessions that follow each other without a pause, each has its own. `nil` where the
  /// market is always open.
  package var nextOpen: Instant? { calendar.isContinuous ? nil : next.open }
  /// The next end of a session, likewise.
  package var nextClose: Instant? { calendar.isContinuous ? nil : (session ?? next).close }

  /// Why a closed market is closed: it is between two sessions, or over days that are none; `nil` for an open one.
  ///
  /// What a holiday is among them counts.
  package var rest: Rest? {
    guard !isOpen, last.day + 1 < next.day else { return nil }
    return (last.day + 1...next.day - 1).contains { calendar.rest(on: $0) == .holiday } ? .holiday : .weekend
  }
}
