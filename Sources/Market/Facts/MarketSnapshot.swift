/// The consolidated measures of one asset's UTC day, made from the hourly bars of one series.
package struct MarketSnapshot: Hashable, Sendable {
  /// The UTC day.
  package let day: Day
  /// Open of the first stored bar of the day, in the quote currency, like all four prices.
  package let open: Double
  /// The highest high of the day's bars.
  package let high: Double
  /// The lowest low of the day's bars.
  package let low: Double
  /// Close of the last stored bar of the day; of a running day, the newest so far.
  package let close: Double
  /// Sum over the day's bars, in base units.
  package let volume: Double
  /// A fraction; see `change24h(closeNow:close24hEarlier:)`. `nil` without the bar of 24 hours earlier.
  package let change24h: Double?
  /// A fraction a year; see `annualisedVolatility(ofHourlyBars:)`. `nil` under 160 returns.
  package let volatility7d: Double?
  /// A fraction, 00:00 to 08:00 UTC; see `dayPartReturn(of:)`. `nil` where there is no bar then.
  package let asiaReturn: Double?
  /// A fraction, 08:00 to 16:00 UTC.
  package let europeReturn: Double?
  /// A fraction, 16:00 to 24:00 UTC.
  package let usReturn: Double?
  /// Stored bars of the day.
  package let bars: Int
  /// Bars that a whole day has: 24 for hours.
  package let barsExpected: Int
  /// Whether the day is over and every expected bar is there. A gap with its proof does not make a day complete.
  package let isComplete: Bool

  /// A snapshot from measures already made.
  package init(
    day: Day, open: Double, high: Double, low: Double, close: Double, volume: Double, change24h: Double?,
    volatility7d: Double?, asiaReturn: Double?, europeReturn: Double?, usReturn: Double?, bars: Int,
    barsExpected: Int, isComplete: Bool
  ) {
    self.day = day
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
    self.change24h = change24h
    self.volatility7d = volatility7d
    self.asiaReturn = asiaReturn
    self.europeReturn = europeReturn
    self.usReturn = usReturn
    self.bars = bars
    self.barsExpected = barsExpected
    self.isComplete = isComplete
  }
}
