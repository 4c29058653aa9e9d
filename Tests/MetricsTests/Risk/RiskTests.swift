import Market
import Testing

@testable import Metrics

@Suite struct RiskTests {
  private func prices(_ closes: [Double]) -> [(at: Instant, close: Double)] {
    closes.enumerated().map { (GoldenSeries.start + Int64($0.offset) * 86_400, $0.element) }
  }

  @Test func `a price that doubles in two years grows by the root of two less one`() {
    #expect(isClose(compoundAnnualGrowth(from: 50, to: 100, seconds: 730 * 86_400), 2.0.squareRoot() - 1))
  }

  @Test func `growth is missing without time, from nothing, and to less than nothing`() {
    #expect(compoundAnnualGrowth(from: 50, to: 100, seconds: 0) == nil)
    #expect(compoundAnnualGrowth(from: 0, to: 100, seconds: 86_400) == nil)
    #expect(compoundAnnualGrowth(from: 50, to: -1, seconds: 86_400) == nil)
    #expect(compoundAnnualGrowth(from: 50, to: 0, seconds: 86_400) == -1)
  }

  @Test(
    arguments: [
      (.day1, false, 365), (.hour1, false, 8760), (.day1, true, 252), (.hour1, true, 1638), (.week1, true, 52),
      (.minute30, true, 3276),
    ] as [(Interval, Bool, Double)])
  func `a year has as many bars as its market trades`(interval: Interval, hasSessions: Bool, periods: Double) {
    #expect(periodsPerYear(of: interval, hasSessions: hasSessions) == periods)
  }

  @Test func `the deepest fall is told as a positive fraction of its peak`() {
    #expect(maximumDrawdown(ofCloses: [100, 120, 90, 110, 60, 130, 129]) == 0.5)
    #expect(maximumDrawdown(ofCloses: [1, 2, 3]) == 0)
    #expect(maximumDrawdown(ofCloses: []) == nil)
    #expect(maximumDrawdown(ofCloses: [-1, 0]) == nil)
    #expect(maximumDrawdown(ofCloses: [10, -5]) == 1.5)
  }

  @Test func `falls are listed by depth, with peak, trough and recovery`() {
    let days = prices([100, 90, 100, 120, 60, 90, 120, 110])
    let falls = Drawdown.deepest(5, of: days)
    let depths: [Double] = [0.5, 1 - 90.0 / 100, 1 - 110.0 / 120]
    #expect(falls.map(\.depth) == depths)
    #expect(falls[0] == Drawdown(peak: days[3].at, trough: days[4].at, recovery: days[6].at, depth: 0.5))
    #expect(falls[1].recovery == days[2].at)
    #expect(falls[2].recovery == nil)
    #expect(Drawdown.deepest(1, of: days).count == 1)
    #expect(Drawdown.deepest(3, of: []).isEmpty)
  }

  @Test func `the worst in twenty is interpolated between its neighbours, and a loss is positive`() throws {
    // 21 returns from -10 % to 10 %: the 5 % quantile is the second one, -9 %.
    let returns = (-10...10).map { Double($0) / 100 }.reversed()
    let risk = try #require(ValueAtRisk.historical(ofReturns: Array(returns)))
    #expect(isClose(risk.value, 0.09) && isClose(risk.shortfall, 0.095))
    #expect(linearQuantile(0.25, ofSorted: [1, 2]) == 1.25)
    #expect(linearQuantile(1, ofSorted: [1, 2]) == 2)
    #expect(linearQuantile(0.5, ofSorted: []) == nil)
  }

  @Test func `returns that are all the same have neither a Sharpe ratio nor a shape`() {
    let same = Array(repeating: 0.1, count: 10)
    #expect(SharpeRatio(ofReturns: same, periodsPerYear: 365) == nil)
    #expect(skewness(same) == nil && excessKurtosis(same) == nil)
    #expect(sortinoRatio(ofReturns: same, periodsPerYear: 365) == nil)
    #expect(SharpeRatio(ofReturns: [0.1], periodsPerYear: 365) == nil)
  }

  @Test func `returns from and to prices that are not above zero are left out`() {
    #expect(simpleReturns(ofPrices: [2, 3, 0, 4, 5]) == [0.5, -1, 0.25])
    #expect(logReturns(ofPrices: [2, 2, 0, 4, 4]) == [0, 0])
    #expect(simpleReturns(ofPrices: [1]).isEmpty && logReturns(ofPrices: [Double]()).isEmpty)
  }

  @Test func `nothing is computed of nothing`() {
    #expect(volatility(ofLogReturns: [0.1], periodsPerYear: 365) == nil)
    #expect(exponentialVolatility(ofLogReturns: [Double](), periodsPerYear: 365) == nil)
    #expect(parkinsonVolatility(of: [], periodsPerYear: 365) == nil)
    #expect(garmanKlassVolatility(of: [], periodsPerYear: 365) == nil)
    #expect(yangZhangVolatility(of: [], periodsPerYear: 365) == nil)
    #expect(CorrelationMatrix.plain(ofReturns: [[0.1]]) == nil)
    #expect(CorrelationMatrix.shrunk(ofReturns: []) == nil)
    #expect(beta(of: []) == nil)
  }

  @Test func `a portfolio of what moves together is not diversified, one of opposites is`() throws {
    let same = try #require(CorrelationMatrix.plain(ofReturns: [[0.1, 0.2], [0.3, 0.4], [0.2, 0.3]]))
    let opposite = try #require(CorrelationMatrix.plain(ofReturns: [[0.1, -0.1], [0.3, -0.3], [0.2, -0.2]]))
    #expect(isClose(diversificationScore(weights: [0.5, 0.5], same), 0))
    #expect(isClose(diversificationScore(weights: [0.5, 0.5], opposite), 1))
    #expect(isClose(diversificationScore(weights: [1, 0], opposite), 0))
    // 1 − (0.75² + 0.25² − 2 × 0.75 × 0.25).
    #expect(isClose(diversificationScore(weights: [0.75, 0.25], opposite), 0.75))
    #expect(diversificationScore(weights: [1], same) == nil)
    let still = try #require(CorrelationMatrix.plain(ofReturns: [[0.1, 0], [0.2, 0]]))
    #expect(diversificationScore(weights: [0.5, 0.5], still) == nil)
    #expect(diversificationScore(weights: [1, 0], still) == 0)
  }

  @Test func `an asset that never moves correlates with nothing`() {
    let matrix = CorrelationMatrix.plain(ofReturns: [[0.1, 0], [0.2, 0], [0.1, 0]])
    #expect(matrix?.values == [[1, nil], [nil, nil]])
  }

  @Test(arguments: [-9, 4])
  func `the unit of the price changes no figure`(power: Int) throws {
    let factor = Double(sign: .plus, exponent: power, significand: 1)
    func figures(_ scale: Double) throws -> [Double?] {
      let bars = try GoldenSeries.bars("gaps").map {
        Bar(
          openTime: $0.openTime, open: $0.open * scale, high: $0.high * scale, low: $0.low * scale,
          close: $0.close * scale, volume: $0.volume)
      }
      let returns = simpleReturns(ofPrices: bars.map(\.close))
      return [
        maximumDrawdown(ofCloses: bars.map(\.close)), yangZhangVolatility(of: bars, periodsPerYear: 252),
        garmanKlassVolatility(of: bars, periodsPerYear: 252), parkinsonVolatility(of: bars, periodsPerYear: 252),
        ValueAtRisk.historical(ofReturns: returns)?.shortfall,
        SharpeRatio(ofReturns: returns, periodsPerYear: 252)?.value,
      ]
    }
    #expect(try figures(factor) == figures(1))
  }
}
