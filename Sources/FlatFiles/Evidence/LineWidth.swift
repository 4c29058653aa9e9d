import Formats
import Market

/// How wide the lines of a file are: one with more filled fields than its header has names is no row. An unquoted comma
/// within a number makes such lines, and their first fields would pass for prices.
struct LineWidth {
  /// Most fields of a line, empty ones at its end aside.
  let most: Int

  private static let finding = "width"

  /// - Throws: where most lines are wider than the header, so that it does not belong to them.
  init(_ layout: FileLayout, _ order: inout ImportOrder) throws(FileRefusal) {
    if order.isSettled, let told = order.findings[LineWidth.finding].flatMap({ Int($0) }) {
      most = told
      return
    }
    guard order.edition > 1 else {
      most = .max
      return
    }
    let names = layout.header.count + (layout.hasSplitTime ? 1 : 0)
    // Who counts the columns by number knows how many there are.
    let isCounted = order.columns.contains { Int($0.column) != nil }
    most = layout.header.isEmpty ? layout.commonWidth : isCounted ? max(names, layout.commonWidth) : names
    order.findings[LineWidth.finding] = String(most)
    try check(layout)
  }

  private func check(_ layout: FileLayout) throws(FileRefusal) {
    func isTooWide(_ row: [String]) -> Bool { row.count > most && row[most...].contains { !$0.isEmpty } }
    guard let wide = layout.rows.first(where: isTooWide), layout.rows.count(where: isTooWide) * 2 > layout.rows.count
    else { return }
    throw FileRefusal(
      "its lines have \(wide.count) fields under a header of \(most) (\(Excerpt.of(wide.joined(separator: ", "), limit: 80)))",
      hint: "Numbers with commas must stand in quotes; or count the columns: --map time=1 --map open=2 and so on")
  }

  /// Whether a line has more filled fields than there can be.
  @inline(__always)
  func isExceeded(by row: borrowing DelimitedRow) -> Bool { row.count > most && hasMore(row) }

  @inline(never)
  private func hasMore(_ row: borrowing DelimitedRow) -> Bool {
    if row.isTooWide { return true }
    for index in most..<row.count where !row[index].isEmpty { return true }
    return false
  }

  /// What is wrong with a line that is no row.
  ///
  /// - Parameter width: how many fields it must have.
  func fault(_ row: borrowing DelimitedRow, needed width: Int) -> String {
    if row.hasStrayQuote { return "a quote is opened and never closed" }
    return row.count < width
      ? "it has \(row.count) fields where \(width) are needed"
      : "it has \(row.count) fields where there are \(most) columns"
  }
}
