import Market

/// What a part of the day returned: its last close ÷ its first open − 1, as a fraction.
///
/// - Parameter bars: the bars of one part of one day by open time; those of a part that still runs give the return so
///   far.
/// - Returns: `nil` without a bar, or where the first one did not open above zero.
package func dayPartReturn(of bars: some BidirectionalCollection<Bar>) -> Double? {
  guard let first = bars.first, let last = bars.last else { return nil }
  return simpleReturn(from: first.open, to: last.close)
}
