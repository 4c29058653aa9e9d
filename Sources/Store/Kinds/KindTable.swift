import GRDB
import Market
import SQLite

/// The table of a kind: its columns as SQL spells them, and its rows read and written by their key.
struct KindTable: Sendable {
  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  var name: String { kind.dataset.rawValue }
  var restatements: String { name + "_restatement" }

  /// The tables that keep what a later answer replaced: restatements first.
  var histories: [String] {
    if case .provisional(let table, _) = kind.history { [restatements, table] } else { [restatements] }
  }

  /// The columns of the key within a series.
  var keyColumns: [String] { kind.shape.key.map { kind.lookups[$0.name]?.column ?? $0.name } }
  /// The whole key, as columns.
  var keys: [String] { ["series_id"] + keyColumns }
  /// The figures, as columns.
  var values: [String] { kind.shape.fields.map(\.rawValue) }

  /// The column of the key that holds the time.
  var time: String { timeColumn.name }
  var isDaily: Bool { timeColumn.kind == .day }

  /// A shape has one, by which rows are counted and ordered.
  private var timeColumn: FactShape.KeyColumn {
    kind.shape.key.first { $0.kind != .text } ?? FactShape.KeyColumn("rowid", .instant)
  }

  /// How many rows there are, and the first and the last time as epoch seconds: what `series` keeps of them.
  var counters: String {
    (["count(*)"] + ["min(\(time))", "max(\(time))"].map(seconds)).joined(separator: ", ")
  }

  /// The keys of a series in a stretch, as epoch seconds, in order: binds series, first, last.
  var keysInSpan: String {
    isDaily
      ? """
      SELECT DISTINCT \(seconds(time)) FROM \(name)
      WHERE series_id = ? AND \(time) BETWEEN date(?, 'unixepoch') AND date(?, 'unixepoch') ORDER BY 1
      """ : "SELECT \(time) FROM \(name) WHERE series_id = ? AND \(time) BETWEEN ? AND ? ORDER BY \(time)"
  }

  /// How many keys of a series from a first to a last one lie whole spacings behind the first: binds series, first, last,
  /// spacing. `nil` where keys are days.
  var evenKeyCountInSpan: String? {
    isDaily
      ? nil
      : "SELECT count(*) FROM \(name) WHERE series_id = ?1 AND \(time) BETWEEN ?2 AND ?3 AND (\(time) - ?2) % ?4 = 0"
  }

  private func seconds(_ column: String) -> String { isDaily ? "CAST(strftime('%s', \(column)) AS INTEGER)" : column }

  /// The condition that finds one row: binds the series, then the key.
  var isKey: String { keys.map { "\($0) = ?" }.joined(separator: " AND ") }

  /// A time as its column holds it.
  func timeValue(_ at: Instant) -> any DatabaseValueConvertible { isDaily ? at.day.description : at.epochSeconds }

  /// The figures of a row, in the order of the columns.
  func figures(_ row: Row) -> [FigureValue] {
    kind.shape.values.map { column in
      switch column.kind {
      case .text: FigureValue(row[column.field.rawValue] as String?)
      case .whole: FigureValue(row[column.field.rawValue] as Int64?)
      case .real: FigureValue(row[column.field.rawValue] as Double?)
      }
    }
  }
}

// MARK: - Keys

extension KindTable {
  /// What follows FROM where the texts of keys are wanted and not numbers: `etf_flow JOIN etf USING (etf_id)`.
  func joined(_ table: String) -> String {
    table + kind.lookups.values.sorted { $0.table < $1.table }.map { " JOIN \($0.table) USING (\($0.column))" }.joined()
  }

  /// The columns of the key, with texts in place of numbers, under the names of the shape; for `joined`.
  var spelledKey: [String] {
    kind.shape.key.map { column in kind.lookups[column.name].map { "\($0.table).\($0.text)" } ?? column.name }
  }

  /// The key of a row read with `spelledKey`.
  func key(_ row: Row) throws -> FactKey {
    FactKey(
      try kind.shape.key.map { column -> FactKey.Part in
        let name = kind.lookups[column.name]?.text ?? column.name
        switch column.kind {
        case .instant: return .instant(Instant(epochSeconds: row[name]))
        case .text: return .text(row[name])
        case .day:
          guard let day = Day(row[name] as String) else {
            throw StoreError.corrupt(path: self.name, detail: "'\(row[name] as String)' is no \(column.name)")
          }
          return .day(day)
        }
      })
  }

  /// A key as the columns hold it, the series first; `nil` where a text of it has no number yet.
  func cells(of key: FactKey, in series: StoredSeries, _ db: Database) throws -> StatementArguments? {
    var cells: [any DatabaseValueConvertible] = [series.id.rawValue]
    for (column, part) in zip(kind.shape.key, key.parts) {
      switch part {
      case .instant(let instant): cells.append(instant.epochSeconds)
      case .day(let day): cells.append(day.description)
      case .text(let text):
        guard let lookup = kind.lookups[column.name] else {
          cells.append(text)
          continue
        }
        guard let number = try lookup.number(of: text, in: series, db) else { return nil }
        cells.append(number)
      }
    }
    return StatementArguments(cells)
  }
}

extension Kind.Lookup {
  /// The number of a text; `nil` where the file does not know it.
  func number(of text: String, in series: StoredSeries, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT \(column) FROM \(table) WHERE \(self.text) = ? AND \(scope)"),
      arguments: [text, series.id.rawValue])
  }
}

// MARK: - One row

extension KindTable {
  /// A row as it stands.
  struct StoredRow {
    let values: [FigureValue]
    let fetch: FetchID
  }

  /// The row of a key; `nil` where none is stored.
  func row(_ cells: StatementArguments, _ db: Database) throws -> StoredRow? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(values.joined(separator: ", ")), fetch_id FROM \(name) WHERE \(isKey)"),
      arguments: cells
    ).map { StoredRow(values: figures($0), fetch: FetchID($0["fetch_id"])) }
  }

  /// What was published last before a row that differs in its vintage alone: all of it absent where nothing was; `nil` of
  /// a kind without vintages.
  func lastPublished(before cells: StatementArguments, _ db: Database) throws -> [FigureValue]? {
    guard case .vintages(let vintage) = kind.history else { return nil }
    let isBefore = keys.map { "\($0) \($0 == vintage ? "<" : "=") ?" }.joined(separator: " AND ")
    return try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(values.joined(separator: ", ")) FROM \(name) WHERE \(isBefore) ORDER BY \(vintage) DESC LIMIT 1"),
      arguments: cells
    ).map(figures) ?? values.map { _ in .absent }
  }

  /// The keys of a stretch whose rows speak of what is still to come at an instant and were not withdrawn, in order.
  func keys(
    toComeIn span: ClosedRange<Instant>, of series: StoredSeries, _ withdrawal: Kind.Withdrawal, at now: Instant,
    _ db: Database
  ) throws -> [FactKey] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(spelledKey.joined(separator: ", ")) FROM \(joined(name))
          WHERE series_id = ? AND \(time) BETWEEN ? AND ? AND \(withdrawal.column.rawValue) = 0
            AND (\(withdrawal.isToCome))
          ORDER BY \(keyColumns.joined(separator: ", "))
          """),
      arguments: [
        series.id.rawValue, timeValue(span.lowerBound), timeValue(span.upperBound), now.epochSeconds,
      ]
    ).map(key)
  }

  /// Writes a row in place of what stands under its key.
  func write(_ cells: StatementArguments, _ values: [FigureValue], from fetch: FetchID, _ db: Database) throws {
    let updates = (self.values + ["fetch_id"]).map { "\($0) = excluded.\($0)" }
    try db.run(
      "\(insertion) ON CONFLICT DO UPDATE SET \(updates.joined(separator: ", "))",
      cells + KindTable.arguments(values) + [fetch.rawValue])
  }

  /// Binds a row: its series, its key, its figures and its answer.
  var insertion: String {
    let columns = keys + values + ["fetch_id"]
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
  }

  /// Keeps a row that is about to be replaced.
  func keep(
    _ old: StoredRow, _ cells: StatementArguments, in history: String, replacedBy fetch: FetchID, at instant: Instant,
    _ db: Database
  ) throws {
    let columns = keys + ["replaced_by_fetch_id", "replaced_at"] + values + ["fetch_id"]
    try db.run(
      """
      INSERT INTO \(history) (\(columns.joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
      ON CONFLICT DO NOTHING
      """,
      cells + [fetch.rawValue, instant.epochSeconds] + KindTable.arguments(old.values) + [old.fetch.rawValue])
  }

  private static func arguments(_ values: [FigureValue]) -> StatementArguments {
    StatementArguments(
      values.map { value -> (any DatabaseValueConvertible)? in
        switch value {
        case .number(let number): number
        case .whole(let number): number
        case .text(let text): text
        case .absent: nil
        }
      })
  }
}
