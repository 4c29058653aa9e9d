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
