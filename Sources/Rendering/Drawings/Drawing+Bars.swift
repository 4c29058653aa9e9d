extension Drawing {
  /// One bar of a chart: what it stands for, how long it is, and how that is written.
  package struct Amount: Hashable, Sendable {
    let label: String
    let value: Double?
    let text: String

    /// A bar; one without a value stays empty.
    package init(_ label: String, _ value: Double?, _ text: String) {
      self.label = label
      self.value = value
      self.text = text
    }
  }

  /// Bars that stand on zero or hang from it, each with its figure where all of them have room.
  package static func bars(_ bars: [Amount]) -> Drawing {
    let axis = ValueAxis(covering: bars.compactMap(\.value), zero: true, count: 3, margin: 0.2)
    let plot = Plot(left: 2, right: usualWidth - Plot.margin(for: axis), top: 6, bottom: 110, axis: axis)
    let spacing = plot.spacing(bars.count)
    let hasTexts = bars.allSatisfy { Canvas.width(of: $0.text) + 4 <= spacing }
    var canvas = Canvas()
    plot.drawHoles(bars.map { $0.value == nil }, on: &canvas)
    plot.drawValues(on: &canvas)
    for (index, bar) in bars.enumerated() {
      guard let value = bar.value else { continue }
      let (x, zero, end) = (plot.x(index, of: bars.count), plot.y(0), plot.y(value))
      let width = min(spacing * 0.6, 44)
      canvas.rectangle(
        x - width / 2, min(zero, end), width, max((zero - end).magnitude, 0.8), value < 0 ? "down" : "up")
      if hasTexts { canvas.text(bar.text, x, value < 0 ? end + 11 : end - 4, .middle, "figure") }
    }
    let labels = bars.enumerated().map { TimeAxis.Tick(index: $0, label: $1.label) }
    plot.draw(labels, of: bars.count, at: plot.bottom + 14, on: &canvas)
    return Drawing(width: usualWidth, height: plot.bottom + 18, content: canvas.content)
  }
}
