/// The instants at which bars of an interval open.
package struct OpeningGrid: Hashable {
  package let step: Int64
  /// Any one opening; the others are whole steps away.
  package let anchor: Int64

  /// Weeks open on Thursday, as the epoch did, unless `mondayWeeks`.
  package init(_ interval: Interval, mondayWeeks: Bool = false) {
    step = interval.seconds
    anchor = interval == .week1 && mondayWeeks ? 345_600 : 0  // 1970-01-05, a Monday
  }

  package func opens(at seconds: Int64) -> Bool { (seconds - anchor) % step == 0 }

  package func lastOpening(notAfter instant: Instant) -> Instant {
    Instant(epochSeconds: instant.epochSeconds - anchor).floored(to: step) + anchor
  }

  package func firstOpening(notBefore instant: Instant) -> Instant {
    lastOpening(notAfter: instant + (step - 1))
  }

  /// The opening of the newest bar that is over for at least `safety` seconds.
  package func lastFinalOpening(at now: Instant, safety: Int64) -> Instant {
    lastOpening(notAfter: now - safety - step)
  }

  /// The openings within `span` that are final at `now`; `nil` if there are none.
  package func finalOpenings(in span: ClosedRange<Instant>, at now: Instant, safety: Int64) -> ClosedRange<Instant>? {
    let span = span.clamped(to: Instant.representable)
    let first = firstOpening(notBefore: span.lowerBound)
    let last = min(lastOpening(notAfter: span.upperBound), lastFinalOpening(at: now, safety: safety))
    return first <= last ? first...last : nil
  }

  /// Cuts openings into stretches of at most `rows` bars, oldest first.
  package func pages(of openings: ClosedRange<Instant>, rows: Int) -> [ClosedRange<Instant>] {
    let length = Int64(rows) * step
    return stride(
      from: openings.lowerBound.epochSeconds, through: openings.upperBound.epochSeconds, by: Int(length)
    ).map { first in
      Instant(epochSeconds: first)...min(Instant(epochSeconds: first + length - step), openings.upperBound)
    }
  }
}
