import Market

/// The prices at which an asset turned lately, next to where it is.
///
/// Rule: a high that is higher than those of the 5 bars before it and not lower than those of the 5 after it is a pivot,
/// and so is a low the other way round; it is known 5 bars later. Of the pivots of the last 120 bars, highs and lows alike, the
/// nearest below the close is support, the nearest above it resistance. Degree: price. Warm-up: 10.
package struct PivotLevels: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The nearest turn below the close; `nil` where there is none.
    package let support: Double?
    /// The nearest turn above the close; `nil` where there is none.
    package let resistance: Double?

    /// As columns are called.
    package static var names: [String] { ["support", "resistance"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(support)
      receive(resistance)
    }
  }

  private static let side = 5
  private static let memory = 120
  private var recent: [Bar] = []
  private var pivots: [(index: Int, price: Double)] = []
  private var index = 0

  /// One that has seen nothing.
  package init() {}

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// Prices.
  package static var degree: PriceDegree { .price }
  /// The first bars that can have a pivot among them.
  package var lookBacks: [Int] { [2 * Self.side, 2 * Self.side] }

  /// The levels at this bar.
  package mutating func step(_ bar: Bar) -> Values? { pass(bar) ? levels(about: bar.close) : nil }

  /// Takes a bar whose levels nobody asks for; one that lacks a number is passed over, as `take` does.
  mutating func skip(_ bar: Bar) { if bar.isUsable(for: Self.inputs) { _ = pass(bar) } }

  /// - Returns: whether there can be levels by now.
  private mutating func pass(_ bar: Bar) -> Bool {
    recent.append(bar)
    index += 1
    guard recent.count == 2 * Self.side + 1 else { return false }
    note(recent[Self.side], between: recent[..<Self.side], and: recent[(Self.side + 1)...])
    recent.removeFirst()
    pivots.removeFirst(pivots.prefix { index - $0.index >= Self.memory }.count)
    return true
  }

  private func levels(about close: Double) -> Values {
    var (support, resistance): (Double?, Double?)
    for (_, price) in pivots {
      if price < close { support = max(support ?? price, price) }
      if price > close { resistance = min(resistance ?? price, price) }
    }
    return Values(support: support, resistance: resistance)
  }

  private mutating func note(_ bar: Bar, between before: ArraySlice<Bar>, and after: ArraySlice<Bar>) {
    let place = index - Self.side
    if before.allSatisfy({ $0.high < bar.high }), after.allSatisfy({ $0.high <= bar.high }) {
      pivots.append((place, bar.high))
    }
    if before.allSatisfy({ $0.low > bar.low }), after.allSatisfy({ $0.low >= bar.low }) {
      pivots.append((place, bar.low))
    }
  }
}
