import Formats
import Market

/// The table of flows on a page: which column is which fund, and its rows.
///
/// Columns come and go, so they are known by the header row that holds tickers. The long page has one header row
/// (`Date`, tickers, `Total`), the short page three (logos and `Total`; tickers between two empty cells; fees).
struct FarsideTable {
  struct Fund: Hashable {
    let ticker: String
    let column: Int
  }

  /// The word in the `class` of the table.
  static let className = "etf"

  let funds: [Fund]
  let dateColumn: Int
  let totalColumn: Int
  let columnCount: Int
  /// The rows below the headers.
  let rows: [HTMLTable.Row]

  init(_ page: [UInt8]) throws(ReadingError) {
    let table = try Self.table(in: page)
    guard let tickers = Self.tickerRow(of: table) else {
      throw .shapeChanged(expected: "a header row of tickers", found: Self.headers(of: table), offset: nil)
    }
    let names = tickers.cells.map(\.text)
    guard let total = Self.totalColumn(of: table, width: names.count) else {
      throw .shapeChanged(expected: "a column 'Total'", found: Self.headers(of: table), offset: nil)
    }
    let date = names.firstIndex(of: "Date") ?? 0
    let funds = names.indices.filter { $0 != date && $0 != total }.map { Fund(ticker: names[$0], column: $0) }
    guard date != total, funds.allSatisfy({ Self.isTicker($0.ticker) }), Set(funds.map(\.ticker)).count == funds.count
    else {
      throw .shapeChanged(expected: "a ticker above every fund", found: Self.headers(of: table), offset: nil)
    }
    self.funds = funds
    dateColumn = date
    totalColumn = total
    columnCount = names.count
    rows = table.rows.filter { !$0.isHeader }
  }

  /// Anything but the page itself is a firewall's page or a notice.
  private static func table(in page: [UInt8]) throws(ReadingError) -> HTMLTable {
    let tables: [HTMLTable]
    do {
      tables = try HTMLTable.tables(ofClass: className, in: page)
    } catch .notHTML {
      throw .shapeChanged(expected: "a page", found: page.isEmpty ? "nothing" : "something else", offset: nil)
    } catch {
      throw .shapeChanged(expected: "a whole table of flows", found: error.description, offset: nil)
    }
    guard let table = tables.first else { throw .blocked(message: "the page holds no table of flows") }
    return table
  }

  /// The header row with the most tickers, which must be two at least.
  private static func tickerRow(of table: HTMLTable) -> HTMLTable.Row? {
    func count(_ row: HTMLTable.Row) -> Int { row.cells.count { isTicker($0.text) } }
    let best = table.rows.filter(\.isHeader).max { count($0) < count($1) }
    return best.flatMap { count($0) >= 2 ? $0 : nil }
  }

  private static func totalColumn(of table: HTMLTable, width: Int) -> Int? {
    for row in table.rows where row.isHeader && row.cells.count == width {
      if let column = row.cells.firstIndex(where: { $0.text == "Total" }) { return column }
    }
    return nil
  }

  /// Two to eight capital letters or digits, a letter first.
  private static func isTicker(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (2...8).contains(bytes.count), (65...90).contains(bytes[0]) else { return false }
    return bytes.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
  }

  private static func headers(of table: HTMLTable) -> String {
    let rows = table.rows.filter(\.isHeader).prefix(3).map { $0.cells.map(\.text).joined(separator: "|") }
    return "'\(Excerpt.of(rows.joined(separator: " / "), limit: 200))'"
  }
}
