import Market
import SQLite

/// Why a decision about a refused row could not be carried out; nothing was changed.
package enum DecisionError: Error, Hashable, Sendable {
  case unknown(QuarantineID)
  case decided(QuarantineID, QuarantinedRow.State)
  /// It is no row that could be stored.
  case noFact(QuarantineID, reason: String)
  /// There is a row of that key already.
  case present(QuarantineID, SeriesKey, Instant, FetchID)
}

extension DecisionError: CustomStringConvertible {
  /// What stands in the way, and the command that helps; names the row by its number.
  package var description: String {
    switch self {
    case .unknown(let id):
      "no row \(id.rawValue) is in quarantine; `appliance quarantine list --all` shows those that are"
    case .decided(let id, let state):
      "row \(id.rawValue) was \(state.rawValue) before; a decision stands"
    case .noFact(let id, let reason):
      "row \(id.rawValue) cannot be released: \(reason). `appliance quarantine drop \(id.rawValue)` sets it aside"
    case .present(let id, let series, let at, let fetch):
      "row \(id.rawValue) cannot be released: \(series) has a row of \(at) already, from fetch \(fetch.rawValue). "
        + "`appliance quarantine drop \(id.rawValue)` sets the refused one aside"
    }
  }
}
