import Market
import Store

/// The stretch of a series that a run looks at, and what is missing in it.
struct Window: Sendable {
  let rhythm: Rhythm
  /// First and last key stored.
  let extent: ClosedRange<Instant>?
  /// Where missing keys are looked for; `nil` where a stretch was wanted that holds none.
  let looked: ClosedRange<Instant>?
  /// The newest key that is due, as far as the run wants it.
  let due: Instant
  /// Whether the user named a beginning or an end.
  let isNamed: Bool
  /// Seconds for which it is believed that there is nothing before the first row.
  let listingProofLasts: Int64
  private let since: Instant?
  private let until: Instant?

  /// Stretches closer together than this many intervals are asked for in one: one request brings as many rows.
  private static let joinWithin: Int64 = 500

  /// - Parameters:
  ///   - since: the first instant that the user wants; `nil` for as far back as a run usually reaches.
  ///   - until: the last instant that the user wants; `nil` for what is due.
  init(of series: StoredSeries, _ rhythm: Rhythm, at now: Instant, since: Instant? = nil, until: Instant? = nil) {
    let newest = rhythm.newestToAsk(at: now)
    let last = until.map { min(newest, rhythm.grid.lastOpening(notAfter: $0)) } ?? newest
    let first: Instant
    if let since {
      first = rhythm.grid.firstOpening(notBefore: since)
    } else if let extent = series.extent, until == nil {
      let usual = min(rhythm.grid.lastOpening(notAfter: extent.upperBound), rhythm.firstKey(ofRunTo: newest))
      first = rhythm.comesWhole ? max(extent.lowerBound, usual) : usual
    } else {
      first = rhythm.firstKey(ofRunTo: last)
    }
    looked = first <= last ? first...last : nil
    due = min(rhythm.newestDue(at: now), last)
    extent = series.extent
    isNamed = since != nil || until != nil
    listingProofLasts = Rhythm.listingProofLasts(at: series.key.provider)
    self.rhythm = rhythm
    self.since = since
    self.until = until
  }

  /// Stretches of expected keys, up to `last`, that are neither stored nor settled; in order, not touching.
  ///
  /// - Parameters:
  ///   - absent: between the first and the last row, in order.
  ///   - settled: what is believed to be missing for good, in order.
  func missing(
    upTo last: Instant, absent: [ClosedRange<Instant>], settled: [ClosedRange<Instant>]
  ) -> [ClosedRange<Instant>] {
    guard let looked, looked.lowerBound <= last else { return [] }
    let span = looked.lowerBound...min(last, looked.upperBound)
    guard rhythm.isExact else { return outsideExtent(span) }
    guard let extent else { return unsettled(span, besides: settled) }
    var stretches: [ClosedRange<Instant>] = []
    if span.lowerBound < extent.lowerBound {
      stretches.append(span.lowerBound...min(extent.lowerBound - 1, span.upperBound))
    }
    stretches += absent.filter(span.overlaps).map { $0.clamped(to: span) }
    if extent.upperBound < span.upperBound {
      stretches.append(max(extent.upperBound + 1, span.lowerBound)...span.upperBound)
    }
    return stretches.flatMap { unsettled($0, besides: settled) }
  }

  /// What of a stretch is not settled, each part from its first to its last expected key.
  private func unsettled(_ span: ClosedRange<Instant>, besides settled: [ClosedRange<Instant>]) -> [ClosedRange<
    Instant
  >] {
    var parts: [ClosedRange<Instant>] = []
    var start = span.lowerBound
    for gap in settled where gap.upperBound >= start {
      if gap.lowerBound > span.upperBound { break }
      if start < gap.lowerBound { parts.append(start...gap.lowerBound - 1) }
      start = gap.upperBound + 1
    }
    if start <= span.upperBound { parts.append(start...span.upperBound) }
    return parts.compactMap { part in
      guard let first = rhythm.firstKey(in: part), let last = rhythm.lastKey(in: part) else { return nil }
      return first...last
    }
  }

  /// Whether a key that lies where the run looks is stored.
  func holds(_ key: Instant, besides absent: [ClosedRange<Instant>]) -> Bool {
    looked?.contains(key) == true && extent?.contains(key) == true && !absent.contains { $0.contains(key) }
  }

  /// Where nobody knows of each key: what lies after all that is stored, and, where the user named a beginning, before.
  private func outsideExtent(_ span: ClosedRange<Instant>) -> [ClosedRange<Instant>] {
    guard let extent else { return [span] }
    let first = rhythm.grid.lastOpening(notAfter: extent.lowerBound)
    let next = rhythm.grid.lastOpening(notAfter: extent.upperBound) + rhythm.grid.step
    var stretches: [ClosedRange<Instant>] = []
    if since != nil, span.lowerBound < first {
      stretches.append(span.lowerBound...min(first - rhythm.grid.step, span.upperBound))
    }
    if next <= span.upperBound, rhythm.looks == nil || since == nil {
      stretches.append(max(next, span.lowerBound)...span.upperBound)
    }
    return stretches
  }

  /// What is read again although it is stored, so that a restatement is seen.
  ///
  /// - Parameter provisional: the first day that may still change.
  func overlap(from provisional: Instant?) -> ClosedRange<Instant>? {
    guard let extent, let newest = looked?.upperBound, until.map({ $0 >= extent.upperBound }) ?? true else {
      return nil
    }
    var first = rhythm.overlapStart(before: min(extent.upperBound, newest))
    if let provisional { first = min(first, provisional) }
    first = max(first, extent.lowerBound)
    return first <= newest ? first...newest : nil
  }

  /// What lies just before the first row: older rows that a provider added would be found there.
  var beforeListing: ClosedRange<Instant>? {
    guard let first = extent?.lowerBound else { return nil }
    let (start, end) = (rhythm.overlapStart(before: first), rhythm.key(before: first))
    return start <= end ? start...end : nil
  }

  /// Whether a stretch lies before the first row.
  func isBeforeFirst(_ span: ClosedRange<Instant>) -> Bool { extent.map { span.upperBound < $0.lowerBound } ?? false }

  /// Whether it looks at what lies before the first row.
  var beginsBeforeFirst: Bool {
    guard let first = extent?.lowerBound, let start = looked?.lowerBound else { return false }
    return start < first
  }

  /// The stretches in order, those near each other as one; but what lies before the first row on its own, since only an
  /// answer about nothing else proves that it never was.
  func joined(_ spans: [ClosedRange<Instant>]) -> [ClosedRange<Instant>] {
    Window.joined(spans, rhythm, first: extent?.lowerBound)
  }

  /// The same of a series with this rhythm.
  ///
  /// - Parameter first: the first key stored.
  static func joined(
    _ spans: [ClosedRange<Instant>], _ rhythm: Rhythm, first: Instant?
  ) -> [ClosedRange<Instant>] {
    var result: [ClosedRange<Instant>] = []
    func isBeforeFirst(_ span: ClosedRange<Instant>) -> Bool { first.map { span.upperBound < $0 } ?? false }
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, rhythm.comesWhole || !isBeforeFirst(last) || isBeforeFirst(span),
        span.lowerBound - last.upperBound <= Window.joinWithin * rhythm.grid.step
      {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        result.append(span)
      }
    }
    return result
  }
}
