import CSQLite
import GRDB
import Market
import SQLite
import Schema
import Store

extension Datasets {
  /// Reads datasets as of one moment, however long it takes and whoever writes meanwhile.
  ///
  /// - Parameter body: asks the reader only; the store's other doors are shut until it returns.
  /// - Throws: what `body` throws, or a `StoreError`.
  package func read<T>(_ body: (DatasetReader) throws -> T) throws -> T {
    let outcome = try read { db in Result { try body(DatasetReader(db: db)) } }
    do {
      return try outcome.get()
    } catch let error as DatabaseError {
      throw StoreError.of(error, path: store.path)
    }
  }
}

/// Reads datasets in one snapshot of the file. Not to be kept beyond `Datasets.read`.
package struct DatasetReader {
  let db: Database

  /// Hands over the rows in the order of their key, one at a time: memory does not grow with them.
  ///
  /// - Returns: how many rows were handed over, and how many older ones were left out for `selection.last`.
  package func rows(
    of dataset: NamedDataset, _ selection: RowSelection = RowSelection(), into receiver: some RowReceiver
  ) throws -> (count: Int, leftOut: Int) {
    let parts = try parts(of: dataset, selection)
    let leftOut = try selection.last.map { max(0, try parts.reduce(0) { try $0 + self.count($1) } - $0) } ?? 0
    var cut: LastRows?
    if let last = selection.last, leftOut > 0 {
      cut = try LastRows(
        last, leavingOut: leftOut, by: dataset.time, of: parts.map { ($0.from, $0.condition) }, db)
    }
    let count = try parts.reduce(0) { try $0 + hand($1, cut: &cut, to: receiver) }
    return (count, leftOut)
  }

  /// The same rows in batches, for a receiver that has them on another thread.
  package func rows(
    of dataset: NamedDataset, _ selection: RowSelection = RowSelection(), into receiver: some BatchReceiver
  ) throws -> (count: Int, leftOut: Int) {
    let gathered = GatheredRows { try receiver.take(&$0) }
    let counts = try rows(of: dataset, selection, into: gathered)
    try gathered.finish()
    return counts
  }

  /// How many rows there are, `selection.last` aside.
  package func count(of dataset: NamedDataset, _ selection: RowSelection = RowSelection()) throws -> Int {
    try parts(of: dataset, selection).reduce(0) { try $0 + count($1) }
  }

  /// The instant of the newest row (of a daily one, the start of its day); `nil` where there is none.
  package func newest(of dataset: NamedDataset, assets: [String]? = nil) throws -> Instant? {
    guard let time = dataset.time else { return nil }
    let latest =
      switch time {
      case .instant(let key): "max(\(key))"
      case .day(let key): "CAST(strftime('%s', max(\(key))) AS INTEGER)"
      }
    let found = try parts(of: dataset, RowSelection(assets: assets)).compactMap { part in
      try Int64.fetchOne(db, sql: "SELECT \(latest) FROM \(part.from) WHERE \(part.condition)")
    }
    return found.max().map(Instant.init(epochSeconds:))
  }
}

// MARK: - Statements

extension DatasetReader {
  /// One statement's rows: all of a dataset, or those of one series.
  private struct Part {
    let columns: [DatasetColumn]
    let cells: [Cell]
    /// The texts that all its rows share, one after the other.
    let texts: [UInt8]
    let values: String
    /// How many those are.
    let width: Int32
    let from: String
    let condition: String
    let order: String

    /// - Parameter series: the texts that all rows share, by the names of their columns.
    init(_ columns: [DatasetColumn], series: Row?, from: String, condition: String, order: String) {
      self.columns = columns
      var cells: [Cell] = []
      var texts: [UInt8] = []
      var next: Int32 = 0
      for column in columns {
        if column.isOfSeries {
          let text = (series?[column.name] as String?).map { Array($0.utf8) }
          cells.append(text.map { .same(start: texts.count, count: $0.count) } ?? .null)
          texts += text ?? []
          continue
        }
        switch column.cell {
        case .value: cells.append(.value(next))
        case .instant: cells.append(.instant(next))
        case .dayPart: cells.append(.dayPart(next))
        }
        next += 1
      }
      self.cells = cells
      self.texts = texts
      values = next == 0 ? "NULL" : columns.filter { !$0.isOfSeries }.map(\.expression).joined(separator: ", ")
      width = max(1, next)
      self.from = from
      self.condition = condition
      self.order = order
    }

    /// The SQL that gives a cell as it is exported.
    func sql(of cell: Cell, _ column: DatasetColumn) -> String {
      switch cell {
      case .value, .instant, .dayPart: column.exportedSQL
      case .same(let start, let count):
        "CAST(x'\(texts[start..<start + count].map { String(Int($0) + 256, radix: 16).dropFirst() }.joined())' AS TEXT)"
      case .null: "NULL"
      }
    }
  }

  /// Where a cell comes from: a column of the statement, or the texts of the part. Plain numbers, because a million rows
  /// walk over them.
  private enum Cell {
    case value(Int32)
    case instant(Int32)
    case dayPart(Int32)
    case same(start: Int, count: Int)
    case null
  }

  private func parts(of dataset: NamedDataset, _ selection: RowSelection) throws -> [Part] {
    let assets = try assetCondition(dataset, selection)
    let time = dataset.condition(onTime: selection.span) + dataset.condition(onTickers: selection.tickers)
    switch dataset.layout {
    case .plain(let from, let condition, let order):
      return [
        Part(
          dataset.columns, series: nil, from: from, condition: "(\(condition))\(assets)\(time)", order: order)
      ]
    case .bySeries(let series, let condition, let order, let facts, let key):
      let names = dataset.columns.filter(\.isOfSeries).map { "\($0.expression) AS \($0.name)" }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT \((["series.series_id AS series_id"] + names).joined(separator: ", ")) FROM \(series)
          WHERE \(condition)\(assets) ORDER BY \(order)
          """
      ).map { row in
        let id: Int64 = row["series_id"]
        return Part(
          dataset.columns(ofSeries: id), series: row, from: facts, condition: "series_id = \(id)\(time)", order: key)
      }
    }
  }

  /// The same rows as statements that stand for themselves, every cell as it is exported, narrowed by a condition.
  ///
  /// - Parameter condition: one expression over the dataset\'s columns, already known to close what it opens.
  package func statements(of dataset: NamedDataset, _ selection: RowSelection, where condition: String) throws
    -> [String]
  {
    let whole = dataset.withEveryColumn
    return try parts(of: whole, selection).map { part in
      let cells = zip(part.columns, part.cells).map { column, cell in
        "\(part.sql(of: cell, column)) AS \"\(column.name)\""
      }
      // Under names that no condition can mean.
      let keys = DatasetReader.keys(of: part.order).enumerated().map { (key: $1, name: "\"order \($0)\"") }
      let inner = (cells + keys.map { "\($0.key) AS \($0.name)" }).joined(separator: ", ")
      let names = dataset.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
      return """
        SELECT \(names) FROM (SELECT \(inner) FROM \(part.from) WHERE \(part.condition)) WHERE (
        \(condition)
        ) ORDER BY \(keys.map(\.name).joined(separator: ", "))
        """
    }
  }

  /// What rows are ordered by, key by key: the commas of a call are none between keys.
  private static func keys(of order: String) -> [String] {
    var (keys, depth) = ([""], 0)
    for letter in order {
      if letter == "," && depth == 0 {
        keys.append("")
        continue
      }
      depth += letter == "(" ? 1 : letter == ")" ? -1 : 0
      keys[keys.count - 1].append(letter)
    }
    return keys
  }

  private func assetCondition(_ dataset: NamedDataset, _ selection: RowSelection) throws -> String {
    guard let asset = dataset.asset, let symbols = selection.assets else { return "" }
    let ids = try symbols.compactMap { symbol in
      try Int64.fetchOne(db, sql: "SELECT asset_id FROM asset WHERE symbol = ?", arguments: [symbol])
    }
    return " AND \(asset) IN (\(ids.map(String.init).joined(separator: ", ")))"
  }

  private func count(_ part: Part) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(part.from) WHERE \(part.condition)") ?? 0
  }
}

// MARK: - Rows

extension DatasetReader {
  private func hand(_ part: Part, cut: inout LastRows?, to receiver: some RowReceiver) throws -> Int {
    let statement = try DirectStatement(
      db,
      """
      SELECT \(part.values)\(cut.map { ", \($0.edge)" } ?? "") FROM \(part.from)
      WHERE \(part.condition)\(cut?.condition ?? "") ORDER BY \(part.order)
      """)
    var surplus = cut?.surplus ?? 0
    defer { cut?.surplus = surplus }
    var count = 0
    // Texts that are empty have no address; nothing points into them then.
    try part.texts.withUnsafeBufferPointer { texts in
      while try statement.step() {
        if surplus > 0, statement.integer(part.width) == 1 {
          surplus -= 1
          continue
        }
        for cell in part.cells { DatasetReader.hand(cell, of: statement, texts, to: receiver) }
        try receiver.endRow()
        count += 1
      }
    }
    return count
  }

  @inline(__always)
  private static func hand(
    _ cell: Cell, of statement: borrowing DirectStatement, _ texts: UnsafeBufferPointer<UInt8>,
    to receiver: some RowReceiver
  ) {
    switch cell {
    case .value(let column): hand(column, of: statement, to: receiver)
    case .instant(let column):
      if statement.isNull(column) {
        receiver.null()
      } else {
        receiver.instant(Instant(epochSeconds: statement.integer(column)))
      }
    case .dayPart(let column): hand(Instant(epochSeconds: statement.integer(column)), to: receiver)
    case .same(let start, let count): receiver.text(UnsafeBufferPointer(rebasing: texts[start..<start + count]))
    case .null: receiver.null()
    }
  }

  @inline(__always)
  private static func hand(_ column: Int32, of statement: borrowing DirectStatement, to receiver: some RowReceiver) {
    switch statement.kind(column) {
    case SQLITE_FLOAT: receiver.real(statement.real(column))
    case SQLITE_INTEGER: receiver.integer(statement.integer(column))
    case SQLITE_NULL: receiver.null()
    default: receiver.text(statement.bytes(column).assumingMemoryBound(to: UInt8.self))
    }
  }

  /// The name of the day part, as in `DayPart`, without making a `String` of it.
  @inline(__always)
  private static func hand(_ open: Instant, to receiver: some RowReceiver) {
    let name: StaticString =
      switch DayPart(ofBarOpeningAt: open) {
      case .asia: "ASIA"
      case .europe: "EUROPE"
      case .us: "US"
      }
    receiver.text(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }
}

/// Gathers cells where they are read, without a call to anybody for each of them.
private final class GatheredRows: RowReceiver {
  @exclusivity(unchecked) private var batch = RowBatch()
  private let handOver: (inout RowBatch) throws -> Void

  init(handOver: @escaping (inout RowBatch) throws -> Void) { self.handOver = handOver }

  deinit { batch.free() }

  func integer(_ value: Int64) { batch.add(value) }
  func real(_ value: Double) { batch.add(value) }
  func instant(_ value: Instant) { batch.add(value) }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) { batch.add(text: bytes) }
  func null() { batch.addNull() }

  func endRow() throws {
    batch.endRow()
    if batch.isFull { try handOver(&batch) }
  }

  func finish() throws { try handOver(&batch) }
}
