import Market
import Rendering

/// Why there is no report.
package enum ReportError: Error, Hashable, Sendable {
  /// No asset, or none of those that were named, has a price of the day. `available` holds the days of which there is a
  /// report, as runs without a gap, oldest first.
  case noData(Day, of: [String] = [], available: [ClosedRange<Day>])
  /// Of these assets there is a bar of the whole day and none within it, of which a report is made.
  case onlyDay(Day, of: [String])
  /// The file holds no price at all, neither bars nor samples; `besides` is what it holds: `sentiment`, `fund flows`.
  case empty(besides: [String])
  /// The file holds bars of whole days and none within a day, of which a report is made.
  case onlyDays
}

extension ReportError: CustomStringConvertible {
  /// What is missing, and which command or flag helps; one line.
  package var description: String {
    switch self {
    case .noData(let day, let symbols, let available) where !available.isEmpty:
      "no prices\(ReportError.of(symbols)) are stored for \(day); there are \(ReportError.words(available)). Name one of "
        + "them with --date"
    case .noData(let day, let symbols, _) where !symbols.isEmpty:
      "no prices\(ReportError.of(symbols)) are stored for \(day), and none within any other day, of which a report is "
        + "made. `appliance show \(symbols.joined(separator: " "))` prints what there is"
    case .onlyDay(let day, let symbols):
      "only a bar of the whole day is stored\(ReportError.of(symbols)) for \(day), and a report is made of hours. "
        + "`appliance show \(symbols.joined(separator: " ")) --interval 1d --from \(day) --to \(day)` prints it"
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

  private static func of(_ symbols: [String]) -> String { symbols.isEmpty ? "" : " of " + enumeration(symbols) }

  /// The newest few stretches; a record full of gaps is not told in whole.
  private static func words(_ days: [ClosedRange<Day>]) -> String {
    let shown = days.suffix(3).map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
    }
    return enumeration(shown) + (days.count > 3 ? " and earlier days" : "")
  }
}
