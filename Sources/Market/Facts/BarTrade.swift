/// What some sources tell of a bar beyond its prices and its volume.
package struct BarTrade: Hashable, Sendable {
  /// The opening of the bar.
  package let openTime: Instant
  /// The average price, weighted by volume; `nil` where it is not told.
  package let vwap: Double?
  /// How many trades made it; `nil` where it is not told.
  package let trades: Int64?

  /// As given; nobody checks here that it can be.
  package init(openTime: Instant, vwap: Double?, trades: Int64?) {
    self.openTime = openTime
    self.vwap = vwap
    self.trades = trades
  }

  /// In the columns of `FactShape.barTrade`.
  package var row: FactRow {
    FactRow(key: FactKey(.instant(openTime)), values: [FigureValue(vwap), FigureValue(trades)])
  }
}

extension Facts {
  /// Average prices and trades of bars.
  package static func barTrades(_ trades: [BarTrade]) -> Facts { .rows(.barTrade, trades.map(\.row)) }
}

extension FactShape {
  /// Average prices and trades, keyed by the open time of the bar.
  package static let barTrade = FactShape(
    .barTrade, key: [.init("open_time", .instant)],
    values: [.init(.vwap, .real, mayBeAbsent: true), .init(.trades, .whole, mayBeAbsent: true)])
}
