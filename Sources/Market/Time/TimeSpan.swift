/// A length of time: `30m`, `24h`, `90d`, `2w`, `10y`.
package struct TimeSpan: Hashable, Sendable {
  /// Its length.
  package let seconds: Int64

  /// Reads one; `nil` for any other text.
  package init?(_ text: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_557_600]
    guard let last = text.last, let unit = units[last],
      text.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
      let count = Int64(text.dropLast()), count > 0
    else { return nil }
    let (seconds, overflows) = count.multipliedReportingOverflow(by: unit)
    // A thousand years reach back before every market.
    guard !overflows, seconds <= 1000 * 31_557_600 else { return nil }
    self.seconds = seconds
  }

  /// So many seconds.
  package init(seconds: Int64) { self.seconds = seconds }
  /// So many hours.
  package static func hours(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 3600) }
  /// So many days of 24 hours.
  package static func days(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 86_400) }
}

extension TimeSpan: CustomStringConvertible {
  /// `24 h`, `30 days`, `10 years`; as people say it, not in the largest units.
  package var description: String {
    if seconds % 31_557_600 == 0 { return TimeSpan.counted(seconds / 31_557_600, "year") }
    if seconds % 86_400 == 0, seconds > 86_400 { return TimeSpan.counted(seconds / 86_400, "day") }
    if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
    return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
  }

  private static func counted(_ count: Int64, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
}
