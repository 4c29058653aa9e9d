import Market

/// A Markdown table whose columns stand one below the other in its source too, for whoever reads it in a terminal.
///
/// Cells are plain text: nothing in them becomes markup, and a line break within one becomes a space.
struct PaddedTable {
  /// Columns of numbers are aligned to the right.
  let columns: [Column]
  let rows: [[String]]

  var text: String {
    let cells = ([columns.map(\.name)] + rows).map { $0.map(Markdown.escaped) }
    let widths = columns.indices.map { column in
      cells.reduce(3) { max($0, $1.indices.contains(column) ? TerminalText.width(of: $1[column]) : 0) }
    }
    let lines = cells.map { line($0, widths) }
    return (lines.prefix(1) + [rule(widths)] + lines.dropFirst()).joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(zip(columns, cells), widths).map { pair, width in
      let space = String(repeating: " ", count: width - TerminalText.width(of: pair.1))
      return pair.0.kind == .text ? pair.1 + space : space + pair.1
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }

  private func rule(_ widths: [Int]) -> String {
    let dashes = zip(columns, widths).map { column, width in
      column.kind == .text
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return "| " + dashes.joined(separator: " | ") + " |"
  }
}
