import Market

extension RandomAccessCollection where Element == Bar {
  /// The close of the last bar that opens in a range; `nil` where none does.
  ///
  /// - Precondition: oldest first.
  /// - Complexity: O(log n)
  package func lastClose(in openings: Range<Instant>) -> Double? {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
      if self[middle].openTime < openings.upperBound { low = index(after: middle) } else { high = middle }
    }
    guard low > startIndex else { return nil }
    let bar = self[index(before: low)]
    return bar.openTime >= openings.lowerBound ? bar.close : nil
  }
}
