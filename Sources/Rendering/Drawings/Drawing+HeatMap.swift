extension Drawing {
  /// Correlations as a triangle of squares: blue together, orange against each other, with the figure in each square
  /// that has room for it.
  ///
  /// - Parameters:
  ///   - names: of the rows and, in the same order, the columns.
  ///   - values: from −1 to 1; `nil` where there is none, shown as a dash.
  package static func heatMap(_ names: [String], _ values: [[Double?]]) -> Drawing {
    let widest = names.map(Canvas.width).max() ?? 0
    let margin = min(widest + 6, 90)
    // The names stand in their own squares too, where there is room for all of them.
    let size = min((usualWidth - margin) / Double(max(names.count, 1)), max(34, min(widest + 4, 60)))
    var canvas = Canvas()
    for (row, name) in names.enumerated() {
      let y = Double(row) * size
      canvas.text(name, margin - 4, y + size / 2 + 3.5, .end)
      for column in 0...row {
        let value = values[row][column]
        let x = margin + Double(column) * size
        canvas.rectangle(x + 0.5, y + 0.5, size - 1, size - 1, "heat \(heatClass(value))")
        guard size >= 22 else { continue }
        let text = row == column && widest <= size ? name : value.map { shortCorrelation($0) } ?? "–"
        if Canvas.width(of: text) <= size { canvas.text(text, x + size / 2, y + size / 2 + 3.5, .middle, "figure") }
      }
    }
    return Drawing(width: usualWidth, height: Double(names.count) * size + 2, content: canvas.content)
  }

  /// Seven steps from −1 to 1.
  private static func heatClass(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "none" }
    let step = Int((min(max(value, -1), 1) * 3).rounded())
    return step < 0 ? "against\(-step)" : "with\(step)"
  }

  /// `.83`, `−.05`, `1`
  private static func shortCorrelation(_ value: Double) -> String {
    let text = fixedText(value, decimals: 2)
    return text == "1.00" ? "1" : text.replacing("0.", with: ".")
  }
}
