/// The highest and the lowest of a stretch.
struct Extremes: WindowSummary {
  let highest: Double
  let lowest: Double

  init(high: Double, low: Double) {
    highest = high
    lowest = low
  }

  func joined(_ newer: Extremes) -> Extremes {
    Extremes(high: max(highest, newer.highest), low: min(lowest, newer.lowest))
  }

  /// Halfway between them.
  var middle: Double { (highest + lowest) / 2 }

  /// Where a price lies between them, from 0 at the lowest to 1 at the highest; 0 where both are the same, as in TA-Lib.
  func place(of price: Double) -> Double { highest == lowest ? 0 : (price - lowest) / (highest - lowest) }
}

/// Where in a series the highest and the lowest of a stretch are; of equal ones the last.
struct PlacedExtremes: WindowSummary {
  let highest: Double
  let highestAt: Int
  let lowest: Double
  let lowestAt: Int

  init(high: Double, low: Double, at index: Int) { self.init((high, index), (low, index)) }

  private init(_ high: (value: Double, at: Int), _ low: (value: Double, at: Int)) {
    (highest, highestAt) = high
    (lowest, lowestAt) = low
  }

  func joined(_ newer: PlacedExtremes) -> PlacedExtremes {
    PlacedExtremes(
      newer.highest >= highest ? (newer.highest, newer.highestAt) : (highest, highestAt),
      newer.lowest <= lowest ? (newer.lowest, newer.lowestAt) : (lowest, lowestAt))
  }
}
