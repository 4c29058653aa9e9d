/// A document in Markdown for a terminal of some width: paragraphs folded between words, tables without the columns to
/// the right for which there is no room. What was left out is said below the table. A column of long texts is cut before
/// figures go.
///
/// - Parameters:
///   - width: columns of the terminal.
///   - minor: headings of columns that a table does without before the others.
package func fittedMarkdown(_ document: String, to width: Int, minor: Set<String> = []) -> String {
  var lines: [String] = []
  var table: [String] = []
  for line in document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
    if line.hasPrefix("|") {
      table.append(line)
      continue
    }
    lines += fittedTable(table, to: width, minor)
    table = []
    lines += foldedLine(line, to: width)
  }
  return (lines + fittedTable(table, to: width, minor)).joined(separator: "\n")
}

private func foldedLine(_ line: String, to width: Int) -> [String] {
  let indent = line.hasPrefix("- ") ? "  " : ""
  guard TerminalText.width(of: line) > width, width > 20 else { return [line] }
  let folded = LabelledText.folded(String(line.dropFirst(indent.count)), to: width - indent.count)
  return folded.enumerated().map { index, text in (index == 0 ? String(line.prefix(indent.count)) : indent) + text }
}

private func fittedTable(_ lines: [String], to width: Int, _ minor: Set<String>) -> [String] {
  guard let heading = lines.first, lines.contains(where: { TerminalText.width(of: $0) > width }) else { return lines }
  var rows = lines.map(cells)
  let names = cells(heading).map { $0.split(separator: " ").joined(separator: " ") }
  var shown = Array(0..<(rows.map(\.count).min() ?? 0))
  func drawn(_ row: [String]) -> String { "|" + shown.map { row[$0] }.joined(separator: "|") + "|" }
  func isTooWide() -> Bool { rows.contains { TerminalText.width(of: drawn($0)) > width } }
  while shown.count > 1, isTooWide(), let index = shown.lastIndex(where: { minor.contains(names[$0]) }) {
    shown.remove(at: index)
  }
  if let first = shown.first, isTooWide() {
    let excess = (rows.map { TerminalText.width(of: drawn($0)) }.max() ?? 0) - width
    let room = max(fewestColumns, TerminalText.width(of: rows[0][first]) - excess)
    rows = rows.map { row in
      var row = row
      row[first] = cut(row[first], to: room)
      return row
    }
  }
  while shown.count > 1, isTooWide() { shown.removeLast() }
  let hidden = names.indices.filter { !shown.contains($0) }.map { names[$0] }
  // What is cut says so by its end.
  guard !hidden.isEmpty else { return rows.map(drawn) }
  let note = "No room for \(hidden.joined(separator: ", ")): -o FILE has all."
  return rows.map(drawn) + LabelledText.folded(note, to: max(21, width))
}

/// A first column is cut to so many at least.
private let fewestColumns = 26

/// A cell of a first column, which stands to the left; a rule stays one.
private func cut(_ cell: String, to width: Int) -> String {
  guard TerminalText.width(of: cell) > width else { return cell }
  if cell.allSatisfy({ $0 == "-" || $0 == " " }) { return " " + String(repeating: "-", count: width - 2) + " " }
  let text = TerminalText.truncated(trimmedEnd(cell), to: width - 1)
  return text + String(repeating: " ", count: max(1, width - TerminalText.width(of: text)))
}

private func trimmedEnd(_ text: String) -> String {
  var text = text
  while text.last == " " { text.removeLast() }
  return text
}

/// What stands between the bars of a table's line; an escaped bar is part of a cell.
private func cells(_ line: String) -> [String] {
  var cells: [String] = []
  var cell = ""
  var isEscaped = false
  for character in line.dropFirst() {
    if character == "|", !isEscaped {
      cells.append(cell)
      cell = ""
    } else {
      cell.append(character)
    }
    isEscaped = character == "\\" && !isEscaped
  }
  return cells
}
