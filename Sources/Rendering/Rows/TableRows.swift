import Market

/// Aligned columns for a terminal: a heading, a rule, the rows; numbers to the right, texts to the left, null as
/// blank.
///
/// The widths come from the first thousand rows, which wait until then; the rows after them stream in the same
/// layout, so that memory stays small. Whatever a terminal would obey is escaped.
final class TableRows: RowEncoder {
  let output = ByteBuffer()
  private let width: Int?
  private let style: TextStyle
  private var columns: [Column] = []
  private var layout: TableLayout?
  private var waiting: [[String]] = []
  private var row: [String] = []
  private let scratch = ByteBuffer(capacity: 64)

  private static let rowsToMeasure = 1000

  init(width: Int?, style: TextStyle) {
    self.width = width
    self.style = style
  }

  func begin(_ columns: [Column]) {
    self.columns = columns
  }

  func integer(_ value: Int64) {
    row.append(String(value))
  }

  func real(_ value: Double) {
    row.append(value.isNaN ? "" : NumberText.text(value))
  }

  func instant(_ value: Instant) {
    row.append(value.description)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    row.append(TerminalText.escaped(String(decoding: bytes, as: UTF8.self)))
  }

  func null() {
    row.append("")
  }

  func endRow() {
    precondition(row.count == columns.count, "a row has \(row.count) cells where there are \(columns.count) columns")
    if let layout {
      write(row, in: layout)
    } else {
      waiting.append(row)
      if waiting.count == Self.rowsToMeasure { writeWaiting() }
    }
    row.removeAll(keepingCapacity: true)
  }

  func finish() {
    if layout == nil { writeWaiting() }
  }

  private func writeWaiting() {
    let headings = columns.map { TerminalText.escaped($0.name) }
    let cells = columns.indices.map { index in waiting.map { TerminalText.width(of: $0[index]) }.max() ?? 0 }
    let layout = TableLayout(
      columns: columns, headings: headings.map(TerminalText.width), cells: cells, limit: width)
    var (heading, rule) = (headings, headings)
    for (column, width) in zip(layout.shown, layout.widths) {
      heading[column] = TerminalText.truncated(headings[column], to: width)
      rule[column] = String(repeating: "-", count: width)
    }
    write(heading, in: layout) { self.style.bold($0) }
    write(rule, in: layout) { self.style.dim($0) }
    for row in waiting { write(row, in: layout) }
    waiting = []
    self.layout = layout
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
    let shown = isText ? TerminalText.truncated(cell, to: width) : cell
    let space = String(repeating: " ", count: max(0, width - TerminalText.width(of: shown)))
    return isText ? shown + space : space + shown
  }

  private func padded(_ line: String, to layout: TableLayout) -> String {
    let width = layout.widths.reduce(0, +) + TableLayout.gap * layout.widths.count
    return line + String(repeating: " ", count: max(TableLayout.gap, width - TerminalText.width(of: line)))
  }
}
