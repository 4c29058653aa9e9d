/// The length of a bar.
package enum Interval: String, CaseIterable, Hashable, Sendable {
  case minute1 = "1m"
  case minute5 = "5m"
  case minute15 = "15m"
  case minute30 = "30m"
  case hour1 = "1h"
  case hour4 = "4h"
  case day1 = "1d"
  case week1 = "1w"

  /// Its length in seconds; a day has 86,400 and a week seven of them, since all is UTC.
  package var seconds: Int64 {
    switch self {
    case .minute1: 60
    case .minute5: 300
    case .minute15: 900
    case .minute30: 1800
    case .hour1: 3600
    case .hour4: 14_400
    case .day1: 86_400
    case .week1: 604_800
    }
  }
}

extension Interval: CustomStringConvertible {
  /// `1h`
  package var description: String { rawValue }
}

extension Interval {
  /// As people write it: `5m`, `5min`, `60min`, `minute`, `hour`, `daily`, `1w`. The one place that knows such words.
  ///
  /// - Returns: `nil` for what is no length of a bar of ours: `7m`, and `1M`, which means a month elsewhere.
  package init?(spoken text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    var unit = text.dropFirst(digits.count)
    if unit.first == "-" || unit.first == " " { unit = unit.dropFirst() }
    guard unit != "M", let seconds = Interval.units[unit.lowercased()],
      let count = Int64(digits.isEmpty ? "1" : digits),
      digits.isEmpty == false || unit.count > 1, count <= 1440,
      let interval = Interval.allCases.first(where: { $0.seconds == count * seconds })
    else { return nil }
    self = interval
  }

  private static let units: [String: Int64] = [
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600,
    "hourly": 3600, "d": 86_400, "day": 86_400, "days": 86_400, "daily": 86_400, "w": 604_800, "week": 604_800,
    "weeks": 604_800, "weekly": 604_800,
  ]
}
