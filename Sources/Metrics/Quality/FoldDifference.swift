import Market

/// By how much a stored day differs from its own hours: the largest relative difference of open, high, low and close.
///
/// Volumes are left out, as some providers count them in other units by the day.
///
/// - Parameter hours: the bars of the day, oldest first.
/// - Returns: `nil` unless all 24 are there.
package func foldDifference(of day: Bar, from hours: some Sequence<Bar>) -> Double? {
  let hours = hours.filter { $0.openTime >= day.openTime && $0.openTime < day.openTime + 86_400 }
  guard hours.count == 24, let folded = hours.folded(into: .day1, calendar: .always)?.first else { return nil }
  return zip([day.open, day.high, day.low, day.close], [folded.open, folded.high, folded.low, folded.close])
    .map(relativeDifference).max()
}

/// By which fraction of the larger of them two numbers differ, whatever their signs: 0 for equal ones.
package func relativeDifference(_ one: Double, _ other: Double) -> Double {
  one == other ? 0 : (one - other).magnitude / max(one.magnitude, other.magnitude)
}
