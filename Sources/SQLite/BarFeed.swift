import CSQLite
import GRDB
import Market

/// Bars in memory as a table, `bar_feed(bars)`, from which one statement stores them all: it costs a quarter less than
/// statements into which each value is bound.
///
/// Only who holds the bars can name them: they are passed by a typed pointer, which no SQL text can make up.
package enum BarFeed {
  /// What a statement is given for `bars`.
  package typealias Bars = UnsafeBufferPointer<Bar>
  /// The type by which it is bound.
  package static let type: StaticString = "bars"

  /// Makes the table known to a connection that stores bars.
  package static func register(_ db: Database) throws {
    let code = sqlite3_create_module_v2(db.sqliteConnection, "bar_feed", module, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Made once and never changed; SQLite keeps its address.
  nonisolated(unsafe) private static let module: UnsafePointer<sqlite3_module> = {
    var module = sqlite3_module()
    module.iVersion = 1
    module.xConnect = { db, _, _, _, table, _ in connect(db, table) }
    module.xDisconnect = { table in
      table?.deallocate()
      return SQLITE_OK
    }
    module.xBestIndex = { _, plan in plan.map(choose) ?? SQLITE_ERROR }
    module.xOpen = { _, cursor in open(cursor) }
    module.xClose = { cursor in
      cursor?.deallocate()
      return SQLITE_OK
    }
    module.xFilter = { cursor, _, _, _, values in filter(cursor, values) }
    module.xNext = { cursor in
      cursor?.walk.pointee.next += 1
      return SQLITE_OK
    }
    module.xEof = { cursor in cursor.map { $0.walk.pointee.isAtEnd ? 1 : 0 } ?? 1 }
    module.xColumn = { cursor, result, column in give(cursor, column, to: result) }
    module.xRowid = { cursor, row in
      row?.pointee = Int64(cursor?.walk.pointee.next ?? 0)
      return SQLITE_OK
    }
    let place = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    place.initialize(to: module)
    return UnsafePointer(place)
  }()

  private static let barsColumn: Int32 = 6

  private static func connect(
    _ db: OpaquePointer?, _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?
  ) -> Int32 {
    let made = UnsafeMutablePointer<sqlite3_vtab>.allocate(capacity: 1)
    made.initialize(to: sqlite3_vtab())
    table?.pointee = made
    return sqlite3_declare_vtab(
      db, "CREATE TABLE bar_feed (open_time, open, high, low, close, volume, bars HIDDEN)")
  }

  /// The bars must be given; without them there is no way to read the table.
  private static func choose(_ plan: UnsafeMutablePointer<sqlite3_index_info>) -> Int32 {
    for index in 0..<Int(plan.pointee.nConstraint) {
      let constraint = plan.pointee.aConstraint[index]
      guard constraint.iColumn == barsColumn, constraint.usable != 0, constraint.op == SQLITE_INDEX_CONSTRAINT_EQ
      else { continue }
      plan.pointee.aConstraintUsage[index].argvIndex = 1
      plan.pointee.aConstraintUsage[index].omit = 1
      return SQLITE_OK
    }
    return SQLITE_CONSTRAINT
  }

  private static func open(_ cursor: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?) -> Int32 {
    let made = UnsafeMutablePointer<Walk>.allocate(capacity: 1)
    made.initialize(to: Walk())
    cursor?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  }

  private static func filter(
    _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) -> Int32 {
    // Anything but our own pointer gives no address, and so no rows.
    let name = UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self)
    let bars = sqlite3_value_pointer(values?[0], name)?.assumingMemoryBound(to: Bars.self).pointee
    cursor?.walk.pointee.bars = bars ?? Bars(start: nil, count: 0)
    cursor?.walk.pointee.next = 0
    return SQLITE_OK
  }

  private static func give(
    _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ column: Int32, to result: OpaquePointer?
  ) -> Int32 {
    guard let walk = cursor?.walk.pointee else { return SQLITE_ERROR }
    let bar = walk.bars[walk.next]
    switch column {
    case 0: sqlite3_result_int64(result, bar.openTime.epochSeconds)
    case 1: sqlite3_result_double(result, bar.open)
    case 2: sqlite3_result_double(result, bar.high)
    case 3: sqlite3_result_double(result, bar.low)
    case 4: sqlite3_result_double(result, bar.close)
    case 5: sqlite3_result_double(result, bar.volume)
    default: sqlite3_result_null(result)
    }
    return SQLITE_OK
  }
}

/// SQLite's own part of a cursor, and behind it ours.
private struct Walk {
  var base = sqlite3_vtab_cursor()
  var bars = BarFeed.Bars(start: nil, count: 0)
  var next = 0

  var isAtEnd: Bool { next >= bars.count }
}

extension UnsafeMutablePointer<sqlite3_vtab_cursor> {
  fileprivate var walk: UnsafeMutablePointer<Walk> { UnsafeMutableRawPointer(self).assumingMemoryBound(to: Walk.self) }
}
