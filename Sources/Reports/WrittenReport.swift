import Market
import Rendering

/// A report that is written for people and for programs from the same facts.
package protocol WrittenReport: Sendable {
  /// For people.
  var document: Document { get }
  /// For programs: fractions instead of per cent, instants in UTC.
  func json() -> JSONValue
}

extension DailyReport: WrittenReport {}
