import Market

/// The deepest fall from an earlier peak, as a fraction of that peak: `0.25` means that a quarter was lost at worst.
///
/// - Parameter closes: oldest first; those that are not above zero before the first one that is are left out.
/// - Returns: 0 where prices never fall; above 1 where they fell below zero; `nil` without a price above zero.
package func maximumDrawdown(ofCloses closes: some Sequence<Double>) -> Double? {
  var peak = RunningPeak()
  return closes.reduce(nil as Double?) { deepest, close in
    peak.fall(to: close).map { max(deepest ?? 0, $0) } ?? deepest
  }
}

/// How far each close is below the highest so far, as a fraction of that: zero at a peak.
///
/// - Parameter closes: oldest first, `nil` where one is missing; so is the fall there, and before the first close above zero.
package func falls(ofCloses closes: [Double?]) -> [Double?] {
  var peak = RunningPeak()
  return closes.map { close in close.flatMap { peak.fall(to: $0) } }
}

/// The highest close so far.
private struct RunningPeak {
  private var highest: Double?

  /// How far a close is below it, as a fraction of it; `nil` before the first close above zero.
  mutating func fall(to close: Double) -> Double? {
    if let highest, close < highest { return 1 - close / highest }
    if close > 0 { highest = close }
    return highest.map { _ in 0 }
  }
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
    var running = RunningPeak()
    var peak: Instant?
    var lowest: (at: Instant, depth: Double)?
    func fall(recovery: Instant?) {
      guard let peak, let lowest else { return }
      falls.append(Drawdown(peak: peak, trough: lowest.at, recovery: recovery, depth: lowest.depth))
    }
    for price in prices {
      guard let depth = running.fall(to: price.close) else { continue }
      if depth > 0 {
        if depth > lowest?.depth ?? 0 { lowest = (price.at, depth) }
      } else {
        fall(recovery: price.at)
        (peak, lowest) = (price.at, nil)
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
