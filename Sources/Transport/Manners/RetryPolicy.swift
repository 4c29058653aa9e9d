/// How long to wait for a provider. Pure.
enum RetryPolicy {
  /// A provider, or a quota, that wants us to wait longer than this many seconds is not waited for.
  static let longestWait: Int64 = 60
  /// Seconds for which a provider is left alone that said "too often" in all tries and never for how long.
  static let silence: Int64 = 60

  /// One second after the first try, two after the second, each shortened at random by up to a half, so that many
  /// askers do not come back at the same time.
  ///
  /// - Parameter random: from 0 up to 1.
  static func backOff(afterTry number: Int, random: Double) -> Duration {
    .seconds(1) * (1 << min(max(number - 1, 0), 8)) * (0.5 + 0.5 * min(max(random, 0), 1))
  }
}
