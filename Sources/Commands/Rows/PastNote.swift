import Market
import Rendering
import Store

extension RowFormat {
  /// What stands above rows that show the file as it was known at an earlier instant, or restated prices, in a format that has comments or is
  /// for people. CSV, JSON and NDJSON hold rows and nothing else; a table is headed on standard error.
  func note(asOf instant: Instant?, _ adjustment: Adjustment? = nil) -> String? {
    let past = instant.map { "As known on \($0); what was answered later is left out." }
    let words = [past, adjustment.map { "Prices \($0.words)." }].compactMap { $0 }.joined(separator: " ")
    guard !words.isEmpty else { return nil }
    return switch self {
    case .sql: "-- \(words)\n"
    case .ledger: "; \(words)\n"
    case .md: "\(words)\n\n"
    case .csv, .json, .ndjson, .table: nil
    }
  }
}
