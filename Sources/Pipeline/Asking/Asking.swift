import Market

/// What a run asks of a series, and why; without a reason nothing is due, and nobody is asked.
struct Asking: Sendable {
  enum Reason: Hashable, Sendable {
    /// A key that is due, or that the user named, is neither stored nor proved absent.
    case missing
    /// The provider is likely to have published something since it was last looked at.
    case lookDue
    /// The last step failed.
    case failedBefore
    /// A proof has grown old.
    case proofDue
    /// A day whose facts come in over hours is unfinished or may still change.
    case unfinished
    /// The user wants it asked all the same.
    case forced
  }
  let reason: Reason?
  /// In order, not touching; empty without a reason.
  let spans: [ClosedRange<Instant>]

  /// - Parameter isForced: whether it is asked although nothing is due.
  init(_ window: Window, _ known: KnownKeys, at now: Instant, isForced: Bool = false) {
    let reason = isForced ? .forced : Asking.reason(window, known, at: now)
    spans = reason == nil ? [] : Asking.spans(window, known, at: now)
    self.reason = spans.isEmpty ? nil : reason
  }

  private static func reason(_ window: Window, _ known: KnownKeys, at now: Instant) -> Reason? {
    if let looks = window.rhythm.looks, !window.isNamed { return reason(looks, known, at: now) }
    let missing = window.missing(upTo: window.due, absent: known.absent, settled: known.settled)
    if !missing.isEmpty { return .missing }
    if !window.isNamed, !known.failed.isEmpty { return .missing }
    if known.lastAsked?.hasFailed == true { return .failedBefore }
    if isProofDue(window, known, at: now) { return .proofDue }
    return isUnfinished(window, known, at: now) ? .unfinished : nil
  }

  /// Where nobody knows which keys there are to be, what counts is when it was last looked at.
  private static func reason(_ looks: Rhythm.Looks, _ known: KnownKeys, at now: Instant) -> Reason? {
    guard let last = known.lastAsked else { return .missing }
    if last.hasFailed { return .failedBefore }
    return looks.newest(at: now).map { last.at < $0 ? .lookDue : nil } ?? nil
  }

  /// Whether the proof that the series had not begun is old, and the series asked for the first time in a stretch of as many
  /// days: it could show older rows.
  private static func isProofDue(_ window: Window, _ known: KnownKeys, at now: Instant) -> Bool {
    guard let listed = known.listed, !window.rhythm.comesWhole, !window.isNamed || window.beginsBeforeFirst else {
      return false
    }
    guard let last = known.lastAsked, !last.hasFailed else { return true }
    let length = window.listingProofLasts
    return !(0..<length).contains(now - listed) && last.at.floored(to: length) < now.floored(to: length)
  }

  private static func isUnfinished(_ window: Window, _ known: KnownKeys, at now: Instant) -> Bool {
    guard let revisits = window.rhythm.revisits, let newest = window.rhythm.newestToRevisit(at: now) else {
      return false
    }
    let isOpen = known.provisional.contains { $0 <= newest } || !window.holds(newest, besides: known.absent)
    let age = known.lastAsked.map { now - $0.at }
    return isOpen && (age.map { $0 < 0 || $0 >= revisits.every } ?? true)
  }

  private static func spans(_ window: Window, _ known: KnownKeys, at now: Instant) -> [ClosedRange<Instant>] {
    guard let newest = window.looked?.upperBound else { return [] }
    // What lies before the first row was asked for on its own, and is again once a week: just before it, or where the
    // user named a beginning, from there.
    let isProofDue = isProofDue(window, known, at: now)
    let believed = known.settled.compactMap {
      window.isBeforeFirst($0) ? (isProofDue && window.isNamed ? nil : $0) : $0.before(newest - window.rhythm.doubt)
    }
    var wanted = window.isNamed ? [] : known.failed
    wanted += window.missing(
      upTo: newest, absent: known.absent, settled: window.rhythm.doubt == 0 ? known.settled : believed)
    if let overlap = window.overlap(from: known.provisional.first) { wanted.append(overlap) }
    if isProofDue, !window.isNamed, let stretch = window.beforeListing { wanted.append(stretch) }
    return window.joined(wanted)
  }
}

extension ClosedRange<Instant> {
  /// The part of it that lies before an instant.
  fileprivate func before(_ end: Instant) -> ClosedRange<Instant>? {
    lowerBound < end ? lowerBound...Swift.min(upperBound, end - 1) : nil
  }
}
