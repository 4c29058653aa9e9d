import CSQLite
import Market
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A SQLite file of the older tracker: the four tables or views that it is known by, read as a stranger's file is.
///
/// Nothing is written to it or beside it, nothing in it is run but plain reading, and what it holds is handed out as
/// texts of comma-separated values that are judged like any other file. Used from one thread.
package final class TrackerFile {
  /// Rows of one table, as an import takes them.
  package struct Table: Sendable {
    /// As it is called in the file.
    package let name: String
    /// How many there are, the header left out.
    package let rows: Int
    /// With a header; instants and texts as they stand there, numbers with the shortest text that reads back.
    package let csv: [UInt8]
  }

  /// Its table of hourly bars.
  package static let hours = "ohlc_hourly"
  /// Its table of the Fear & Greed Index.
  package static let sentiment = "sentiment_daily"
  /// Its table of fund flows.
  package static let flows = "etf_flows_daily"
  /// Its table of daily snapshots, which were computed and are not imported as facts.
  package static let snapshots = "daily_market_snapshot"

  private static let needed: [(table: String, columns: [String])] = [
    (hours, ["asset", "ts_utc", "open", "high", "low", "close", "volume"]),
    (sentiment, ["as_of_date", "fng_value", "classification"]),
    (flows, ["as_of_date", "ticker", "net_flow_usd"]), (snapshots, ["as_of_date", "asset"]),
  ]

  private let connection: ForeignConnection

  /// - Parameter path: of a regular file that `isSQLite`.
  /// - Throws: `FileRefusal`: it is damaged, being written, not such a file, or wants more than to be read.
  package init(_ path: String) throws {
    connection = try ForeignConnection(path)
    try checkShape()
  }

  /// Whether a regular file begins as SQLite's files do.
  package static func isSQLite(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let file = fopen(path, "rb") else {
      return false
    }
    defer { fclose(file) }
    var head = [UInt8](repeating: 0, count: 16)
    return fread(&head, 1, 16, file) == 16 && head == Array("SQLite format 3\0".utf8)
  }

  /// What the hours are about, in order; and how many rows name nothing that can be an asset.
  package func assets() throws -> (symbols: [String], nameless: Int) {
    try names("asset", of: TrackerFile.hours)
  }

  /// The funds that have flows.
  package func tickers() throws -> (symbols: [String], nameless: Int) {
    try names("ticker", of: TrackerFile.flows)
  }

  /// The hours of an asset, in the order of time.
  package func hours(of asset: String) throws -> Table {
    try table(TrackerFile.hours, ["ts_utc", "open", "high", "low", "close", "volume"], where: "asset", is: [asset])
  }

  /// The days of the index.
  package func days() throws -> Table {
    try table(TrackerFile.sentiment, ["as_of_date", "fng_value", "classification"])
  }

  /// The flows of some funds.
  package func flows(of tickers: [String]) throws -> Table {
    try table(TrackerFile.flows, ["as_of_date", "ticker", "net_flow_usd"], where: "ticker", is: tickers)
  }

  /// How many rows a table has.
  package func count(of table: String) throws -> Int {
    try connection.rows("SELECT count(*) FROM \(table)") { Int($0.integer(0)) }.first ?? 0
  }

  /// - Throws: `FileRefusal` where somebody wrote to it since it was opened.
  package func checkUnchanged() throws { try connection.checkUnchanged() }

  // MARK: What is in it

  private func checkShape() throws {
    let found = try connection.tables()
    let absent = TrackerFile.needed.map(\.table).filter { !found.contains($0) }
    guard absent.isEmpty else {
      throw FileRefusal(
        "it is a SQLite database without \(absent.joined(separator: ", "))",
        hint: "Taken are files with the four tables \(TrackerFile.needed.map(\.table).joined(separator: ", ")); "
          + "write another table as CSV first: sqlite3 FILE -header -csv 'SELECT …'")
    }
    for (table, columns) in TrackerFile.needed {
      let present = Set(try connection.columns(of: table))
      let missing = columns.filter { !present.contains($0) }
      guard missing.isEmpty else {
        throw FileRefusal(
          "its table \(table) has no column \(missing.joined(separator: ", "))",
          hint: "Make a view of that name with the columns \(columns.joined(separator: ", "))")
      }
    }
  }

  /// The different texts of a column that can be symbols.
  private func names(_ column: String, of table: String) throws -> (symbols: [String], nameless: Int) {
    let isName = "typeof(\(column)) = 'text' AND length(CAST(\(column) AS BLOB)) BETWEEN 1 AND 20"
    let names = try connection.rows(
      "SELECT DISTINCT \(column) FROM \(table) WHERE \(isName) ORDER BY \(column) LIMIT 1001"
    ) { $0.text(0) }
    guard names.count <= 1000 else {
      throw FileRefusal("its table \(table) names more than 1,000 of \(column)", hint: "Is it the right file?")
    }
    let nameless = try connection.rows("SELECT count(*) FROM \(table) WHERE (\(isName)) IS NOT 1") {
      Int($0.integer(0))
    }
    return (names, nameless.first ?? 0)
  }

  private func table(
    _ name: String, _ columns: [String], where column: String? = nil, is values: [String] = []
  ) throws -> Table {
    let list = columns.joined(separator: ", ")
    let marks = values.map { _ in "?" }.joined(separator: ", ")
    let condition = column.map { " WHERE \($0) IN (\(marks))" } ?? ""
    var csv = ForeignCSV(columns)
    // By all columns: a view has no order of its own, and the same rows are to give the same bytes.
    try connection.read("SELECT \(list) FROM \(name)\(condition) ORDER BY \(list)", values) { row in
      try csv.add(row)
    }
    return Table(name: name, rows: csv.rows, csv: csv.bytes)
  }
}
