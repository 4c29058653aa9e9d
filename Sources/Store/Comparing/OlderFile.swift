import GRDB
import Market
import SQLite

/// A file that an older edition of the rules imported: what the record kept of that reading, beside what today's gives.
///
/// What was kept is how many rows were believed and how many refused, the refused rows themselves, and the order that the
/// file was read by. A difference that none of these bears out is not one of rules.
struct OlderFile {
  let fetch: Int64
  private let order: ImportOrder
  private let series: Int64
  private let table: KindTable
  private let then: Counts
  private let now: Counts

  /// The counts that stand with the import, and what is there of them.
  private struct Counts {
    let believed: Int
    let refused: Int
    /// Keys that the file's own rows have, or had before something later replaced them.
    let own: Int
    let quarantined: Int

    init(_ fetch: Int64, in table: KindTable, of series: Int64, _ db: Database) throws {
      let kept = try Row.fetchOne(
        db, sql: "SELECT row_count, refused_count FROM import_file WHERE fetch_id = ?", arguments: [fetch])
      believed = kept?["row_count"] ?? 0
      refused = kept?["refused_count"] ?? 0
      let keys = table.keys.joined(separator: ", ")
      let rows = ([table.name] + table.histories).map { name in
        "SELECT \(keys) FROM \(name) WHERE series_id = ?1 AND fetch_id = ?2"
      }
      own =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM (\(rows.joined(separator: " UNION ")))", arguments: [series, fetch]) ?? 0
      quarantined =
        try Int.fetchOne(db, sql: "SELECT count(*) FROM quarantine WHERE fetch_id = ?", arguments: [fetch]) ?? 0
    }
  }

  init(_ file: KeptImport, _ kinds: Kinds, _ present: Database, beside rebuilt: Database) throws {
    fetch = file.fetch.rawValue
    order = file.order
    series = file.series.id.rawValue
    table = KindTable(try kinds.kind(of: file.series.key))
    then = try Counts(fetch, in: table, of: series, present)
    now = try Counts(fetch, in: table, of: series, rebuilt)
  }

  private var hasOtherCounts: Bool { then.believed != now.believed || then.refused != now.refused }

  /// Whether the rows of then are as many as were counted then. Where a part of them may be told by other files, too few
  /// show nothing.
  private var isComplete: Bool {
    then.quarantined <= then.refused && (now.own != now.believed || then.own == then.believed)
  }

  /// Whether the older reading believed or refused another number of rows, and its rows are there to show it: any
  /// difference in what came from the file may follow from that.
  var readsOtherwise: Bool { hasOtherCounts && isComplete }

  /// Whether a row that was refused in one reading only tells of the rules: quarantine holds as many as were counted.
  var tellsByRefusals: Bool {
    hasOtherCounts ? isComplete : then.quarantined == now.quarantined
  }

  /// Whether the same days were read as the days beside them, all of them by one day: since the second edition a time zone
  /// that was told holds for texts with an offset too.
  func isMovedByDay(_ present: Database, beside rebuilt: Database) throws -> Bool {
    guard order.interval == .day1, order.timeZone != nil, !hasOtherCounts, then.own == then.believed else {
      return false
    }
    let time = table.isDaily ? "CAST(strftime('%s', \(table.time)) AS INTEGER)" : table.time
    let others = (table.keyColumns.filter { $0 != table.time } + table.values).joined(separator: ", ")
    let sql = """
      SELECT \(time) AS time, \(others) FROM \(table.name) WHERE series_id = ? AND fetch_id = ?
      ORDER BY \(table.keys.joined(separator: ", "))
      """
    let old = try Row.fetchCursor(present, sql: sql, arguments: [series, fetch])
    let new = try Row.fetchCursor(rebuilt, sql: sql, arguments: [series, fetch])
    var (count, shift) = (0, nil as Int64?)
    while let row = try old.next() {
      guard let again = try new.next(),
        row.databaseValues.dropFirst().elementsEqual(again.databaseValues.dropFirst())
      else { return false }
      let step = (again["time"] as Int64) - (row["time"] as Int64)
      guard abs(step) == 86_400, shift == nil || shift == step else { return false }
      shift = step
      count += 1
    }
    return try new.next() == nil && count == then.believed && count > 0
  }
}
