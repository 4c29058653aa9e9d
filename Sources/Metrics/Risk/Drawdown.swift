import Market

/// The deepest fall from an earlier peak, as a fraction of that peak: `0.25` means that a quarter was lost at worst.
///
/// - Parameter closes: oldest first; those that are not above zero before the first one that is are left out.
/// - Returns: 0 where prices never fall; above 1 where they fell below zero; `nil` without a price above zero.
package func maximumDrawdown(ofCloses closes: some Sequence<Double>) -> Double? {
  var peak: Double?
  var deepest = 0.0
  for close in closes {
    guard let highest = peak, highest >= close else {
      if close > 0 { peak = close }
      continue
    }
    deepest = max(deepest, 1 - close / highest)
  }
  return peak.map { _ in deepest }
}

/// One fall below a peak, until prices were as high again.
package struct Drawdown: Hashable, Sendable {
  /// When the peak was.
  package let peak: Instant
  /// When it was deepest.
  package let trough: Instant
  /// When prices were as high as at the peak again; `nil` where they are not yet.
  package let recovery: Instant?
  /// A fraction of the peak; positive is down.
  package let depth: Double

  /// The falls of a series, the deepest first; of equal ones the earlier first.
  ///
  /// - Parameters:
  ///   - prices: oldest first.
  ///   - count: at most so many.
  package static func deepest(_ count: Int, of prices: [(at: Instant, close: Double)]) -> [Drawdown] {
    Array(
      all(of: prices).enumerated().sorted { ($1.element.depth, $0.offset) < ($0.element.depth, $1.offset) }
        .prefix(count).map(\.element))
  }

  private static func all(of prices: [(at: Instant, close: Double)]) -> [Drawdown] {
    var falls: [Drawdown] = []
    var peak: (at: Instant, close: Double)?
    var lowest: (at: Instant, close: Double)?
    func fall(recovery: Instant?) {
      guard let peak, let lowest else { return }
      falls.append(
        Drawdown(peak: peak.at, trough: lowest.at, recovery: recovery, depth: 1 - lowest.close / peak.close))
    }
    for price in prices {
      if let peak, price.close < peak.close {
        if price.close < lowest?.close ?? .infinity { lowest = price }
      } else if price.close > 0 {
        fall(recovery: price.at)
        (peak, lowest) = (price, nil)
      }
    }
    fall(recovery: nil)
    return falls
  }
}

/// Growth for the worst fall: the compound annual growth rate ÷ maximum drawdown.
///
/// Source: T. W. Young, "Calmar Ratio: A Smoother Tool" (1991). Growth is by calendar time, so that empyrical, which counts
/// bars, differs.
///
/// - Returns: `nil` where nothing was lost.
package func calmarRatio(growth: Double, maximumDrawdown: Double) -> Double? {
  maximumDrawdown > 0 ? growth / maximumDrawdown : nil
}
