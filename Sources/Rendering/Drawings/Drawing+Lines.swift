import Market
import Metrics

extension Drawing {
  /// Up to four lines over the same times, each with a colour and a pattern of its own.
  ///
  /// - Parameters:
  ///   - lines: a value for each time, `nil` where it is missing: there the line breaks.
  ///   - times: oldest first, at equal distances.
  ///   - marks: values at which a line goes across, as 30 and 70 of an RSI.
  ///   - isShare: whether values are fractions, to be labelled in per cent.
  package static func lines(
    _ lines: [NamedLine], at times: [Instant], marks: [Double] = [], isShare: Bool = false, height: Double = 110
  ) -> Drawing {
    let values = lines.flatMap { $0.values.compactMap { $0 } } + marks
    let axis = ValueAxis(covering: values, count: 3, unit: isShare ? .percent : .plain)
    let legend = Legend(names: lines.count > 1 ? lines.map(\.name) : [])
    let plot = Plot(
      left: 2, right: usualWidth - Plot.margin(for: axis), top: legend.height + 6, bottom: legend.height + height,
      axis: axis)
    var canvas = Canvas()
    legend.draw(on: &canvas)
    plot.drawHoles(times.indices.map { index in lines.allSatisfy { $0.values[index] == nil } }, on: &canvas)
    plot.drawValues(on: &canvas)
    for mark in marks { canvas.line(plot.left, plot.y(mark), plot.right, plot.y(mark), "mark") }
    for (index, line) in lines.enumerated() { canvas.path(plot.path(line.values), Legend.line(index)) }
    let labels = TimeAxis(times, spacing: plot.spacing(times.count)).ticks
    plot.draw(labels, of: times.count, at: plot.bottom + 14, on: &canvas)
    return Drawing(width: usualWidth, height: plot.bottom + 18, content: canvas.content)
  }

  /// How far prices are below their highest so far, as an area that hangs from zero.
  ///
  /// - Parameter closes: oldest first, `nil` where one is missing; those before the first above zero are left out.
  package static func drawdown(ofCloses closes: [Double?], at times: [Instant]) -> Drawing {
    let falls = Drawing.falls(of: closes)
    let axis = ValueAxis(covering: falls.compactMap { $0 }, zero: true, count: 3, unit: .percent)
    let plot = Plot(left: 2, right: usualWidth - Plot.margin(for: axis), top: 8, bottom: 96, axis: axis)
    var canvas = Canvas()
    plot.drawHoles(falls.map { $0 == nil }, on: &canvas)
    var area = ""
    let width = Canvas.number(plot.spacing(falls.count))
    for (index, fall) in falls.enumerated() {
      guard let fall, fall < 0 else { continue }
      let x = plot.left + Double(index) * plot.spacing(falls.count)
      area += "M\(Canvas.point(x, plot.y(0)))V\(Canvas.number(plot.y(fall)))h\(width)V\(Canvas.number(plot.y(0)))z"
    }
    canvas.path(area, "fall")
    plot.drawValues(on: &canvas)
    let labels = TimeAxis(times, spacing: plot.spacing(times.count)).ticks
    plot.draw(labels, of: times.count, at: plot.bottom + 14, on: &canvas)
    return Drawing(width: usualWidth, height: plot.bottom + 18, content: canvas.content)
  }

  /// Zero or less, as fractions of the highest close so far.
  package static func falls(of closes: [Double?]) -> [Double?] {
    Metrics.falls(ofCloses: closes).map { $0.map { 0 - $0 } }
  }
}
