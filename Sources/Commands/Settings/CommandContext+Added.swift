import Market
import Rendering

extension CommandContext {
  /// `DEFAULT_DAYS`; `nil` where it is not set.
  func defaultDays() throws -> Int? {
    guard let text = settings[.defaultDays] else { return nil }
    guard let days = Int(text), (1...36_500).contains(days) else {
      throw Failure(.usage, "DEFAULT_DAYS: '\(shown(text))' is no number of days from 1 to 36500")
    }
    return days
  }

  /// `KEEP_FEED_BODIES`: whether the bytes of feeds stay for ever.
  func keepsFeedBodies() throws -> Bool {
    switch settings[.keepFeedBodies] ?? "90d" {
    case "forever": return true
    case "90d": return false
    case let text:
      throw Failure(.usage, "KEEP_FEED_BODIES: '\(shown(text))' is neither 90d nor forever")
    }
  }

  /// `DEFAULT_INTERVAL`: the interval of a series that is added without one.
  package func defaultInterval() throws -> Interval {
    let text = settings[.defaultInterval] ?? ""
    guard let interval = Interval(spoken: text) else {
      throw Failure(
        .usage,
        "DEFAULT_INTERVAL: '\(shown(text))' is no length of a bar; there are "
          + Interval.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return interval
  }
}
