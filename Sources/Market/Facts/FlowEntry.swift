/// What one fund reported for one day, and when we were told.
package struct FlowEntry: Hashable, Sendable {
  /// The date that the flow table gives, of the market where the fund trades.
  package let day: Day
  /// The fund's, as its source spells it: `IBIT`.
  package let ticker: String
  /// Whole dollars; `nil` while the fund has not reported.
  package let netFlowUSD: Int64?
  /// When the answer came that says so.
  package let fetchedAt: Instant

  /// What a fund reported, and when that was told.
  package init(day: Day, ticker: String, netFlowUSD: Int64?, fetchedAt: Instant) {
    self.day = day
    self.ticker = ticker
    self.netFlowUSD = netFlowUSD
    self.fetchedAt = fetchedAt
  }
}
