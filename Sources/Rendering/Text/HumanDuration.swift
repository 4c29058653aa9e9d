/// A stretch of time for people, in its two largest units: `45 s`, `12 min`, `3 h 12 min`, `1 d 4 h`; from two days
/// on whole days only. What is left over is cut off, not rounded: an age of 59 s is not yet a minute.
///
/// A negative stretch (an instant still to come) bears a minus.
package func humanDuration(seconds: Int64) -> String {
  let magnitude = seconds.magnitude
  return (seconds < 0 ? "−" : "") + durationText(magnitude)
}

/// As `humanDuration(seconds:)`, and finer under ten seconds: `340 ms`, `1.2 s`.
package func humanDuration(_ duration: Duration) -> String {
  let (seconds, attoseconds) = duration.components
  let precise = Double(seconds) + Double(attoseconds) / 1e18
  switch precise {
  case 0..<0.9995: return "\(fixedText(precise * 1000, decimals: 0)) ms"
  case 0.9995..<9.95: return "\(fixedText(precise, decimals: 1)) s"
  default: return humanDuration(seconds: seconds)
  }
}

private func durationText(_ seconds: UInt64) -> String {
  switch seconds {
  case ..<60: "\(seconds) s"
  case ..<3600: "\(seconds / 60) min"
  case ..<86_400: twoUnits(seconds / 3600, "h", seconds / 60 % 60, "min")
  case ..<172_800: twoUnits(seconds / 86_400, "d", seconds / 3600 % 24, "h")
  default: "\(seconds / 86_400) d"
  }
}

private func twoUnits(_ large: UInt64, _ largeUnit: String, _ small: UInt64, _ smallUnit: String) -> String {
  small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
}
