import Market
import Testing

@testable import Metrics

/// What holds for every indicator that can be asked for.
@Suite struct EveryMeasureTests {
  static let names = Indicator.forms.map(\.name)

  /// An indicator with its usual numbers, its benchmark the opens of a made series, if it wants one.
  private func indicator(_ name: String) throws -> Indicator {
    var indicator = try Indicator(name)
    indicator.compare(
      with: Dictionary(uniqueKeysWithValues: try GoldenSeries.bars("small").map { ($0.openTime, $0.open) }))
    return indicator
  }

  /// The rows of such an indicator.
  private func rows(_ name: String, _ bars: [Bar]) throws -> [[Double?]] {
    var indicator = try indicator(name)
    return bars.map { bar in
      var row: [Double?] = []
      indicator.measure.take(bar, into: &row)
      return row
    }
  }

  private func bits(_ rows: [[Double?]]) -> [[UInt64?]] { rows.map { $0.map { $0?.bitPattern } } }

  private func scaled(_ bars: [Bar], by factor: Double) -> [Bar] {
    bars.map {
      Bar(
        openTime: $0.openTime, open: $0.open * factor, high: $0.high * factor, low: $0.low * factor,
        close: $0.close * factor, volume: $0.volume)
    }
  }

  private func degree(of measure: some Measure) -> PriceDegree { type(of: measure).degree }

  @Test(arguments: names)
  func `each value is missing for as many bars as are declared, and there from then on`(name: String) throws {
    let lookBacks = try Indicator(name).measure.lookBacks
    let rows = try rows(name, GoldenSeries.bars("wander"))
    for (column, lookBack) in lookBacks.enumerated() {
      #expect(rows.firstIndex { $0[column] != nil } == lookBack)
      #expect(rows.dropFirst(lookBack).allSatisfy { $0[column] != nil })
    }
    #expect(rows.allSatisfy { $0.count == lookBacks.count })
  }

  @Test(arguments: names)
  func `bars in two portions, through a copy, give the same bits as all at once`(name: String) throws {
    let bars = try GoldenSeries.bars("gaps")
    var first = try indicator(name)
    var rows: [[Double?]] = []
    func feed(_ bars: some Sequence<Bar>, to indicator: inout Indicator) {
      for bar in bars {
        var row: [Double?] = []
        indicator.measure.take(bar, into: &row)
        rows.append(row)
      }
    }
    feed(bars.prefix(150), to: &first)
    var second = first
    // What becomes of the first one then does not matter to its copy.
    var ignored: [Double?] = []
    first.measure.take(bars[0], into: &ignored)
    feed(bars.dropFirst(150), to: &second)
    let whole = try self.rows(name, bars)
    #expect(bits(rows) == bits(whole))
  }

  @Test(arguments: names)
  func `columns of a whole series are the same bits as its rows, beside those of another`(name: String) throws {
    let few = try GoldenSeries.bars("flat")
    let bars = Array(repeatElement(few, count: 10_100 / few.count + 1).joined())
    let measure = try indicator(name).measure
    let rows = try rows(name, bars)
    let columns = MeasuredColumns(of: [SimpleMovingAverage(period: 3), measure], over: bars)
    #expect(columns.count == bars.count && columns.width == 1 + measure.lookBacks.count)
    let turned = bars.indices.map { index in (1..<columns.width).map { columns[$0, index] } }
    #expect(bits(turned) == bits(rows))
  }

  @Test(arguments: names, [-20, -3, 9])
  func `prices times a power of two scale each value exactly by the declared degree`(name: String, power: Int) throws {
    let exponent = degree(of: try Indicator(name).measure).exponent ?? 0
    let bars = try GoldenSeries.bars("flat")
    let factor = Double(sign: .plus, exponent: power * exponent, significand: 1)
    let plain = try rows(name, bars).map { $0.map { $0.map { $0 * factor } } }
    let there = try rows(name, scaled(bars, by: Double(sign: .plus, exponent: power, significand: 1)))
    #expect(bits(plain) == bits(there))
  }

  @Test(arguments: names)
  func `prices in another currency scale each value by the declared degree`(name: String) throws {
    let exponent = degree(of: try Indicator(name).measure).exponent ?? 0
    let bars = try GoldenSeries.bars("wander")
    let plain = try rows(name, bars).map { $0.map { $0.map { exponent == 1 ? $0 * 1.1 : $0 } } }
    for (expected, found) in zip(plain, try rows(name, scaled(bars, by: 1.1))) {
      for (expected, found) in zip(expected, found) {
        #expect((expected == nil) == (found == nil))
        #expect(abs((expected ?? 0) - (found ?? 0)) <= 1e-9 * max(abs(expected ?? 0), 200))
      }
    }
  }

  @Test(arguments: names, [Double.nan, .infinity])
  func `a bar without numbers has no value and leaves no trace`(name: String, bad: Double) throws {
    let bars = try GoldenSeries.bars("wander")
    let hole = Bar(openTime: bars[90].openTime, open: bad, high: bad, low: bad, close: bad, volume: bad)
    var rows = try rows(name, Array(bars[..<90]) + [hole] + Array(bars[90...]))
    let there = rows.remove(at: 90)
    #expect(there.allSatisfy { $0 == nil })
    let whole = try self.rows(name, bars)
    #expect(bits(rows) == bits(whole))
  }

  @Test(arguments: names)
  func `an empty series has no values, and one bar only those without warm-up`(name: String) throws {
    let lookBacks = try Indicator(name).measure.lookBacks
    #expect(try rows(name, []) == [])
    let one = try rows(name, [try GoldenSeries.bars("wander")[0]])
    #expect(one.first.map { $0.map { $0 != nil } } == lookBacks.map { $0 == 0 })
  }

  @Test(arguments: names)
  func `prices of zero and below give numbers or nothing, never infinity`(name: String) throws {
    let bars = try GoldenSeries.bars("wander").enumerated().map { index, bar in
      let shift = index % 7 == 0 ? bar.close : index > 200 ? 2 * bar.close : 0
      return Bar(
        openTime: bar.openTime, open: bar.open - shift, high: bar.high - shift, low: bar.low - shift,
        close: bar.close - shift, volume: bar.volume)
    }
    let values = try rows(name, bars).flatMap { $0 }.compactMap { $0 }
    #expect(values.allSatisfy { $0.isFinite })
    // Each window of a beta has a step from zero in it.
    #expect(values.isEmpty == (name == "beta"))
  }

  @Test(arguments: names.filter { $0 != "correlation" && $0 != "beta" })
  func `a price that never moves gives what is written, and no rounding`(name: String) throws {
    let bar = Bar(openTime: GoldenSeries.start, open: 0.1, high: 0.1, low: 0.1, close: 0.1, volume: 3)
    let last = try #require(try rows(name, Array(repeating: bar, count: 300)).last)
    let degree = degree(of: try Indicator(name).measure)
    // Averages give the price but for the last bits of a sum; distances and indexes exactly nothing.
    let isDistance = ["stddev", "momentum", "slope", "atr"].contains(name)
    let expected = degree == .price && !isDistance && name != "macd" ? 0.1 : 0
    for value in last where !["aroon", "obv"].contains(name) {
      #expect(isClose(value, expected, within: degree == .price && !isDistance ? 1e-15 : 0))
    }
  }
}
