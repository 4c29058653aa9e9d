/// One asset's day, as `market_snapshot` holds it. Fractions, not per cent; dollars whole.
package struct SnapshotRow: Hashable, Sendable {
  /// The UTC day that the figures are of.
  package let day: Day
  /// The open of the first stored bar of the day, in the quote currency, like all four prices.
  package let open: Double
  /// The highest high of the day's bars.
  package let high: Double
  /// The lowest low of the day's bars.
  package let low: Double
  /// The close of the last stored bar of the day; of a running day, the newest so far.
  package let close: Double
  /// Base units.
  package let volume: Double
  /// Last close ÷ close of the bar exactly 24 hours earlier − 1; `nil` without that bar.
  package let change24h: Double?
  /// Annualised, of the hourly log returns over the 168 h up to the last bar; `nil` under 160 returns.
  package let volatility7d: Double?
  /// Last close ÷ first open − 1 of the bars that open from 00:00 to 08:00 UTC; `nil` where there is none.
  package let asiaReturn: Double?
  /// The same of the bars that open from 08:00 to 16:00 UTC.
  package let europeReturn: Double?
  /// The same of the bars that open from 16:00 to 24:00 UTC.
  package let usReturn: Double?
  /// The Fear & Greed Index of that very date, 0 to 100, never carried forward; `nil` where there is none.
  package let fngValue: Double?
  /// The provider's word for that value: `Greed`.
  package let fngClassification: String?
  /// The sum over the asset's funds; `nil` until the funds' day is final.
  package let etfNetFlowUSD: Int64?
  /// The sum over the last five final reporting days up to that date; `nil` where there are not five.
  package let etfNetFlow5dUSD: Int64?
  /// How many bars of the day are stored.
  package let bars: Int
  /// How many a whole day has, also while the day is running.
  package let barsExpected: Int
  /// Whether the day is over and every expected bar is there; a gap proven at the provider leaves it incomplete.
  package let isComplete: Bool

  /// A day's figures; fractions, not per cent, and dollars whole, as the members say.
  package init(
    day: Day, open: Double, high: Double, low: Double, close: Double, volume: Double, change24h: Double?,
    volatility7d: Double?, asiaReturn: Double?, europeReturn: Double?, usReturn: Double?, fngValue: Double?,
    fngClassification: String?, etfNetFlowUSD: Int64?, etfNetFlow5dUSD: Int64?, bars: Int, barsExpected: Int,
    isComplete: Bool
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
    self.fngValue = fngValue
    self.fngClassification = fngClassification
    self.etfNetFlowUSD = etfNetFlowUSD
    self.etfNetFlow5dUSD = etfNetFlow5dUSD
    self.bars = bars
    self.barsExpected = barsExpected
    self.isComplete = isComplete
  }
}
