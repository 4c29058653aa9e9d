import Market
import Store

/// Which stretches of a series a run asks for.
struct Window {
  /// In order, not touching.
  let spans: [ClosedRange<Instant>]

  /// Gaps closer together than this many intervals are asked for in one stretch: one request brings as many rows.
  private static let joinWithin: Int64 = 500

  /// - Parameters:
  ///   - present: keys stored in the stretch that is looked at, in order.
  ///   - proven: stretches in which an absence is proven.
  ///   - failed: stretches that were asked for in vain, however long ago.
  init(
    of series: StoredSeries, newest: Instant, since: Instant?, until: Instant?, provisional: Instant?,
    present: [Instant], proven: [ClosedRange<Instant>], failed: [ClosedRange<Instant>] = []
  ) {
    let step = series.key.interval.seconds
    let looked = Window.looked(at: series, newest: newest, since: since, until: until)
    guard let looked else {
      spans = []
      return
    }
    var wanted = failed
    wanted += Window.gaps(in: looked, step: step, weekdaysOnly: series.key.dataset == .etfFlow, present, proven)
    if let overlap = Window.overlap(of: series, newest: looked.upperBound, since: since, until: until, provisional) {
      wanted.append(overlap)
    }
    spans = Window.joined(wanted, step: step)
  }

  /// The stretch in which gaps are looked for.
  static func looked(
    at series: StoredSeries, newest: Instant, since: Instant?, until: Instant?
  ) -> ClosedRange<Instant>? {
    let step = series.key.interval.seconds
    let last = min(newest, until?.floored(to: step) ?? newest)
    let first: Instant
    if let since {
      let floored = since.floored(to: step)
      first = floored < since ? floored + step : floored
    } else if let extent = series.extent, until == nil {
      let usual = min(extent.upperBound, Due.firstKey(of: series.key, newest: newest))
      // The first answer of a fund table held all there was.
      first = series.key.dataset == .etfFlow ? max(extent.lowerBound, usual) : usual
    } else {
      first = Due.firstKey(of: series.key, newest: last)
    }
    return first <= last ? first...last : nil
  }

  private static func gaps(
    in looked: ClosedRange<Instant>, step: Int64, weekdaysOnly: Bool, _ present: [Instant],
    _ proven: [ClosedRange<Instant>]
  ) -> [ClosedRange<Instant>] {
    var stored = 0
    var gaps: [ClosedRange<Instant>] = []
    var key = looked.lowerBound
    var known = proven.sorted { $0.lowerBound < $1.lowerBound }[...]
    while key <= looked.upperBound {
      while let gap = known.first, gap.upperBound < key { known.removeFirst() }
      let isProven = known.first.map { $0.contains(key) } ?? false
      while stored < present.count, present[stored] < key { stored += 1 }
      let isStored = stored < present.count && present[stored] == key
      if !isProven, !isStored, !(weekdaysOnly && key.day.isWeekend) {
        if let last = gaps.last, last.upperBound + step == key {
          gaps[gaps.count - 1] = last.lowerBound...key
        } else {
          gaps.append(key...key)
        }
      }
      key = key + step
    }
    return gaps
  }

  /// What is read again although it is stored, so that a restatement is seen.
  private static func overlap(
    of series: StoredSeries, newest: Instant, since: Instant?, until: Instant?, _ provisional: Instant?
  ) -> ClosedRange<Instant>? {
    guard let extent = series.extent, until.map({ $0 >= extent.upperBound }) ?? true else { return nil }
    let isFlow = series.key.dataset == .etfFlow
    let back = isFlow ? Int64(Due.flowOverlapDays) * 86_400 : Due.overlap
    var first = min(extent.upperBound, newest) - back
    if let provisional { first = min(first, provisional) }
    first = max(first, extent.lowerBound)
    return first <= newest ? first...newest : nil
  }

  private static func joined(_ spans: [ClosedRange<Instant>], step: Int64) -> [ClosedRange<Instant>] {
    var result: [ClosedRange<Instant>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, span.lowerBound - last.upperBound <= joinWithin * step {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        result.append(span)
      }
    }
    return result
  }
}
