import Market
import Rendering

/// Why there is no report.
package enum ReportError: Error, Hashable, Sendable {
  /// No asset has a snapshot of the day. `available` holds the days that have one, as runs without a gap, oldest
  /// first.
  case noData(Day, available: [ClosedRange<Day>])
  /// The file holds no price at all, neither bars nor samples; `besides` is what it holds: `sentiment`, `fund flows`.
  case empty(besides: [String])
  /// The file holds bars of whole days and none within a day, of which a report is made.
  case onlyDays
}

extension ReportError: CustomStringConvertible {
  /// What is missing, and which command or flag helps; one line.
  package var description: String {
    switch self {
    case .noData(let day, let available) where !available.isEmpty:
      "no prices are stored for \(day); there are \(ReportError.words(available)). Name one of them with --date"
    case .empty(let besides) where !besides.isEmpty:
      "there is no day to report on yet: \(enumeration(besides)) are stored, but no prices, neither bars nor samples. "
        + "`appliance ingest --only prices` brings them"
    case .onlyDays:
      "there is no day to report on yet: only bars of whole days are stored, and a report is made of hours. "
        + "`appliance ingest --only prices` brings those of the coins that are followed"
    case .noData, .empty:
      "there is no day to report on yet: no prices are stored. `appliance ingest` brings them"
    }
  }

  /// The newest few stretches; a record full of gaps is not told in whole.
  private static func words(_ days: [ClosedRange<Day>]) -> String {
    let shown = days.suffix(3).map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
    }
    return enumeration(shown) + (days.count > 3 ? " and earlier days" : "")
  }
}
