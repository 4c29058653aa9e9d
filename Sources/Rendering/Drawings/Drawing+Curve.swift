extension Drawing {
  /// A curve for a line of text or a cell: no axes, its last value a dot.
  ///
  /// - Parameter values: oldest first, `nil` where one is missing: there the curve breaks.
  package static func curve(of values: [Double?]) -> Drawing {
    let (width, height) = (84.0, 18.0)
    let axis = ValueAxis(covering: values.compactMap { $0 }, margin: 0.02)
    let plot = Plot(left: 1, right: width - 2, top: 3, bottom: height - 3, axis: axis)
    var canvas = Canvas()
    canvas.path(plot.path(values), "l l1")
    if let index = values.lastIndex(where: { $0 != nil }), let last = values[index], last.isFinite {
      canvas.path("M\(Canvas.point(plot.x(index, of: values.count), plot.y(last)))h0.1", "dot")
    }
    return Drawing(width: width, height: height, content: canvas.content)
  }
}
