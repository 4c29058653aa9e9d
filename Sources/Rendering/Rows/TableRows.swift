import Market

/// Aligned columns for a terminal: a heading, a rule, the rows; numbers to the right, texts to the left, null as
/// blank.
///
/// The widths come from the first thousand rows, which wait until then; the rows after them stream in the same
/// layout, so that memory stays small. Whatever a terminal would obey is escaped.
final class TableRows: RowEncoder {
  let output = ByteBuffer()
  private let screen: TableScreen
  private var columns: [Column] = []
  private var headings: [String] = []
  private var layout: TableLayout?
  private var forms: TableForms?
  private var waiting: [[TableCell]] = []
  private var row: [TableCell] = []
  private var count = 0

  private static let rowsToMeasure = 1000

  init(_ screen: TableScreen) {
    self.screen = screen
  }

  /// The names of the columns for which there was no room; known when the rows are finished.
  var hiddenColumns: [String] {
    guard let layout else { return [] }
    return columns.indices.filter { !layout.shown.contains($0) }.map { columns[$0].name }
  }

  func begin(_ columns: [Column]) {
    self.columns = columns
    headings = columns.map { TerminalText.escaped($0.name) }
  }

  func integer(_ value: Int64) { row.append(.integer(value)) }
  func real(_ value: Double) { row.append(value.isNaN ? .nothing : .real(value)) }
  func instant(_ value: Instant) { row.append(.instant(value)) }
  func null() { row.append(.nothing) }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    row.append(.text(TerminalText.escaped(String(decoding: bytes, as: UTF8.self))))
  }

  func endRow() {
    precondition(row.count == columns.count, "a row has \(row.count) cells where there are \(columns.count) columns")
    count += 1
    if let layout {
      write(texts(of: row), in: layout)
    } else {
      waiting.append(row)
      if waiting.count == Self.rowsToMeasure { writeWaiting() }
    }
    row.removeAll(keepingCapacity: true)
  }

  func finish() {
    if layout == nil { writeWaiting() }
    // Heading, rule and the next prompt take three lines of the screen.
    guard let layout, let height = screen.height, count > height - 3 else { return }
    writeRule(in: layout)
    write(headings, in: layout) { self.screen.style.bold($0) }
  }

  private func texts(of row: [TableCell]) -> [String] {
    guard let forms else { return row.map(\.exactText) }
    return row.indices.map { forms.text($0, of: row) }
  }

  private func writeWaiting() {
    if screen.isForPeople { forms = TableForms(columns, waiting) }
    let rows = waiting.map(texts)
    waiting = []
    let cells = columns.indices.map { index in rows.map { TerminalText.width(of: $0[index]) }.max() ?? 0 }
    let layout = TableLayout(
      columns: columns, headings: headings.map(TerminalText.width), cells: cells, limit: screen.width,
      words: screen.isForPeople ? widestWords(rows) : nil)
    self.layout = layout
    for (column, width) in zip(layout.shown, layout.widths) {
      headings[column] = TerminalText.truncated(headings[column], to: width)
    }
    write(headings, in: layout) { self.screen.style.bold($0) }
    writeRule(in: layout)
    for row in rows { write(row, in: layout) }
  }

  private func widestWords(_ rows: [[String]]) -> [Int] {
    columns.indices.map { index in
      guard columns[index].kind == .text else { return 0 }
      return rows.lazy.flatMap { $0[index].split(separator: " ") }.map { TerminalText.width(of: String($0)) }.max() ?? 0
    }
  }

  private func writeRule(in layout: TableLayout) {
    var rule = headings
    for (column, width) in zip(layout.shown, layout.widths) { rule[column] = String(repeating: "-", count: width) }
    write(rule, in: layout) { self.screen.style.dim($0) }
  }

  /// - Parameter cells: of all columns, shown or not.
  private func write(_ cells: [String], in layout: TableLayout, marked mark: (String) -> String = { $0 }) {
    var line = ""
    for (column, width) in zip(layout.shown, layout.widths) {
      line += line.isEmpty ? "" : String(repeating: " ", count: TableLayout.gap)
      line += aligned(cells[column], column, width)
    }
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    if layout.leavesOut { line = padded(line, to: layout) + "…" }
    output.append(mark(line))
    output.append(UInt8(ascii: "\n"))
  }

  private func aligned(_ cell: String, _ column: Int, _ width: Int) -> String {
    let isText = columns[column].kind == .text
    let shown = isText ? cut(cell, to: width) : cell
    let space = String(repeating: " ", count: max(0, width - TerminalText.width(of: shown)))
    return isText ? shown + space : space + shown
  }

  private func cut(_ cell: String, to width: Int) -> String {
    screen.isForPeople
      ? TerminalText.truncatedAtWord(cell, to: width) : TerminalText.truncated(cell, to: width)
  }

  private func padded(_ line: String, to layout: TableLayout) -> String {
    let width = layout.widths.reduce(0, +) + TableLayout.gap * layout.widths.count
    return line + String(repeating: " ", count: max(TableLayout.gap, width - TerminalText.width(of: line)))
  }
}
