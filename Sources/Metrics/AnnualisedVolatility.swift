import Market

/// What `annualisedVolatility(ofHourlyReturns:)` looks at and demands.
package enum VolatilityWindow {
  /// Seven days: the window ends with the last bar and holds at most one return an hour.
  package static let hours: Int64 = 168
  /// Under this many returns there is no volatility.
  package static let minimumReturns = 160
  /// Hours of a year of 365 days; crypto trades in all of them.
  package static let hoursPerYear = 8760.0
}

/// Realised volatility: the sample standard deviation (n − 1) of hourly log returns × √8760, a fraction a year.
///
/// Scaling by the root of time supposes returns that do not depend on each other; Hull, *Options, Futures, and Other
/// Derivatives*, "Estimating volatility from historical data".
///
/// - Parameter returns: log returns over one hour each, of at most `VolatilityWindow.hours` hours; the order
///   decides the last bit of the sum, so give them oldest first.
/// - Returns: `nil` for fewer than `VolatilityWindow.minimumReturns` returns.
package func annualisedVolatility(ofHourlyReturns returns: some Collection<Double>) -> Double? {
  guard returns.count >= VolatilityWindow.minimumReturns else { return nil }
  return sampleStandardDeviation(returns).map { $0 * VolatilityWindow.hoursPerYear.squareRoot() }
}

/// Realised volatility of the 168 h that end with the last bar.
///
/// A return counts where it leads from a bar to the bar that opens exactly one hour later; a hole in the bars is a
/// hole in the returns. 168 returns need the close before the window as well, so 169 bars.
///
/// - Parameter bars: hourly bars by open time, oldest first; older ones than the window are ignored.
/// - Returns: `nil` for fewer than `VolatilityWindow.minimumReturns` returns.
package func annualisedVolatility(ofHourlyBars bars: some BidirectionalCollection<Bar>) -> Double? {
  guard let last = bars.last else { return nil }
  let start = last.openTime - VolatilityWindow.hours * 3600
  let window = bars.reversed().prefix { $0.openTime >= start }.reversed()
  return annualisedVolatility(ofHourlyReturns: zip(window, window.dropFirst()).compactMap(hourlyLogReturn))
}

/// The log return between two bars, or `nil` unless the later one opens exactly an hour after the earlier.
func hourlyLogReturn(from earlier: Bar, to later: Bar) -> Double? {
  later.openTime - earlier.openTime == 3600 ? logReturn(from: earlier.close, to: later.close) : nil
}
