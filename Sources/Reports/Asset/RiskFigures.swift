import Market
import Metrics

/// What prices of daily bars risked in the last year, and what came of it.
struct RiskFigures {
  /// At most so many returns: a year of sessions, or of days.
  let window: Int
  /// How many there are.
  let observations: Int
  let volatility30: Double?
  let volatility: Double?
  let weighted: Double?
  let range: Double?
  let sharpe: SharpeRatio?
  let sortino: Double?
  let valueAtRisk: ValueAtRisk?
  let skew: Double?
  let kurtosis: Double?
  /// Of all bars.
  let growth: Double?
  /// Of all bars.
  let drawdown: Double?
  /// The five deepest of all bars.
  let falls: [Drawdown]

  init(of bars: [Bar], hasSessions: Bool) {
    let periods = periodsPerYear(of: .day1, hasSessions: hasSessions)
    window = Int(periods)
    let last = Array(bars.suffix(window + 1))
    let closes = last.map(\.close)
    let logs = logReturns(ofPrices: closes)
    let simple = simpleReturns(ofPrices: closes)
    observations = logs.count
    volatility30 = logs.count >= 30 ? Metrics.volatility(ofLogReturns: logs.suffix(30), periodsPerYear: periods) : nil
    let hasYear = logs.count >= window * 9 / 10
    volatility = hasYear ? Metrics.volatility(ofLogReturns: logs, periodsPerYear: periods) : nil
    weighted = logs.count >= 30 ? exponentialVolatility(ofLogReturns: logs, periodsPerYear: periods) : nil
    range = last.count >= 30 ? parkinsonVolatility(of: Array(last.suffix(30)), periodsPerYear: periods) : nil
    sharpe = hasYear ? SharpeRatio(ofReturns: simple, periodsPerYear: periods) : nil
    sortino = hasYear ? sortinoRatio(ofReturns: simple, periodsPerYear: periods) : nil
    valueAtRisk = hasYear ? .historical(ofReturns: simple) : nil
    skew = hasYear ? skewness(simple) : nil
    kurtosis = hasYear ? excessKurtosis(simple) : nil
    drawdown = maximumDrawdown(ofCloses: bars.map(\.close))
    falls = Drawdown.deepest(5, of: bars.map { ($0.openTime, $0.close) })
    if let first = bars.first, let end = bars.last, end.openTime - first.openTime >= 365 * 86_400 {
      growth = compoundAnnualGrowth(from: first.close, to: end.close, seconds: end.openTime - first.openTime)
    } else {
      growth = nil
    }
  }
}
