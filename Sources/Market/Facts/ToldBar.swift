/// What a table tells of a bar beside its prices: a close restated for dividends, and the acts of its day.
///
/// It is held against the prices when the bars are stored, and is no fact by itself.
package struct ToldBar: Hashable, Sendable {
  /// The bar that it is told of.
  package let openTime: Instant
  /// Of that bar.
  package let close: Double
  /// The close restated for splits and dividends; `nil` where none is told, zero where what is told is no price.
  package let adjustedClose: Double?
  /// Money a share, gains among it where a source counts them so; zero for none.
  package let dividend: Double
  /// Money a share out of what a fund earned by selling; zero for none.
  package let gain: Double
  /// New shares for an old one; 1 for no split.
  package let split: Double

  /// What is told of a bar.
  package init(openTime: Instant, close: Double, adjustedClose: Double?, dividend: Double, gain: Double, split: Double)
  {
    self.openTime = openTime
    self.close = close
    self.adjustedClose = adjustedClose
    self.dividend = dividend
    self.gain = gain
    self.split = split
  }
}
