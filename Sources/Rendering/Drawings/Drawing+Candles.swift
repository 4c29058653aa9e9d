import Market

extension Drawing {
  /// A line over candles: a moving average and what it is called.
  package typealias NamedLine = (name: String, values: [Double?])

  /// Bars with their volume below, and averages over them.
  ///
  /// A bar that closed at or above its open is hollow, one that closed below it is filled. A grey band is a bar that is
  /// missing.
  ///
  /// - Parameters:
  ///   - bars: oldest first, at equal distances; `nil` where one is missing.
  ///   - times: when each opens.
  ///   - averages: a value for each bar, `nil` where there is none yet.
  package static func candles(_ bars: [Bar?], at times: [Instant], averages: [NamedLine] = []) -> Drawing {
    let known = bars.compactMap { $0 }
    let prices = known.flatMap { [$0.low, $0.high] } + averages.flatMap { $0.values.compactMap { $0 } }
    let axis = ValueAxis(covering: prices)
    let hasVolume = known.contains { $0.volume > 0 }
    let volumes = ValueAxis(covering: known.map(\.volume), zero: true, count: 2, margin: 0)
    let legend = Legend(names: averages.map(\.name))
    let right = usualWidth - max(Plot.margin(for: axis), hasVolume ? Plot.margin(for: volumes) : 0)
    let plot = Plot(left: 2, right: right, top: legend.height + 6, bottom: legend.height + 156, axis: axis)
    let below = Plot(left: 2, right: right, top: plot.bottom + 8, bottom: plot.bottom + 44, axis: volumes)
    let ground = hasVolume ? below : plot
    var canvas = Canvas()
    legend.draw(on: &canvas)
    plot.drawHoles(bars.map { $0 == nil }, on: &canvas)
    plot.drawValues(on: &canvas)
    if hasVolume { below.drawVolume(bars, on: &canvas) }
    plot.drawCandles(bars, on: &canvas)
    for (index, average) in averages.enumerated() {
      canvas.path(plot.path(average.values), Legend.line(index))
    }
    let labels = TimeAxis(times, spacing: plot.spacing(times.count)).ticks
    ground.draw(labels, of: times.count, at: ground.bottom + 14, on: &canvas)
    return Drawing(width: usualWidth, height: ground.bottom + 18, content: canvas.content)
  }
}

extension Plot {
  fileprivate func drawCandles(_ bars: [Bar?], on canvas: inout Canvas) {
    var paths = (rising: "", falling: "")
    let half = min(max(spacing(bars.count) * 0.34, 0.5), 9)
    for (index, bar) in bars.enumerated() {
      guard let bar else { continue }
      let x = x(index, of: bars.count)
      let (head, foot) = (y(max(bar.open, bar.close)), y(min(bar.open, bar.close)))
      var commands = "M\(Canvas.point(x, y(bar.high)))L\(Canvas.point(x, head))"
      commands += "M\(Canvas.point(x, foot))L\(Canvas.point(x, y(bar.low)))"
      let (width, height) = (Canvas.number(half * 2), Canvas.number(max(foot - head, 0.4)))
      commands += "M\(Canvas.point(x - half, head))h\(width)v\(height)h-\(width)z"
      if bar.close >= bar.open { paths.rising += commands } else { paths.falling += commands }
    }
    canvas.path(paths.rising, "up")
    canvas.path(paths.falling, "down")
  }

  fileprivate func drawVolume(_ bars: [Bar?], on canvas: inout Canvas) {
    drawValues(on: &canvas)
    let half = min(max(spacing(bars.count) * 0.34, 0.5), 9)
    var commands = ""
    for (index, bar) in bars.enumerated() {
      guard let bar, bar.volume > 0, bar.volume.isFinite else { continue }
      let (x, width) = (x(index, of: bars.count), Canvas.number(half * 2))
      commands +=
        "M\(Canvas.point(x - half, bottom))V\(Canvas.number(y(bar.volume)))h\(width)V\(Canvas.number(bottom))z"
    }
    canvas.path(commands, "volume")
  }
}
