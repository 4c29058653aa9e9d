import Market
import Metrics
import SQLite
import Schema
import Store

/// What the runs found of a check in a stretch of days, of each subject and day the newest.
package struct QualityHistory: Sendable {
  /// One of them.
  package struct Found: Hashable, Sendable {
    /// About what.
    package let subject: QualityMeasurement.Subject
    /// The day.
    package let day: Day
    /// In the unit of the check.
    package let value: Double
    /// Rows that it comes from.
    package let observations: Int
    /// The most that was let pass when it was found; `nil` for anything.
    package let threshold: Double?
  }

  /// By subject, then by day.
  package let found: [Found]

  /// Reads it from a file, of the past what was found by then.
  ///
  /// - Parameters:
  ///   - assets: symbols; `nil` for all, and then what is about the whole and its classes too.
  package init(
    of check: QualityCheck, in days: ClosedRange<Day>, assets: Set<String>? = nil, from store: Store
  ) throws {
    let symbols = try assets.map { $0.sorted() } ?? store.catalogue.assets().map(\.symbol)
    var subjects = symbols.map(QualityMeasurement.Subject.asset)
    if assets == nil { subjects += [.all] + StatusGroup.Kind.allCases.map { .group($0.rawValue) } }
    found = try store.read { db in
      let file = Statements(db)
      return try subjects.flatMap { try QualityHistory.found(of: check, $0, in: days, file) }
    }
  }

  private static func found(
    of check: QualityCheck, _ subject: QualityMeasurement.Subject, in days: ClosedRange<Day>, _ file: Statements
  ) throws -> [Found] {
    let rows = try file.kept(QualityStatements.found)
    rows.bind(check.name, at: 1)
    rows.bind(subject.scope, at: 2)
    rows.bind(subject.name, at: 3)
    rows.bind(days.lowerBound.description, at: 4)
    rows.bind(days.upperBound.description, at: 5)
    var newest: [Day: Found] = [:]
    while try rows.step() {
      guard let day = Day(rows.text(0)) else { continue }
      newest[day] = rows.realIfAny(1).map {
        Found(
          subject: subject, day: day, value: $0, observations: Int(rows.integer(2)), threshold: rows.realIfAny(3))
      }
    }
    return newest.values.sorted { $0.day < $1.day }
  }

  /// What is to be shown of each day, oldest first: of what is counted the sum over the whole record, else the worst.
  ///
  /// - Returns: `nil` on a day on which nothing was found or measured.
  package func trend(over days: ClosedRange<Day>) -> [(day: Day, value: Double?)] {
    let byDay = Dictionary(grouping: found, by: \.day)
    return days.map { day in
      let found = byDay[day] ?? []
      return (day, found.first { $0.subject == .all }?.value ?? found.map(\.value).max())
    }
  }
}
