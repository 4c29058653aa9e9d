import Market
import Metrics
import Testing

/// What is kept of days is what the measures say over the whole series.
@Suite struct DailyIndicatorsTests {
  /// Behind a fall from 6e11 to almost nothing, and flat for a while in between.
  private static func closes(_ name: String) throws -> [Double] {
    let bars = try GoldenSeries.bars(name).map(\.close)
    return bars + bars.reversed() + bars.map { $0 * 1.5 }
  }

  @Test(arguments: GoldenSeries.made)
  func `each value is that of its measure, missing as long as that warms up`(name: String) throws {
    let closes = try Self.closes(name)
    var course = DailyIndicators()
    let values = closes.map { course.take($0) }
    #expect(values.map(\.rsi) == RelativeStrengthIndex(period: 14).values(over: closes))
    #expect(values.map(\.macd) == MACD(fast: 12, slow: 26, signal: 9).values(over: closes).map { $0?.macd })
    #expect(values.map(\.sma20) == SimpleMovingAverage(period: 20).values(over: closes))
    #expect(values.map(\.sma50) == SimpleMovingAverage(period: 50).values(over: closes))
    #expect(values.map(\.sma200) == SimpleMovingAverage(period: 200).values(over: closes))
    let missing = (0..<7).map { column in values.prefix { $0.all[column] == nil }.count }
    #expect(missing == [14, 33, 19, 49, 199, 1, 1])
  }

  @Test(arguments: GoldenSeries.made)
  func `from a state on the values are the same to the last bit once a block has passed`(name: String) throws {
    let closes = try Self.closes(name)
    var course = DailyIndicators()
    var states: [Int: DailyIndicators.State] = [:]
    let values = closes.enumerated().map { index, close in
      if index > 0, index % DailyIndicators.block == 0 { states[index] = course.state }
      return course.take(close)
    }
    #expect(states.count == 6)
    for (start, state) in states {
      var again = DailyIndicators(from: DailyIndicators.State(state.all))
      let rest = closes[start...].map { again.take($0) }
      #expect(rest.dropFirst(DailyIndicators.block) == values[start...].dropFirst(DailyIndicators.block))
      #expect(rest.map(\.rsi) == values[start...].map(\.rsi))
      #expect(rest.map(\.logReturn) == values[start...].map(\.logReturn))
    }
  }

  @Test func `a change from or to a price that is not above zero is missing`() {
    var course = DailyIndicators()
    let values = [10, 5, 0, 5, -2, -1, 4, 5].map { course.take($0) }
    #expect(values.map { $0.change != nil } == [false, true, false, false, false, false, false, true])
    #expect(values.map { $0.logReturn != nil } == values.map { $0.change != nil })
    #expect(values[1].change == -0.5 && values[7].change == 0.25)
  }

  @Test func `there is no state while something warms up`() {
    var course = DailyIndicators()
    let states = (1...40).map { day in
      _ = course.take(Double(day))
      return course.state != nil
    }
    #expect(states.firstIndex(of: true) == 33)
  }
}

extension DailyIndicators.Values {
  fileprivate var all: [Double?] {
    var all: [Double?] = []
    hand { all.append($0) }
    return all
  }
}
