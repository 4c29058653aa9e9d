/// Lines of a label and a text beside it, folded to the width of a terminal: how one thing is told in detail.
package struct LabelledText: Sendable {
  private var lines: [(label: String, text: String)] = []

  /// Nothing yet.
  package init() {}

  /// Adds a line. Text from outside is escaped here.
  package mutating func add(_ label: String, _ text: String) {
    lines.append((label, TerminalText.escaped(text)))
  }

  /// Adds a line that goes on below the label of the one before.
  package mutating func add(_ text: String) { add("", text) }

  /// The lines, each ended by a line feed.
  ///
  /// - Parameter width: columns at most; `nil` for lines as long as they are.
  package func text(width: Int?, style: TextStyle = .plain) -> String {
    let indent = (lines.map { TerminalText.width(of: $0.label) }.max() ?? 0) + 4
    return lines.map { line in
      let label = "  " + line.label
      let padding = String(repeating: " ", count: max(0, indent - TerminalText.width(of: label)))
      let folded = LabelledText.folded(line.text, to: width.map { max(16, $0 - indent) })
      return style.dim(label) + padding
        + folded.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
    }.joined()
  }

  /// Folds at spaces, and within what is longer than a line.
  package static func folded(_ text: String, to width: Int?) -> [String] {
    guard let width, TerminalText.width(of: text) > width else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var word = String(word)
      if !line.isEmpty, TerminalText.width(of: line) + 1 + TerminalText.width(of: word) <= width {
        line += " " + word
        continue
      }
      if !line.isEmpty, TerminalText.width(of: word) > width, TerminalText.width(of: line) + 8 < width {
        // What fits on no line begins on this one.
        word = line + " " + word
      } else if !line.isEmpty {
        lines.append(line)
      }
      while TerminalText.width(of: word) > width {
        let piece = String(word.prefix(width))
        lines.append(piece)
        word = String(word.dropFirst(piece.count))
      }
      line = word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
