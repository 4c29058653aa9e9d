/// The funds of one asset on one day, and what they come to.
package struct FlowDayRow: Hashable, Sendable {
  /// The date that the flow table gives, of the market where the funds trade.
  package let day: Day
  /// Sum over the funds in whole dollars; `nil` until the day is final.
  package let netFlowUSD: Int64?
  /// `provisional`, `final` or `not_reporting` (a market holiday).
  package let finality: String

  /// Whether the funds have reported and the sum stands; not so on a market holiday.
  package var isFinal: Bool { finality == "final" }

  /// A day's sum; `finality` must be one of the three words.
  package init(day: Day, netFlowUSD: Int64?, finality: String) {
    self.day = day
    self.netFlowUSD = netFlowUSD
    self.finality = finality
  }
}
