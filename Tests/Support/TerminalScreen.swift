/// What a person sees on a terminal after something was written to it, with all that scrolled away.
///
/// Obeys what this program writes: line ends, the cursor going up, a screen or a line being cleared; colours are left out.
/// Each character takes one column.
package struct TerminalScreen {
  private struct Line {
    var text: [Unicode.Scalar] = []
    /// Whether the terminal itself began it, as the one before was full.
    var continues = false
  }

  private let columns: Int
  private let rows: Int
  private var written = [Line()]
  private var cursor = (line: 0, column: 0)
  /// The first line in sight; what scrolled away is out of reach.
  private var top = 0

  /// An empty screen.
  package init(columns: Int, rows: Int = 24) {
    (self.columns, self.rows) = (columns, rows)
  }

  /// The lines as they stand there, oldest first, without spaces at their ends and without empty ones at the bottom.
  package var lines: [String] {
    let texts = written.map { line in
      String(String.UnicodeScalarView(line.text.prefix((line.text.lastIndex { $0 != " " } ?? -1) + 1)))
    }
    return Array(texts.prefix((texts.lastIndex { !$0.isEmpty } ?? -1) + 1))
  }

  /// Each line that the terminal itself had to continue below, as it was written.
  package var wrapped: [String] {
    var whole: [[Line]] = []
    for line in written {
      if line.continues, let last = whole.indices.last { whole[last].append(line) } else { whole.append([line]) }
    }
    return whole.filter { $0.count > 1 }.map { String(String.UnicodeScalarView($0.flatMap(\.text))) }
  }

  /// Writes to the terminal.
  package mutating func show(_ text: String) {
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": cursor.column = 0
      case "\n": moveDown()
      case "\u{1B}": obey(&rest)
      default: put(scalar)
      }
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if cursor.column == columns {
      moveDown()
      cursor.column = 0
      written[cursor.line].continues = true
    }
    let missing = cursor.column + 1 - written[cursor.line].text.count
    if missing > 0 { written[cursor.line].text += [Unicode.Scalar](repeating: " ", count: missing) }
    written[cursor.line].text[cursor.column] = scalar
    cursor.column += 1
  }

  private mutating func moveDown() {
    cursor.line += 1
    if cursor.line == written.count { written.append(Line()) }
    top = max(top, cursor.line - rows + 1)
  }

  /// What stands behind an escape: `[2A`, `[J`, `[2K`, `[33m`.
  private mutating func obey(_ rest: inout Substring.UnicodeScalarView) {
    guard rest.popFirst() == "[" else { return }
    let number = rest.prefix { ("0"..."9").contains($0) || $0 == ";" }
    rest = rest.dropFirst(number.count)
    switch rest.popFirst() {
    case "A": cursor.line = max(top, cursor.line - (Int(String(number)) ?? 1))
    case "J":
      written.removeSubrange((cursor.line + 1)...)
      written[cursor.line].text.removeLast(max(0, written[cursor.line].text.count - cursor.column))
    case "K": written[cursor.line].text = []
    default: break
    }
  }
}
