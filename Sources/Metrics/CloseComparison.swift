import Market

/// How the closes of two series of bars differ, over the stretch that both cover.
package struct CloseComparison: Hashable, Sendable {
  /// One bar that both have.
  package struct Pair: Hashable, Sendable {
    /// When both open.
    package let openTime: Instant
    /// The close of the series that is compared with.
    package let reference: Double
    /// The close of the other.
    package let other: Double
    /// By which fraction of the reference they differ, whichever is higher.
    package let difference: Double
  }

  /// From the first to the last bar of the stretch that both cover; `nil` where there is none.
  package let span: ClosedRange<Instant>?
  /// Bars that both have.
  package let count: Int
  /// Of the differences; of an even number the mean of the two in the middle. `nil` without bars.
  package let median: Double?
  /// The bar that differs most, of equal ones the first; `nil` without bars.
  package let largest: Pair?
  /// The bars that differ by more than the tolerance, in order.
  package let beyond: [Pair]
  /// Bars in the stretch that only the reference has.
  package let onlyReference: Int
  /// Bars in the stretch that only the other has.
  package let onlyOther: Int

  /// - Parameters:
  ///   - reference: oldest first; so is `other`. Bars whose reference closes at zero are left out.
  ///   - tolerance: a fraction.
  /// - Complexity: O(n log n)
  package init(_ reference: [Bar], _ other: [Bar], tolerance: Double) {
    guard let first = reference.first, let last = reference.last, let otherFirst = other.first,
      let otherLast = other.last, case let start = max(first.openTime, otherFirst.openTime),
      case let end = min(last.openTime, otherLast.openTime), start <= end
    else {
      (span, count, median, largest, beyond, onlyReference, onlyOther) = (nil, 0, nil, nil, [], 0, 0)
      return
    }
    var (pairs, lonely, otherLonely) = ([Pair](), 0, 0)
    var rest = other.drop { $0.openTime < start }
    for bar in reference where (start...end).contains(bar.openTime) {
      while let next = rest.first, next.openTime < bar.openTime {
        otherLonely += 1
        rest.removeFirst()
      }
      guard let next = rest.first, next.openTime == bar.openTime else {
        lonely += 1
        continue
      }
      rest.removeFirst()
      guard bar.close != 0 else { continue }
      let difference = ((next.close - bar.close) / bar.close).magnitude
      pairs.append(Pair(openTime: bar.openTime, reference: bar.close, other: next.close, difference: difference))
    }
    span = start...end
    count = pairs.count
    median = Metrics.median(pairs.map(\.difference))
    largest = pairs.max { $0.difference < $1.difference }
    beyond = pairs.filter { $0.difference > tolerance }
    onlyReference = lonely
    onlyOther = otherLonely + rest.count { $0.openTime <= end }
  }
}
