import Market
import Rendering

/// Why there is no report.
package enum ReportError: Error, Hashable, Sendable {
  /// No asset, or none of those that were named, has a price of the day. `available` holds the days of which there is a
  /// report, as runs without a gap, oldest first.
  case noData(Day, of: [String] = [], available: [ClosedRange<Day>])
  /// The file holds no price at all, neither bars nor samples; `besides` is what it holds: `sentiment`, `fund flows`.
  case empty(besides: [String])
  /// There is no daily bar of an asset, up to a day where one was named.
  case noDays(of: String, Day?)
  /// There are bars, and their days were not computed yet, as after an import.
  case waiting(of: [String])
}

extension ReportError: CustomStringConvertible {
  /// What is missing, and which command or flag helps; one line.
  package var description: String {
    switch self {
    case .noData(let day, let symbols, let available) where !available.isEmpty:
      "no prices\(ReportError.of(symbols)) are stored for \(day); there are \(ReportError.words(available)). Name one of "
        + "them with --date"
    case .noData(let day, let symbols, _) where !symbols.isEmpty:
      "no prices\(ReportError.of(symbols)) are stored for \(day), and no other day of it was computed. "
        + "`appliance show \(symbols.joined(separator: " "))` prints what there is"
    case .empty(let besides) where !besides.isEmpty:
      "there is no day to report on yet: \(enumeration(besides)) are stored, but no prices, neither bars nor samples. "
        + "`appliance ingest --only prices` brings them"
    case .waiting(let symbols):
      "there is no day\(ReportError.of(symbols)) to report on yet: bars are stored, and their days wait to be computed. "
        + "`appliance ingest --offline` does it and asks nobody"
    case .noDays(let symbol, let day):
      "no daily bars of \(symbol) are stored\(day.map { " up to \($0)" } ?? ""). `appliance ingest --asset \(symbol)` "
        + "asks for them"
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
