import Market

/// Why there is no report.
package enum ReportError: Error, Hashable, Sendable {
  /// No asset has a snapshot of the day. `available` is the first and the last day that has one.
  case noData(Day, available: ClosedRange<Day>?)
  /// The file holds no snapshot at all.
  case empty
}

extension ReportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noData(let day, let days?) where days.lowerBound == days.upperBound:
      "no prices are stored for \(day); the only day with data is \(days.lowerBound). Name it with --date"
    case .noData(let day, let days?):
      "no prices are stored for \(day); there are days from \(days.lowerBound) to \(days.upperBound). "
        + "Name one of them with --date"
    case .noData(_, nil), .empty:
      "there is no day to report on yet: no prices are stored. `appliance ingest` brings them"
    }
  }
}
