import Market
import Metrics
import SQLite
import Schema
import Store

/// Everything that `quality` says: each check with what is found now, against what is let pass, and how it came to that.
package struct QualityReport: Sendable {
  /// A check, and how it stands.
  package struct Line: Sendable {
    /// Which one.
    package let check: QualityCheck
    /// The most that is let pass; `nil` where the check only informs.
    package let threshold: Double?
    /// Whether the user said so.
    package let isThresholdSet: Bool
    /// What is found; `nil` where nothing could be measured.
    package let value: Double?
    /// What it is worst of; `nil` where that is the whole record, or nothing is found.
    package let worst: QualityMeasurement.Subject?
    /// The day of the worst.
    package let day: Day?
    /// Rows that were looked at.
    package let observations: Int
    /// What is beyond the threshold, worst first; without one, what is more than nothing.
    package let beyond: [QualityHistory.Found]
    /// A value for each day, oldest first.
    package let trend: [(day: Day, value: Double?)]

    /// How it stands against what is let pass.
    package var verdict: Verdict {
      guard let value else { return .unmeasured }
      return threshold.map { value > $0 ? .failed : .passed } ?? .noted
    }
  }

  /// How a check stands; the raw value is for programs.
  package enum Verdict: String, Sendable {
    case passed, failed
    /// Nothing is too much: it informs.
    case noted
    /// There is nothing to look at.
    case unmeasured
  }

  /// The instant that it is made at.
  package let now: Instant
  /// The days of which facts are looked at.
  package let days: ClosedRange<Day>
  /// In the order of the checks.
  package let lines: [Line]
  /// Series whose rows moved since a run looked at them.
  package let unchecked: Int

  /// The checks that failed.
  package var failed: [Line] { lines.filter { $0.verdict == .failed } }

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - days: of which facts are looked at, up to today.
  ///   - trend: the days of the trend, up to today.
  ///   - present: what is found of what is there now.
  ///   - assets: symbols; `nil` for all.
  package init(
    of store: Store, gates: QualityGates, days: ClosedRange<Day>, trend: ClosedRange<Day>,
    present: [QualityMeasurement], assets: Set<String>? = nil, at now: Instant
  ) throws {
    (self.now, self.days) = (now, days)
    let all = min(days.lowerBound, trend.lowerBound)...days.upperBound
    lines = try QualityCheck.all.map { check in
      let history = try QualityHistory(of: check, in: all, assets: assets, from: store)
      let found = QualityReport.found(check, history, present, in: days)
      return Line(
        check, found, history.trend(over: trend), threshold: gates[check], isSet: gates.isSet(check), on: now.day)
    }
    unchecked = try QualityReport.unchecked(store)
  }

  private static func found(
    _ check: QualityCheck, _ history: QualityHistory, _ present: [QualityMeasurement], in days: ClosedRange<Day>
  ) -> [QualityHistory.Found] {
    switch check.basis {
    case .facts: history.found.filter { days.contains($0.day) }
    case .state:
      present.filter { $0.check == check }.compactMap { one in
        one.value.map {
          QualityHistory.Found(
            subject: one.subject, day: one.day, value: $0, observations: one.observations, threshold: nil)
        }
      }
    case .schema: []
    }
  }

  private static func unchecked(_ store: Store) throws -> Int {
    try store.read { db in
      let rows = try Statements(db).kept(QualityStatements.due)
      var count = 0
      while try rows.step() { count += 1 }
      return count
    }
  }
}

extension QualityReport.Line {
  fileprivate init(
    _ check: QualityCheck, _ found: [QualityHistory.Found], _ trend: [(day: Day, value: Double?)], threshold: Double?,
    isSet: Bool, on today: Day
  ) {
    (self.check, self.trend) = (check, trend)
    (self.threshold, isThresholdSet) = (threshold, isSet)
    let whole = found.first { $0.subject == .all }
    let parts = found.filter { $0.subject != .all }
    // Of equal ones the newest, then the first by name.
    let worst = parts.max { ($0.value, $0.day, $1.subject.name) < ($1.value, $1.day, $0.subject.name) }
    let isSum = if case .count = check.unit, check.basis == .facts { true } else { false }
    value =
      check.basis == .schema
      ? 0 : whole?.value ?? (isSum && !parts.isEmpty ? parts.reduce(0) { $0 + $1.value } : worst?.value)
    self.worst = worst.flatMap { $0.value > 0 ? $0.subject : nil }
    day = worst.flatMap { $0.value > 0 ? $0.day : nil }
    observations = whole?.observations ?? parts.reduce(0) { $0 + $1.observations }
    beyond = parts.filter { $0.value > (threshold ?? 0) }.sorted {
      ($1.value, $0.subject.name, $0.day) < ($0.value, $1.subject.name, $1.day)
    }
  }
}
