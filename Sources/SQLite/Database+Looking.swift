import CSQLite
import GRDB

/// What SQLite looks at by itself in each row that is written, and what may be left to whoever writes a million of them.
package struct RowChecks: OptionSet, Sendable {
  package let rawValue: Int

  /// Some of them.
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Whether the rows are there that a row names.
  package static let references = RowChecks(rawValue: 1)
  /// What the CHECKs of its table say.
  package static let constraints = RowChecks(rawValue: 2)
  /// Both.
  package static let all: RowChecks = [.references, .constraints]
}

extension Database {
  /// Has SQLite not look; whoever writes does instead. Means nothing within a transaction.
  ///
  /// - Returns: what it did look at until now, for `lookAgain`; where it is nothing, nothing was switched. Each switch has
  ///   every statement that the connection keeps prepared anew.
  package func stopLooking(at checks: RowChecks) throws -> RowChecks {
    let checks = checks.intersection(try rowChecks())
    try switchLooking(at: checks, false)
    return checks
  }

  /// Has SQLite look again at what it was told to leave to others.
  package func lookAgain(at checks: RowChecks) throws { try switchLooking(at: checks, true) }

  /// What SQLite looks at now.
  package func rowChecks() throws -> RowChecks {
    let references = try DirectStatement(keptBy: self, "PRAGMA foreign_keys")
    let constraints = try DirectStatement(keptBy: self, "PRAGMA ignore_check_constraints")
    var checks: RowChecks = []
    if try references.step(), references.integer(0) == 1 { checks.insert(.references) }
    if try constraints.step(), constraints.integer(0) == 0 { checks.insert(.constraints) }
    return checks
  }

  private func switchLooking(at checks: RowChecks, _ isOn: Bool) throws {
    if checks.contains(.references) { try execute(sql: "PRAGMA foreign_keys = \(isOn ? "ON" : "OFF")") }
    if checks.contains(.constraints) { try execute(sql: "PRAGMA ignore_check_constraints = \(isOn ? "OFF" : "ON")") }
  }
}
