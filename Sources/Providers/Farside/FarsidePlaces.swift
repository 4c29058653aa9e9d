import Formats
import Market

/// Finds the cell of a fund's flow on a day.
enum FarsidePlaces {
  static func place(of figure: Figure, in page: [UInt8]) -> Place? {
    guard figure.field == .netFlowUSD, let table = try? FarsideTable(page),
      let fund = table.funds.first(where: { $0.ticker == figure.ticker }),
      let whole = (try? HTMLTable.tables(ofClass: FarsideTable.className, in: page))?.first,
      let row = whole.rows.firstIndex(where: { isOf(figure.at.day, $0, table) })
    else { return nil }
    return Place(
      path: .cell(table: 1, row: row + 1, column: fund.column + 1, heading: fund.ticker),
      bytes: bytes(of: whole, row: row, column: fund.column, in: page), rule: .millionsOfDollars)
  }

  private static func isOf(_ day: Day, _ row: HTMLTable.Row, _ table: FarsideTable) -> Bool {
    !row.isHeader && row.cells.count == table.columnCount && Day(dayMonthYear: row.cells[table.dateColumn].text) == day
  }

  /// Only where the bytes read as the cell does: a page may be too broken for its tags to be found again.
  private static func bytes(of table: HTMLTable, row: Int, column: Int, in page: [UInt8]) -> Range<Int>? {
    guard let rows = HTMLCellPlaces(ofClass: FarsideTable.className, in: page).tables.first,
      rows.count == table.rows.count, rows[row].count == table.rows[row].cells.count
    else { return nil }
    let bytes = rows[row][column]
    return HTMLTable.text(ofCell: page[bytes]) == table.rows[row].cells[column].text ? bytes : nil
  }
}
