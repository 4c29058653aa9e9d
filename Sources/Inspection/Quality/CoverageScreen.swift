import Health
import Market
import Rendering

/// What is there of each asset's days, drawn with characters: as many of the newest days as there is room for.
struct CoverageScreen {
  let grid: CoverageGrid
  /// Columns of the terminal; `nil` for any.
  let width: Int?
  let style: TextStyle

  private static let longestName = 12

  var text: String {
    let names = grid.rows.map {
      TerminalText.truncated(TerminalText.escaped($0.asset.symbol), to: CoverageScreen.longestName)
    }
    let margin = (names.map(TerminalText.width).max() ?? 0) + 2
    let all = grid.rows.first?.marks.count ?? 0
    let room = width.map { max(1, $0 - margin) } ?? all
    let count = min(all, room)
    var lines = [heading(margin, count)]
    for (name, row) in zip(names, grid.rows) {
      let padding = String(repeating: " ", count: margin - TerminalText.width(of: name))
      lines.append(name + padding + String(row.marks.suffix(count).map(\.rawValue)))
    }
    lines += legend(left: all - count)
    return lines.joined(separator: "\n") + "\n"
  }

  private var last: Day { grid.days.upperBound }

  /// The first and the last day over their columns; only the last, or its month and day, where there is less room.
  private func heading(_ margin: Int, _ count: Int) -> String {
    let (first, last) = ((last - (count - 1)).description, last.description)
    let indent = String(repeating: " ", count: margin)
    let dates =
      switch count {
      case 22...: first + String(repeating: " ", count: count - 20) + last
      case 10...: String(repeating: " ", count: count - 10) + last
      default: String(last.suffix(5))
      }
    return style.dim(indent + dates)
  }

  private func legend(left: Int) -> [String] {
    let holes = grid.rows.count { $0.hasHoles }
    var sentences = [
      "█ whole  ▄ part  × missing  · closed, or before its first day",
      holes == 0
        ? "nothing is missing of \(counted(grid.rows.count, "asset"))"
        : "\(groupedText(Int64(holes))) of \(counted(grid.rows.count, "asset")) with holes",
    ]
    if left > 0 { sentences.append("\(counted(left, "older day")) for which there is no room") }
    let lines = sentences.flatMap { sentence in width.map { LabelledText.folded(sentence, to: $0) } ?? [sentence] }
    return [""] + lines.map(style.dim)
  }
}

extension CoverageGrid {
  /// The marks for programs: a word for each day.
  var json: JSONValue {
    [
      "version": 1, "from": .string(days.lowerBound.description), "to": .string(days.upperBound.description),
      "assets": .array(
        rows.map { row in
          [
            "asset": .string(row.asset.symbol), "class": .string(row.asset.assetClass.rawValue),
            "days": .array(row.marks.map { .string($0.word) }),
          ]
        }),
    ]
  }
}

extension Drawing.Coverage {
  fileprivate var word: String {
    switch self {
    case .whole: "whole"
    case .part: "part"
    case .none: "missing"
    case .closed: "closed"
    }
  }
}
