import Market

extension Drawing {
  /// What is there of a day.
  package enum Coverage: Character, CaseIterable, Hashable, Sendable {
    /// All that was expected.
    case whole = "█"
    /// Something, not all.
    case part = "▄"
    /// Nothing, though something was expected.
    case none = "×"
    /// Nothing was expected.
    case closed = "·"
  }

  /// A row of marks for each name, a mark a day: a full square, a half one, a cross, a dot.
  ///
  /// - Parameters:
  ///   - rows: a mark for each day.
  ///   - days: oldest first.
  package static func coverage(_ rows: [(name: String, marks: [Coverage])], on days: [Day]) -> Drawing {
    let margin = min((rows.map { Canvas.width(of: $0.name) }.max() ?? 0) + 6, 110)
    let spacing = min((usualWidth - margin) / Double(max(days.count, 1)), 14)
    let height = 14.0
    var canvas = Canvas()
    var paths = (whole: "", part: "", none: "", closed: "")
    for (row, entry) in rows.enumerated() {
      canvas.text(entry.name, margin - 4, Double(row) * height + 11, .end)
      for (index, mark) in entry.marks.enumerated() {
        let (x, y) = (margin + Double(index) * spacing + 0.5, Double(row) * height + 2)
        let width = max(spacing - 1, 0.5)
        switch mark {
        case .whole: paths.whole += "M\(Canvas.point(x, y))h\(Canvas.number(width))v10h-\(Canvas.number(width))z"
        case .part: paths.part += "M\(Canvas.point(x, y + 5))h\(Canvas.number(width))v5h-\(Canvas.number(width))z"
        case .none:
          paths.none +=
            "M\(Canvas.point(x, y + 2))L\(Canvas.point(x + width, y + 8))M\(Canvas.point(x + width, y + 2))"
            + "L\(Canvas.point(x, y + 8))"
        case .closed: paths.closed += "M\(Canvas.point(x + width / 2, y + 5))h0.1"
        }
      }
    }
    for (commands, name) in [
      (paths.whole, "whole"), (paths.part, "part"), (paths.none, "absent"), (paths.closed, "closed"),
    ] {
      canvas.path(commands, name)
    }
    let bottom = Double(rows.count) * height + 2
    let plot = Plot(
      left: margin, right: margin + spacing * Double(days.count), top: 0, bottom: bottom,
      axis: ValueAxis(covering: [0, 1]))
    let labels = TimeAxis(days.map(\.start), spacing: spacing).ticks
    plot.draw(labels, of: days.count, at: bottom + 14, on: &canvas)
    return Drawing(width: usualWidth, height: bottom + 18, content: canvas.content)
  }
}
