import Market
import Testing

/// Hourly bars made of closes: each opens at the close before it.
func hourlyBars(from start: Instant, closes: [Double]) -> [Bar] {
  closes.indices.map { index in
    let open = index == 0 ? closes[0] : closes[index - 1]
    let close = closes[index]
    return Bar(
      openTime: start + Int64(index) * 3600, open: open, high: max(open, close) + 1, low: min(open, close) - 1,
      close: close, volume: 2)
  }
}

/// Closes that wander, the same ones every time.
func wanderingCloses(_ count: Int) -> [Double] {
  var state: UInt64 = 7
  var price = 100.0
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    price *= 1 + (Double(state >> 40) / Double(1 << 24) - 0.5) / 50
    return price
  }
}

func day(_ text: String) throws -> Day { try #require(Day(text)) }
func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

func isClose(_ a: Double?, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}
