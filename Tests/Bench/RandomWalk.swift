import Market
import Support

/// Bars that look like a market's and are the same in every run: a seeded random walk.
///
/// Prices and volumes are whole numbers of 10⁻⁸, as exchanges print them.
struct RandomWalk {
  struct Step {
    let open: Int64
    let high: Int64
    let low: Int64
    let close: Int64
    let volume: Int64
  }

  /// Open time of the first bar.
  let start: Instant
  let interval: Interval
  let steps: [Step]

  /// - Parameter decimals: how many decimals a price really has; the rest are zeros, as at an roundTrip.
  init(seed: UInt64, decimals: Int, start: Instant, interval: Interval = .hour1, count: Int) {
    self.start = start
    self.interval = interval
    var random = SeededGenerator(seed: seed)
    let tick = (decimals..<8).reduce(Int64(1)) { unit, _ in unit * 10 }
    let first: Int64 = 100_000
    var price = first
    var steps: [Step] = []
    steps.reserveCapacity(count)
    for _ in 0..<count {
      let open = price
      // Up to one per cent an hour, drawn back to where it began.
      price = max(1000, price + price * Int64.random(in: -100...100, using: &random) / 10_000 + (first - price) / 1000)
      let high = max(open, price) + Int64.random(in: 0...open / 300, using: &random)
      let low = min(open, price) - Int64.random(in: 0...min(open, price) / 300, using: &random)
      steps.append(
        Step(
          open: open * tick, high: high * tick, low: low * tick, close: price * tick,
          volume: Int64.random(in: 0...500_000_000, using: &random) * 1000))
    }
    self.steps = steps
  }

  func openTime(_ index: Int) -> Instant { start + Int64(index) * interval.seconds }

  var end: Instant { openTime(steps.count) }

  /// The indices of the bars that open in the stretch.
  func indices(in span: ClosedRange<Instant>) -> Range<Int> {
    let first = max(0, (span.lowerBound - start + interval.seconds - 1) / interval.seconds)
    let last = min(Int64(steps.count) - 1, (span.upperBound - start) / interval.seconds)
    guard span.upperBound >= start, first <= last else { return 0..<0 }
    return Int(first)..<Int(last) + 1
  }

  /// The bars as a reader would make them.
  func bars(_ range: Range<Int>) -> [Bar] {
    range.map { index in
      let step = steps[index]
      return Bar(
        openTime: openTime(index), open: Double(step.open) / 1e8, high: Double(step.high) / 1e8,
        low: Double(step.low) / 1e8, close: Double(step.close) / 1e8, volume: Double(step.volume) / 1e8)
    }
  }
}
