/// One asset's day, as `market_snapshot` holds it: the measures of its bars, beside the mood and the flows of the day.
/// Fractions, not per cent; dollars whole.
@dynamicMemberLookup
package struct SnapshotRow: Hashable, Sendable {
  /// What was measured of the bars; its members are those of the row too.
  package let measures: MarketSnapshot
  /// The Fear & Greed Index of that very date, 0 to 100, never carried forward; `nil` where there is none.
  package let fngValue: Double?
  /// The provider's word for that value: `Greed`.
  package let fngClassification: String?
  /// The sum over the asset's funds; `nil` until the funds' day is final.
  package let etfNetFlowUSD: Int64?
  /// The sum over the last five final reporting days up to that date; `nil` where there are not five.
  package let etfNetFlow5dUSD: Int64?

  /// A day's figures; fractions, not per cent, and dollars whole, as the members say.
  package init(
    _ measures: MarketSnapshot, fngValue: Double?, fngClassification: String?, etfNetFlowUSD: Int64?,
    etfNetFlow5dUSD: Int64?
  ) {
    self.measures = measures
    self.fngValue = fngValue
    self.fngClassification = fngClassification
    self.etfNetFlowUSD = etfNetFlowUSD
    self.etfNetFlow5dUSD = etfNetFlow5dUSD
  }

  /// A measure of the bars.
  package subscript<Value>(dynamicMember path: KeyPath<MarketSnapshot, Value>) -> Value { measures[keyPath: path] }
}
