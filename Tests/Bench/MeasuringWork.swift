import Market
import Metrics
import Support

/// Thirteen series of indicators over a million bars, in memory.
struct MeasuringWork {
  func run() {
    let walk = Workload.walk(0, hours: 1_000_000)
    let bars = walk.bars(0..<walk.steps.count)
    let began = ContinuousClock.now
    let wanted: [any Measure<Bar>] = [
      SimpleMovingAverage(period: 20), SimpleMovingAverage(period: 50), SimpleMovingAverage(period: 200),
      ExponentialMovingAverage(period: 12), ExponentialMovingAverage(period: 26), RelativeStrengthIndex(period: 14),
      MACD(fast: 12, slow: 26, signal: 9), BollingerBands(period: 20, width: 2), AverageTrueRange(period: 14),
    ]
    let columns = MeasuredColumns(of: wanted, over: bars)
    report(rows: bars.count * columns.width / 13, .now - began)
  }
}
