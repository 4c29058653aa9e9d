import CSQLite
import GRDB
import Market
import SQLite

/// Writes rows of a kind so that a second time changes nothing; what is replaced is kept.
struct KindMerge {
  let kind: Kind
  let series: StoredSeries
  let fetch: FetchID
  let replacedAt: Instant

  /// - Parameter covers: the stretch for which the rows are all there is, where they are.
  /// - Throws: also for a row that has not the columns of its kind.
  func run(_ rows: [FactRow], covers: ClosedRange<Instant>? = nil, _ db: Database) throws -> RowChanges {
    let table = KindTable(kind)
    var changes = RowChanges()
    let standing = try StandingRows(table, in: series, db)
    for row in rows {
      try check(row)
      let time = (row.key.at ?? Instant(epochSeconds: 0)).epochSeconds
      switch try standing?.look(at: row) {
      case .same:
        changes.unchanged += 1
        continue
      case .missing where !kind.history.hasVintages:
        try standing?.add(row, from: fetch)
        changes.addNew(time)
        continue
      case .missing, .other, nil: break
      }
      let cells = try cells(of: row.key, table, db)
      guard let old = try table.row(cells, db) else {
        if let values = try table.lastPublished(before: cells, db), values == row.values {
          changes.unchanged += 1
          continue
        }
        try table.write(cells, row.values, from: fetch, db)
        changes.addNew(time)
        continue
      }
      if kind.isSame(old.values, row.values) {
        changes.unchanged += 1
        continue
      }
      let history = try history(of: FactRow(key: row.key, values: old.values), table, db)
      try table.keep(old, cells, in: history, replacedBy: fetch, at: replacedAt, db)
      try table.write(cells, row.values, from: fetch, db)
      changes.addChanged(time)
    }
    if let covers { try withdraw(allBut: rows, in: covers, &changes, db) }
    try kind.followUp?(changes, series.id, db)
    return changes
  }

  /// Notes of what is still to come, and is not told any more, that it was withdrawn.
  private func withdraw(
    allBut rows: [FactRow], in covers: ClosedRange<Instant>, _ changes: inout RowChanges, _ db: Database
  ) throws {
    guard let withdrawal = kind.withdrawal, let column = kind.shape.index(of: withdrawal.column) else { return }
    let table = KindTable(kind)
    let told = Set(rows.map(\.key))
    for key in try table.keys(toComeIn: covers, of: series, withdrawal, at: replacedAt, db) where !told.contains(key) {
      let cells = try cells(of: key, table, db)
      guard let old = try table.row(cells, db) else { continue }
      var values = old.values
      values[column] = .whole(1)
      try table.keep(old, cells, in: table.restatements, replacedBy: fetch, at: replacedAt, db)
      try table.write(cells, values, from: fetch, db)
      changes.addChanged((key.at ?? Instant(epochSeconds: 0)).epochSeconds)
    }
  }

  private func check(_ row: FactRow) throws {
    guard row.key.parts.count == kind.shape.key.count, row.values.count == kind.shape.values.count, row.key.at != nil
    else {
      throw StoreError.sqlite(
        code: SQLITE_MISMATCH, message: "a row of \(series.key) has not the columns of \(kind.dataset.rawValue)")
    }
  }

  /// A text without a number gets one.
  private func cells(of key: FactKey, _ table: KindTable, _ db: Database) throws -> StatementArguments {
    if let cells = try table.cells(of: key, in: series, db) { return cells }
    for (column, part) in zip(kind.shape.key, key.parts) {
      if case .text(let text) = part { try kind.lookups[column.name]?.insert(text, series, db) }
    }
    guard let cells = try table.cells(of: key, in: series, db) else {
      throw StoreError.sqlite(code: 1, message: "\(key.text ?? "a text") is not there after it was stored")
    }
    return cells
  }

  private func history(of old: FactRow, _ table: KindTable, _ db: Database) throws -> String {
    guard case .provisional(let provisional, let isFinal) = kind.history else { return table.restatements }
    return try isFinal(old, series.id, replacedAt, db) ? table.restatements : provisional
  }

  /// What storing the rows would come to.
  ///
  /// - Parameter rows: of the kind of the series.
  static func comparison(
    of rows: [FactRow], kind: Kind, in series: StoredSeries, _ db: Database
  ) throws -> StepCounts {
    let table = KindTable(kind)
    var counts = StepCounts()
    for row in rows {
      let stored = try table.cells(of: row.key, in: series, db).flatMap { cells in
        let standing = try table.row(cells, db)?.values
        // A vintage that says nothing new is none.
        return try standing ?? table.lastPublished(before: cells, db).flatMap { $0 == row.values ? $0 : nil }
      }
      switch stored.map({ kind.isSame($0, row.values) }) {
      case nil: counts.new += 1
      case true?: counts.unchanged += 1
      case false?: counts.changed += 1
      }
    }
    return counts
  }
}

extension Kind {
  /// Of each value whether another one there says something else.
  var isCompared: [Bool] { shape.values.map { !echoes.contains($0.field) } }

  /// Whether two rows of a key say the same.
  func isSame(_ values: [FigureValue], _ others: [FigureValue]) -> Bool {
    if echoes.isEmpty { return values == others }
    return zip(isCompared, zip(values, others)).allSatisfy { !$0.0 || $0.1.0 == $0.1.1 }
  }
}
