import Market

/// How many bars of an interval a year has: by what a figure of one bar is made one of a year.
///
/// A market that never closes has 365 days and 8,760 hours; one with sessions 252 days of six and a half hours each, and
/// 52 weeks.
///
/// - Parameters:
///   - interval: the length of a bar.
///   - hasSessions: whether the market closes.
package func periodsPerYear(of interval: Interval, hasSessions: Bool) -> Double {
  guard hasSessions else { return 365 * 86_400 / Double(interval.seconds) }
  return switch interval {
  case .day1: 252
  case .week1: 52
  default: 252 * 6.5 * 3600 / Double(interval.seconds)
  }
}
