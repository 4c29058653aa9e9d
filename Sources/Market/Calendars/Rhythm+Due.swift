/// When keys are there to be had.
extension Rhythm {
  /// The end of what a key stands for: of a bar, or of a session.
  package func close(of key: Instant) -> Instant {
    if let firstBar { return sessionClose(of: key, firstBar) }
    return isDaily ? calendar.close(of: key.day) : key + grid.step
  }

  /// From when on a fact of this key is final, so that it can be asked for: the instant at which the key is due.
  package func due(_ key: Instant) -> Instant {
    switch dueRule {
    case .afterOpening(let seconds): key + seconds
    case .afterClose(let seconds): close(of: key) + seconds
    case .afterSession(let seconds): calendar.session(atOrAfter: key).close + seconds
    }
  }

  /// The newest possible key whose fact is final at `now`, whether it is expected or not.
  ///
  /// A provider may have a bar of a day on which the market was closed; nobody waits for one.
  package func newestFinal(at now: Instant) -> Instant {
    switch dueRule {
    case .afterOpening(let seconds): return grid.lastOpening(notAfter: now - seconds)
    case .afterSession: return newestDue(at: now)
    case .afterClose(let seconds) where !isDaily:
      let opening = grid.lastOpening(notAfter: now - seconds - grid.step)
      // The last bar of a session may end before its interval does.
      return firstBar == nil ? opening : max(opening, newestDue(at: now))
    case .afterClose:
      var day = now.day
      while due(day.start) > now { day = day - 1 }
      return day.start
    }
  }

  /// The newest key that a series should hold at `now`.
  ///
  /// Where nobody knows when the bars of a session open, no more is known than that the newest one opens an interval before
  /// the close at the earliest, once the session is over.
  package func newestDue(at now: Instant) -> Instant {
    if let firstBar { return newestSessionKey(at: now, firstBar) }
    if isContinuous || isDaily { return key(onOrBefore: newestFinal(at: now)) }
    guard case .afterClose(let seconds) = dueRule else { return newestFinal(at: now) }
    var session = calendar.session(onOrBefore: now.day)
    while calendar.close(of: session) + seconds > now { session = calendar.session(onOrBefore: session - 1) }
    return calendar.close(of: session) - grid.step
  }

  /// The newest bar within a session that is due; the later of two is never due before the earlier.
  private func newestSessionKey(at now: Instant, _ firstBar: FirstBar) -> Instant {
    var key = key(onOrBefore: now)
    while due(key) > now {
      let first = keys(atOrAfter: key, firstBar).first
      // All bars of a session may wait for its end.
      key = self.key(before: due(first) > now ? first : key)
    }
    return key
  }

  /// The newest key without which a series is late at `now`.
  package func newestLate(at now: Instant) -> Instant { newestDue(at: now - lateness) }

  /// Whether what was stored of a series, up to its newest key, reaches a key that is due.
  ///
  /// A sample within the interval after a key stands for it.
  package func reaches(_ key: Instant, newest: Instant) -> Bool { grid.lastOpening(notAfter: newest) >= key }

  /// The part of a stretch that is final at `now`: from its first to its last possible opening; `nil` for none.
  package func finalOpenings(in span: ClosedRange<Instant>, at now: Instant) -> ClosedRange<Instant>? {
    let span = span.clamped(to: Instant.representable)
    let first = grid.firstOpening(notBefore: span.lowerBound)
    let last = min(grid.lastOpening(notAfter: span.upperBound), newestFinal(at: now))
    return first <= last ? first...last : nil
  }
}
