extension Rhythm {
  /// Whether the market is closed at a key, so that nobody waits for it.
  package func isClosed(at key: Instant) -> Bool {
    guard let firstBar else { return !calendar.isOpen(on: key.day) }
    return key < keys(atOrAfter: key, firstBar).first
  }

  /// The opening of the bar that runs at an instant; where none is known to, the last possible opening.
  package func opening(runningAt instant: Instant) -> Instant {
    guard firstBar != nil, case let key = key(onOrBefore: instant), instant < close(of: key) else {
      return grid.lastOpening(notAfter: instant)
    }
    return key
  }
}

/// Bars within the sessions of a market.
///
/// The first opens with the market (09:30 in New York) or, at providers that count by the clock, at the full interval at
/// or before it (09:00 of hours); each other one an interval later, as long as the session lasts. The last ends with its
/// session, and so may be shorter than others: hours that begin at 09:30 end with half of one. Since no clocks are moved
/// between the opening and the close of a session, seconds count here as they do on clocks.
extension Rhythm {
  /// Where the first bar of a session opens.
  enum FirstBar: Hashable, Sendable {
    case withMarket
    case byTheClock
  }

  /// The first and the last opening of a session, in which the bars are an interval apart.
  struct SessionKeys {
    let session: Session
    let first: Instant
    let last: Instant
  }

  /// The openings of a session.
  func keys(of session: Session, _ firstBar: FirstBar) -> SessionKeys {
    let first = firstBar == .withMarket ? session.open : session.open.floored(to: grid.step)
    return SessionKeys(
      session: session, first: first, last: first + (session.close - first - 1) / grid.step * grid.step)
  }

  /// The openings of the session that runs at an instant or, while the market is closed, of the next.
  func keys(atOrAfter instant: Instant, _ firstBar: FirstBar) -> SessionKeys {
    keys(of: calendar.session(atOrAfter: instant), firstBar)
  }

  func sessionKey(onOrAfter instant: Instant, _ firstBar: FirstBar) -> Instant {
    let keys = keys(atOrAfter: instant, firstBar)
    if instant > keys.last { return self.keys(of: calendar.session(after: keys.session), firstBar).first }
    return max(keys.first, keys.first + (instant - keys.first + grid.step - 1) / grid.step * grid.step)
  }

  func sessionKey(onOrBefore instant: Instant, _ firstBar: FirstBar) -> Instant {
    let keys = keys(atOrAfter: instant, firstBar)
    if instant < keys.first { return self.keys(of: calendar.session(before: keys.session), firstBar).last }
    return keys.first + (instant - keys.first) / grid.step * grid.step
  }

  /// How many keys lie from one to another: those of all sessions between, less what lies before the one and behind the
  /// other.
  func sessionCount(from first: Instant, through last: Instant, _ firstBar: FirstBar) -> Int {
    let (start, end) = (keys(atOrAfter: first, firstBar), keys(atOrAfter: last, firstBar))
    let days = start.session.day...end.session.day
    let lead = start.session.open - start.first
    let count = { (length: Int64) in Int((length + lead + self.grid.step - 1) / self.grid.step) }
    let usual = count(calendar.usualLength)
    let all = calendar.shortSessions(in: days).reduce(calendar.sessionCount(in: days) * usual) { sum, short in
      sum - short.count * (usual - count(calendar.usualLength - short.cut))
    }
    return all - Int((first - start.first) / grid.step) - Int((end.last - last) / grid.step)
  }

  /// When a bar ends: with its interval or, before that, with its session.
  func sessionClose(of key: Instant, _ firstBar: FirstBar) -> Instant {
    let keys = keys(atOrAfter: key, firstBar)
    return key < keys.first ? key + grid.step : min(key + grid.step, keys.session.close)
  }
}
