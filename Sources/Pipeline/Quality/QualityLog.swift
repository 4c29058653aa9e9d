import Market
import Metrics
import SQLite
import Schema

/// What the runs found, as the file keeps it: a measurement is written where it says otherwise than the newest of its
/// check, subject and day.
struct QualityLog {
  let gates: QualityGates
  /// The run that finds it.
  let run: Int64
  let now: Instant
  let file: Statements

  init(gates: QualityGates, now: Instant, _ file: Statements) throws {
    (self.gates, self.now, self.file) = (gates, now, file)
    let last = try file.kept(QualityStatements.run)
    run = try last.step() ? last.integer(0) : 0
  }

  private struct Found: Equatable {
    let value: Double?
    let observations: Int
  }

  /// - Parameter days: all days that were looked at: one of which something was found once and nothing is now is noted to
  ///   have nothing any more.
  /// - Returns: how many were written.
  func note(
    _ measurements: [QualityMeasurement], of check: QualityCheck, _ subject: QualityMeasurement.Subject,
    in days: ClosedRange<Day>, besides isLeftOut: (Day) -> Bool = { _ in false }
  ) throws -> Int {
    let known = try found(of: check, subject, in: days)
    let measured = Dictionary(measurements.map { ($0.day, $0) }) { first, _ in first }
    var written = 0
    for measurement in measurements where !isLeftOut(measurement.day) {
      let found = Found(value: measurement.value, observations: measurement.observations)
      guard known[measurement.day] != found else { continue }
      try write(measurement)
      written += 1
    }
    for (day, found) in known where found.value != nil && measured[day] == nil && !isLeftOut(day) {
      try write(QualityMeasurement(check, of: subject, on: day, nil, observations: 0))
      written += 1
    }
    return written
  }

  private func found(
    of check: QualityCheck, _ subject: QualityMeasurement.Subject, in days: ClosedRange<Day>
  ) throws -> [Day: Found] {
    let rows = try file.kept(QualityStatements.found)
    bind(check, subject, to: rows)
    rows.bind(days.lowerBound.description, at: 4)
    rows.bind(days.upperBound.description, at: 5)
    var found: [Day: Found] = [:]
    while try rows.step() {
      guard let day = Day(rows.text(0)) else { continue }
      found[day] = Found(value: rows.realIfAny(1), observations: Int(rows.integer(2)))
    }
    return found
  }

  private func write(_ measurement: QualityMeasurement) throws {
    let row = try file.kept(QualityStatements.write)
    bind(measurement.check, measurement.subject, to: row)
    row.bind(measurement.day.description, at: 4)
    row.bind(run, at: 5)
    row.bind(measurement.value, at: 6)
    row.bind(Int64(measurement.observations), at: 7)
    row.bind(gates[measurement.check], at: 8)
    row.bind(now.epochSeconds, at: 9)
    try row.run()
  }

  private func bind(
    _ check: QualityCheck, _ subject: QualityMeasurement.Subject, to statement: borrowing DirectStatement
  ) {
    statement.bind(check.name, at: 1)
    statement.bind(subject.scope, at: 2)
    statement.bind(subject.name, at: 3)
  }
}
