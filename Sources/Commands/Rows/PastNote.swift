import Market
import Rendering
import Store

extension RowFormat {
  /// What stands above rows that show the file as it was known at an earlier instant, in a format that has comments or is
  /// for people. CSV, JSON and NDJSON hold rows and nothing else; a table is headed on standard error.
  func note(asOf instant: Instant?) -> String? {
    guard let instant else { return nil }
    let words = "As known on \(instant); what was answered later is left out."
    return switch self {
    case .sql: "-- \(words)\n"
    case .ledger: "; \(words)\n"
    case .md: "\(words)\n\n"
    case .csv, .json, .ndjson, .table: nil
    }
  }
}
