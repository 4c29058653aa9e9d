import GRDB
import Schema

/// Where the last rows of a selection begin: the rows from a time on, less the first ones of that time itself that would
/// be too many. Where rows have no time, the order in which they leave the file takes its place.
struct LastRows {
  /// The rows of one statement: what follows FROM, and which of them.
  typealias Source = (from: String, condition: String)

  /// What goes behind the condition of a statement.
  let condition: String
  /// The SQL that holds for the rows of which the first are left out.
  let edge: String
  /// How many of those are yet to be left out.
  var surplus: Int

  /// - Parameters:
  ///   - leftOut: how many rows there are beside the last ones; more than none.
  ///   - time: of a row; `nil` where rows have none.
  init(_ last: Int, leavingOut leftOut: Int, by time: NamedDataset.TimeKey?, of sources: [Source], _ db: Database)
    throws
  {
    let key: String
    let first: String?
    switch time {
    case .instant(let name):
      let instant: Int64? = try LastRows.time(ofLast: last, name, of: sources, db)
      (key, first) = (name, instant.map { "\($0)" })
    case .day(let name):
      let day: String? = try LastRows.time(ofLast: last, name, of: sources, db)
      (key, first) = (name, day.map { "'\($0.replacing("'", with: "''"))'" })
    case nil: (key, first) = ("NULL", nil)
    }
    guard let first else {
      // A row without a time is older than all others.
      (condition, edge, surplus) = ("", "\(key) IS NULL", leftOut)
      return
    }
    let condition = " AND \(key) >= \(first)"
    self.condition = condition
    edge = "\(key) = \(first)"
    surplus = try sources.reduce(-last) { try $0 + LastRows.count(($1.from, $1.condition + condition), db) }
  }

  private static func count(_ source: Source, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(source.from) WHERE \(source.condition)") ?? 0
  }

  /// The oldest of so many times that are the newest of all; `nil` where fewer rows have one.
  private static func time<Time: Comparable & DatabaseValueConvertible>(
    ofLast count: Int, _ key: String, of sources: [Source], _ db: Database
  ) throws -> Time? {
    var newest: [Time] = []
    for (from, condition) in sources {
      // Of the other sources only what is newer can push one out.
      let least = newest.count == count ? newest.last : nil
      newest += try Time.fetchAll(
        db,
        sql: """
          SELECT \(key) FROM \(from) WHERE \(condition) AND \(key) \(least == nil ? "IS NOT NULL" : "> ?")
          ORDER BY \(key) DESC LIMIT \(count)
          """, arguments: least.map { [$0] } ?? [])
      newest.sort(by: >)
      newest = Array(newest.prefix(count))
    }
    return newest.count == count ? newest.last : nil
  }
}
