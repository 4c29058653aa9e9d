import Foundation
import Market
import Testing

@testable import Rendering

@Suite struct DrawingTests {
  private let start = Instant(epochSeconds: 1_758_153_600)

  private func times(_ count: Int) -> [Instant] { (0..<count).map { start + Int64($0) * 3600 } }

  private func bar(_ index: Int, _ open: Double, _ close: Double) -> Bar {
    Bar(
      openTime: start + Int64(index) * 3600, open: open, high: max(open, close) + 1, low: min(open, close) - 1,
      close: close, volume: Double(index + 1))
  }

  @Test func `drawings read as their golden files`() throws {
    let candles = Drawing.candles(
      [bar(0, 10, 12), bar(1, 12, 11), nil, bar(3, 11, 11)], at: times(4),
      averages: [("SMA 2", [nil, 11.5, nil, 11]), ("EMA 2", [nil, 11.4, nil, 11.1])])
    try Golden.expect(candles.svg(alternative: "candles") + "\n", equals: "candles.svg")
    let fall = Drawing.drawdown(ofCloses: [10, 8, nil, 12, 9], at: times(5))
    try Golden.expect(fall.svg(alternative: "drawdown") + "\n", equals: "drawdown.svg")
    let bars = Drawing.bars([.init("Mon", 5, "+5"), .init("Tue", nil, "–"), .init("Wed", -3, "−3")])
    try Golden.expect(bars.svg(alternative: "bars") + "\n", equals: "bars.svg")
    let map = Drawing.heatMap(["BTC", "ETH", "SPY"], [[1, 0.83, nil], [0.83, 1, -0.4], [nil, -0.4, 1]])
    try Golden.expect(map.svg(alternative: "correlations") + "\n", equals: "heat-map.svg")
    let days = (0..<4).map { start.day + $0 }
    let grid = Drawing.coverage([("BTC", [.whole, .part, .none, .closed])], on: days)
    try Golden.expect(grid.svg(alternative: "coverage") + "\n", equals: "coverage.svg")
  }

  @Test func `what rose is hollow and what fell is filled, each in one path`() {
    let content = Drawing.candles([bar(0, 10, 12), bar(1, 12, 11), bar(2, 11, 13)], at: times(3)).content
    #expect(content.components(separatedBy: "class=\"up\"").count == 2)
    #expect(content.components(separatedBy: "class=\"down\"").count == 2)
  }

  @Test func `a line breaks where a value is missing`() {
    let plot = Plot(left: 0, right: 40, top: 0, bottom: 10, axis: ValueAxis(covering: [1, 2], margin: 0))
    #expect(plot.path([1, 2, nil, 1]) == "M5 10L15 0M35 10h0.1")
    #expect(plot.path([nil, .nan]) == "")
  }

  @Test func `bars that are missing leave a band`() {
    let content = Drawing.candles([bar(0, 10, 12), nil, nil, bar(3, 12, 11)], at: times(4)).content
    #expect(content.components(separatedBy: "class=\"hole\"").count == 2)
    #expect(!Drawing.candles([bar(0, 10, 12)], at: times(1)).content.contains("hole"))
  }

  @Test func `a fall is counted from the highest close so far`() {
    let falls: [Double?] = [0, -0.25, nil, 0, -0.5]
    #expect(Drawing.falls(of: [8, 6, nil, 16, 8]) == falls)
  }

  @Test(arguments: [0, 1, 2, 300])
  func `every drawing keeps its shapes within its width, however few or many values there are`(count: Int) {
    let values = (0..<count).map { Double?.some(Double($0 * 37 % 11) + 1e6) }
    let bars = (0..<count).map { bar($0, Double($0 % 5) + 1, Double($0 % 7) + 1) }
    let drawings: [Drawing] = [
      .candles(bars, at: times(count), averages: [("a long name of an average", values), ("another", values)]),
      .lines([("one", values), ("two", values)], at: times(count), marks: [1_000_003]),
      .drawdown(ofCloses: values, at: times(count)),
      .bars(values.map { Drawing.Amount("label", $0, "1,000,000") }),
      .heatMap((0..<min(count, 61)).map { "A\($0)" }, Array(repeating: values, count: count)),
      .coverage([("BTC", values.map { _ in .whole })], on: values.indices.map { start.day + $0 }),
      .curve(of: values),
    ]
    for drawing in drawings {
      let places = drawing.content.matches(of: /\b(?:x="|M)(-?[0-9.]+)/).compactMap { Double($0.1) }
      #expect(places.allSatisfy { $0 >= 0 && $0 <= drawing.width }, "\(drawing)")
      #expect(!drawing.content.contains("nan"))
      #expect(drawing.height.isFinite)
    }
  }

  @Test func `the text of labels fits between its place and the edge`() {
    let values = (0..<50).map { Double?.some(Double($0) * 12_345.678) }
    let drawing = Drawing.lines([("a", values)], at: times(50))
    for match in drawing.content.matches(of: /<text x="([0-9.]+)" y="[0-9.]+">([^<]*)</) {
      let left = Double(match.1) ?? .infinity
      let width = Canvas.width(of: String(match.2))
      #expect(left + width <= drawing.width + 1)
    }
  }
}
