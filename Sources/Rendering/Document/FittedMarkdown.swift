/// A document in Markdown for a terminal of some width: paragraphs folded between words, tables without the columns to
/// the right for which there is no room. What was left out is said below the table.
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
  let rows = lines.map(cells)
  let names = cells(heading).map { $0.split(separator: " ").joined(separator: " ") }
  var shown = Array(0..<(rows.map(\.count).min() ?? 0))
  func drawn(_ row: [String]) -> String { "|" + shown.map { row[$0] }.joined(separator: "|") + "|" }
  while shown.count > 1, rows.contains(where: { TerminalText.width(of: drawn($0)) > width }) {
    shown.remove(at: shown.lastIndex { minor.contains(names[$0]) } ?? shown.count - 1)
  }
  let hidden = names.indices.filter { !shown.contains($0) }.map { names[$0] }
  let note = "No room for \(hidden.joined(separator: ", ")): -o FILE has all."
  return rows.map(drawn) + LabelledText.folded(note, to: max(21, width))
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
