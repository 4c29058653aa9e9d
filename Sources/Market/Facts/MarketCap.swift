/// What all units of a coin were worth on a day, and how many there were.
package struct MarketCap: Hashable, Sendable {
  /// In UTC.
  package let day: Day
  /// Price times circulating supply, in the quote currency.
  package let marketCap: Double
  /// Units that can be traded; `nil` where it is not told.
  package let circulatingSupply: Double?
  /// Units that there are; `nil` where it is not told.
  package let totalSupply: Double?

  /// As given; nobody checks here that it can be.
  package init(day: Day, marketCap: Double, circulatingSupply: Double?, totalSupply: Double?) {
    self.day = day
    self.marketCap = marketCap
    self.circulatingSupply = circulatingSupply
    self.totalSupply = totalSupply
  }

  /// In the columns of `FactShape.marketCap`.
  package var row: FactRow {
    FactRow(
      key: FactKey(.day(day)),
      values: [FigureValue(marketCap), FigureValue(circulatingSupply), FigureValue(totalSupply)])
  }
}

extension Facts {
  /// Market values by day.
  package static func marketCaps(_ values: [MarketCap]) -> Facts { .rows(.marketCap, values.map(\.row)) }
}

extension FactShape {
  /// Market values and supplies, keyed by the day.
  package static let marketCap = FactShape(
    .marketCap, key: [.init("day", .day)],
    values: [
      .init(.marketCap, .real), .init(.circulatingSupply, .real, mayBeAbsent: true),
      .init(.totalSupply, .real, mayBeAbsent: true),
    ])
}
