import Market
import Metrics
import SQLite
import Schema
import Store

/// Looks at what moved since it was looked at last, and keeps what was found.
package struct QualityMeasures {
  private let store: Store
  private let gates: QualityGates
  private let now: Instant

  /// - Parameters:
  ///   - gates: kept beside each value, as they are in force now.
  ///   - now: when it is found.
  package init(_ store: Store, gates: QualityGates, now: Instant) {
    (self.store, self.gates, self.now) = (store, gates, now)
  }

  /// The note of what was looked at last. It tells of work that was done, and of nothing that the record holds.
  private static let note = Store.measuredNote

  /// What the file looks like to whoever asks whether anything moved: the same text, nothing did.
  private func state() throws -> (text: String, hasDue: Bool) {
    try store.read { db in
      let moved = try Statements(db).kept(QualityStatements.movements)
      guard try moved.step() else { return ("", true) }
      return ("\(now.day) \(moved.integer(1)) \(moved.integer(2))", moved.integer(0) == 1)
    }
  }

  /// Whether nothing moved since it was all looked at on this day.
  package func isSettled() throws -> Bool {
    let state = try state()
    return try !state.hasDue && store.meta(Self.note) == state.text
  }

  /// Checks the rows that moved, and keeps that and what was found of what is there now.
  ///
  /// - Parameter present: found at `now`.
  /// - Returns: how many results were written, as nobody had found the same of that subject and day.
  package func perform(with present: [QualityMeasurement] = []) throws -> Int {
    var written = try checkMovedRows()
    if !present.isEmpty {
      let subjects = Dictionary(grouping: present) { Key(check: $0.check, subject: $0.subject) }
      let known = try knownAssets(of: Set(present.map(\.check)))
      written += try store.write { db in
        let log = try QualityLog(gates: gates, now: now, Statements(db))
        var count = 0
        for (key, found) in subjects { count += try log.note(found, of: key.check, key.subject, in: now.day...now.day) }
        // What had something earlier today and has nothing now.
        for key in known where subjects[key] == nil {
          let none = QualityMeasurement(key.check, of: key.subject, on: now.day, 0, observations: 0)
          count += try log.note([none], of: key.check, key.subject, in: now.day...now.day)
        }
        return count
      }
    }
    try store.setMeta(Self.note, try state().text)
    return written
  }

  private struct Key: Hashable {
    let check: QualityCheck
    let subject: QualityMeasurement.Subject
  }

  /// The assets of which a check found something today.
  private func knownAssets(of checks: Set<QualityCheck>) throws -> [Key] {
    try store.read { db in
      var keys: [Key] = []
      for check in checks {
        let rows = try Statements(db).kept(QualityStatements.foundOfAll)
        rows.bind(check.name, at: 1)
        rows.bind("asset", at: 2)
        rows.bind(now.day.description, at: 3)
        rows.bind(now.day.description, at: 4)
        while try rows.step() { keys.append(Key(check: check, subject: .asset(rows.text(0)))) }
      }
      return keys
    }
  }

  // MARK: Rows that moved

  /// Which days of which asset are to be looked at.
  private struct Stretch {
    let asset: String
    let days: ClosedRange<Day>
  }

  private func checkMovedRows() throws -> Int {
    let all = try store.catalogue.series()
    let due = try due()
    let stretches = self.stretches(of: due, among: all)
    guard !due.isEmpty else { return 0 }
    let found = try stretches.map { stretch in
      (
        stretch,
        try FactChecks(store: store, asset: stretch.asset, series: all.filter { $0.asset == stretch.asset })
          .measurements(in: stretch.days)
      )
    }
    return try store.write { db in
      let file = Statements(db)
      let log = try QualityLog(gates: gates, now: now, file)
      var written = 0
      for (stretch, checks) in found {
        for (check, measurements) in checks {
          written += try log.note(measurements, of: check, .asset(stretch.asset), in: stretch.days)
        }
      }
      try file.run(QualityStatements.settle)
      return written
    }
  }

  /// The rows of each series that were not looked at.
  private func due() throws -> [SeriesID: ClosedRange<Instant>] {
    try store.read { db in
      let rows = try Statements(db).kept(QualityStatements.due)
      var due: [SeriesID: ClosedRange<Instant>] = [:]
      while try rows.step() {
        due[SeriesID(rows.integer(0))] = Instant(epochSeconds: rows.integer(1))...Instant(epochSeconds: rows.integer(2))
      }
      return due
    }
  }

  private func stretches(of due: [SeriesID: ClosedRange<Instant>], among all: [StoredSeries]) -> [Stretch] {
    var days: [String: ClosedRange<Day>] = [:]
    for one in all {
      guard let asset = one.asset, let span = due[one.id]?.clamped(to: Instant.representable) else { continue }
      let (first, last) = (span.lowerBound.day, span.upperBound.day)
      days[asset] = min(first, days[asset]?.lowerBound ?? first)...max(last, days[asset]?.upperBound ?? last)
    }
    return days.sorted { $0.key < $1.key }.map { Stretch(asset: $0.key, days: $0.value) }
  }
}

extension QualityMeasures {
  /// Looks at all days of all assets in a file that was made anew, and keeps what is found where the file that it was made
  /// from says otherwise: nothing, where that is right.
  ///
  /// Rows that nobody had looked at there are left out: what is kept of their days is not known to be right.
  func repeatAll() throws {
    let all = try store.catalogue.series()
    let waiting = try due()
    let days = Instant.representable.lowerBound.day...Instant.representable.upperBound.day
    for asset in Set(all.compactMap(\.asset)).sorted() {
      let series = all.filter { $0.asset == asset }
      let left = stretches(of: waiting, among: series).first?.days
      let found = try FactChecks(store: store, asset: asset, series: series).measurements(in: days)
      try store.write { db in
        let log = try QualityLog(gates: gates, now: now, Statements(db))
        for (check, measurements) in found {
          _ = try log.note(measurements, of: check, .asset(asset), in: days) { left?.contains($0) ?? false }
        }
      }
    }
  }
}
