/// Which keys there should be. Where nobody knows of each key (`isExact` is false), none is expected.
extension Rhythm {
  /// Whether there should be a fact at this very key.
  package func expects(_ key: Instant) -> Bool {
    guard isExact, grid.opens(at: key.epochSeconds) else { return false }
    return firstBar == nil ? isContinuous || calendar.isOpen(on: key.day) : self.key(onOrAfter: key) == key
  }

  /// Seconds from each expected key to the next, where it is always as many; `nil` where the calendar says.
  package var spacing: Int64? { isContinuous && isExact ? grid.step : nil }

  /// The expected keys in a stretch, in order, each computed when it is reached.
  package func keys(in span: ClosedRange<Instant>) -> ExpectedKeys {
    ExpectedKeys(rhythm: self, upcoming: firstKey(in: span), last: span.upperBound)
  }

  /// The first expected key in a stretch.
  package func firstKey(in span: ClosedRange<Instant>) -> Instant? {
    guard isExact else { return nil }
    let first = key(onOrAfter: span.lowerBound)
    return first <= span.upperBound ? first : nil
  }

  /// The last expected key in a stretch.
  package func lastKey(in span: ClosedRange<Instant>) -> Instant? {
    guard isExact else { return nil }
    let last = key(onOrBefore: span.upperBound)
    return last >= span.lowerBound ? last : nil
  }

  /// How many keys are expected in a stretch.
  ///
  /// - Complexity: does not follow the length of the stretch.
  package func count(in span: ClosedRange<Instant>) -> Int {
    guard let first = firstKey(in: span), let last = lastKey(in: span) else { return 0 }
    if let firstBar { return sessionCount(from: first, through: last, firstBar) }
    return isContinuous
      ? Int((last - first) / grid.step) + 1 : calendar.sessionCount(in: first.day...last.day)
  }

  /// How many keys lie after one up to and including another: how far a series that reaches `key` is behind.
  ///
  /// Where nobody knows of each key, intervals are counted.
  package func count(after key: Instant, through last: Instant) -> Int {
    guard key < last else { return 0 }
    return isExact ? count(in: key + 1...last) : max(1, Int((last - key) / grid.step))
  }

  /// The expected key that follows an instant.
  package func key(after instant: Instant) -> Instant { key(onOrAfter: instant + 1) }

  /// The expected key that precedes an instant.
  package func key(before instant: Instant) -> Instant { key(onOrBefore: instant - 1) }

  /// The first expected key that is not before an instant; where nobody knows of each key, the first possible opening.
  package func key(onOrAfter instant: Instant) -> Instant {
    if let firstBar { return sessionKey(onOrAfter: instant, firstBar) }
    let opening = grid.firstOpening(notBefore: instant)
    return isContinuous || !isDaily ? opening : calendar.session(onOrAfter: opening.day).start
  }

  /// The last expected key that is not after an instant; where nobody knows of each key, the last possible opening.
  package func key(onOrBefore instant: Instant) -> Instant {
    if let firstBar { return sessionKey(onOrBefore: instant, firstBar) }
    let opening = grid.lastOpening(notAfter: instant)
    return isContinuous || !isDaily ? opening : calendar.session(onOrBefore: opening.day).start
  }
}

extension Rhythm {
  /// The stretches of a span whose expected keys are not among those stored; in order, each from its first to its last key.
  ///
  /// - Parameter stored: keys in order, expected ones or not.
  package func absences(in span: ClosedRange<Instant>, besides stored: [Instant]) -> [ClosedRange<Instant>] {
    var (stretches, isRunning) = ([ClosedRange<Instant>](), false)
    var next = stored.startIndex
    for key in keys(in: span) {
      while next < stored.endIndex, stored[next] < key { next += 1 }
      let isAbsent = next == stored.endIndex || stored[next] != key
      if isAbsent, isRunning {
        stretches[stretches.count - 1] = stretches[stretches.count - 1].lowerBound...key
      } else if isAbsent {
        stretches.append(key...key)
      }
      isRunning = isAbsent
    }
    return stretches
  }
}

/// The keys that a series should have in a stretch, in order.
package struct ExpectedKeys: Sequence, IteratorProtocol {
  let rhythm: Rhythm
  /// The one that comes next, if it is in the stretch.
  package private(set) var upcoming: Instant?
  let last: Instant
  /// Up to which key the next one is known to lie an interval on.
  private var runEnd: Instant

  init(rhythm: Rhythm, upcoming: Instant?, last: Instant) {
    self.rhythm = rhythm
    self.upcoming = upcoming
    self.last = last
    runEnd = rhythm.spacing == nil ? Instant.representable.lowerBound : Instant.representable.upperBound
  }

  /// The next expected key; `nil` behind the last one of the stretch.
  package mutating func next() -> Instant? {
    guard let key = upcoming, key <= last else { return nil }
    if key >= runEnd, let firstBar = rhythm.firstBar {
      // The session is looked up once and not once a bar.
      runEnd = rhythm.keys(atOrAfter: key, firstBar).last
    }
    upcoming = key < runEnd ? key + rhythm.grid.step : rhythm.key(after: key)
    return key
  }
}
