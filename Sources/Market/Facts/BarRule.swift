/// What makes four prices and a volume a possible bar. Providers, files and the table itself go by it.
package enum BarRule {
  /// No price in any currency, and no sum of money of one day, is larger; what is was never one.
  package static let largestPrice = 1e13
  /// No volume of a bar, in units of whatever is traded, is larger, and no market cap.
  package static let largestVolume = 1e15

  /// Whether open and close lie between low and high, none of them is absurd, and the volume is one. Says no of a number
  /// that is none.
  @inlinable
  package static func isPossible(_ bar: Bar) -> Bool {
    bar.low <= min(bar.open, bar.close) && bar.high >= max(bar.open, bar.close) && bar.volume >= 0
      && bar.volume <= 1e15 && bar.high <= 1e13 && bar.low >= -1e13
  }

  /// Why a bar is none: the reason of its refusal, and what is wrong with which number. `nil` for a possible one.
  package static func fault(_ bar: Bar) -> (reason: RefusalReason, detail: String)? {
    if !(bar.high >= max(bar.open, bar.close)) {
      let other = bar.high < bar.open ? "open \(bar.open)" : "close \(bar.close)"
      return (.impossibleRange, "high \(bar.high) is below \(other)")
    }
    if !(bar.low <= min(bar.open, bar.close)) {
      let other = bar.low > bar.open ? "open \(bar.open)" : "close \(bar.close)"
      return (.impossibleRange, "low \(bar.low) is above \(other)")
    }
    if !(bar.volume >= 0) { return (.outOfBounds, "volume \(bar.volume) is negative") }
    return absurdity(bar).map { (.outOfBounds, $0) }
  }

  private static func absurdity(_ bar: Bar) -> String? {
    if !(bar.high <= largestPrice) { return "high \(bar.high) is no price" }
    if !(bar.low >= -largestPrice) { return "low \(bar.low) is no price" }
    return bar.volume <= largestVolume ? nil : "volume \(bar.volume) is none"
  }

  /// The same for whoever does not see the row beside it; `nil` for a possible bar.
  package static func sentence(_ bar: Bar) -> String? {
    let (upper, lower) = (max(bar.open, bar.close), min(bar.open, bar.close))
    if !(bar.high >= upper) { return "high \(bar.high) is below \(upper), where it opened or closed" }
    if !(bar.low <= lower) { return "low \(bar.low) is above \(lower), where it opened or closed" }
    return fault(bar)?.detail
  }

  /// Why the price of something that is never given away is none; `nil` where it is one, or where it may be negative.
  package static func priceFault(_ bar: Bar, mayBeNegative: Bool) -> (reason: RefusalReason, detail: String)? {
    // Oil has closed below zero; nothing else has.
    bar.low > 0 || mayBeNegative ? nil : (.outOfBounds, "low \(bar.low) is no price")
  }
}
