/// What makes four prices and a volume a possible bar. Providers, files and the table itself go by it.
package enum BarRule {
  /// Whether open and close lie between low and high, and the volume is one. Says no of a number that is none.
  @inlinable
  package static func isPossible(_ bar: Bar) -> Bool {
    bar.low <= min(bar.open, bar.close) && bar.high >= max(bar.open, bar.close) && bar.volume >= 0
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
    return bar.volume >= 0 ? nil : (.outOfBounds, "volume \(bar.volume) is negative")
  }

  /// Why the price of something that is never given away is none; `nil` where it is one, or where it may be negative.
  package static func priceFault(_ bar: Bar, mayBeNegative: Bool) -> (reason: RefusalReason, detail: String)? {
    // Oil has closed below zero; nothing else has.
    bar.low > 0 || mayBeNegative ? nil : (.outOfBounds, "low \(bar.low) is no price")
  }
}
