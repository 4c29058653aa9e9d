import Market

/// The area of a chart between its axes: values to the right of it, times below it.
struct Plot {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let axis: ValueAxis

  /// Room for the labels of an axis, and a gap before them.
  static func margin(for axis: ValueAxis) -> Double {
    (axis.ticks.map { Canvas.width(of: axis.label($0)) }.max() ?? 0) + 8
  }

  func y(_ value: Double) -> Double { bottom - axis.share(of: value) * (bottom - top) }

  /// The middle of one of `count` places of equal width.
  func x(_ index: Int, of count: Int) -> Double { left + (Double(index) + 0.5) * spacing(count) }

  func spacing(_ count: Int) -> Double { (right - left) / Double(max(count, 1)) }

  /// Lines across at the ticks, with their labels.
  func drawValues(on canvas: inout Canvas) {
    for tick in axis.ticks {
      canvas.line(left, y(tick), right, y(tick), tick == 0 ? "zero" : "grid")
      canvas.text(axis.label(tick), right + 5, y(tick) + 3.5)
    }
  }

  /// Labels below, kept within the width of the plot, none over another.
  func draw(_ labels: [TimeAxis.Tick], of count: Int, at y: Double, on canvas: inout Canvas) {
    var taken = -Double.infinity
    for tick in labels {
      let width = Canvas.width(of: tick.label)
      let middle = min(max(x(tick.index, of: count), left + width / 2), Drawing.usualWidth - width / 2)
      guard middle - width / 2 > taken + 6 else { continue }
      taken = middle + width / 2
      canvas.line(x(tick.index, of: count), bottom, x(tick.index, of: count), bottom + 3, "grid")
      canvas.text(tick.label, middle, y, .middle)
    }
  }

  /// A line through the values; it breaks where one is missing, and a lone one is a dot.
  func path(_ values: [Double?]) -> String {
    var commands = ""
    for (index, value) in values.enumerated() {
      guard let value, value.isFinite else { continue }
      let before = index > 0 ? values[index - 1] : nil
      let after = index + 1 < values.count ? values[index + 1] : nil
      let point = Canvas.point(x(index, of: values.count), y(value))
      commands += (before == nil ? "M" : "L") + point
      if before == nil, after == nil { commands += "h0.1" }
    }
    return commands
  }

  /// Bands where nothing is known.
  func drawHoles(_ isMissing: [Bool], on canvas: inout Canvas) {
    var index = 0
    while index < isMissing.count {
      let end = isMissing[index...].firstIndex(of: false) ?? isMissing.count
      if end > index {
        let width = spacing(isMissing.count)
        canvas.rectangle(left + Double(index) * width, top, Double(end - index) * width, bottom - top, "hole")
      }
      index = max(end, index + 1)
    }
  }
}

/// Names of lines with a piece of each, along the top; those for which there is no room go into a second row.
struct Legend {
  let names: [String]

  /// How high it is; zero where there is nothing to tell apart.
  var height: Double { names.isEmpty ? 0 : Double(rows.count) * 14 + 4 }

  private var rows: [[(index: Int, x: Double)]] {
    var rows: [[(index: Int, x: Double)]] = [[]]
    var x = 0.0
    for (index, name) in names.enumerated() {
      let width = Canvas.width(of: name) + 40
      if x + width > Drawing.usualWidth, !rows[rows.count - 1].isEmpty {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((index, x))
      x += width
    }
    return rows
  }

  func draw(on canvas: inout Canvas) {
    for (row, entries) in rows.enumerated() {
      for entry in entries {
        let y = Double(row) * 14 + 7
        canvas.line(entry.x, y, entry.x + 20, y, Legend.line(entry.index))
        canvas.text(names[entry.index], entry.x + 24, y + 3.5)
      }
    }
  }

  /// The class of the n-th line: a colour and a pattern of its own.
  static func line(_ index: Int) -> String { "l l\(index % 4 + 1)" }
}
