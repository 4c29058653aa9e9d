/// Which columns of the rows make the parts of a price line of a plain-text ledger.
package struct LedgerForm: Hashable, Sendable {
  package var asset: String
  /// Of instants, or of days as text.
  package var time: String
  package var price: String
  package var currency: String
  /// From a row's instant to the one at which the price held.
  package var secondsToPrice: Int64

  package init(
    asset: String = "asset", time: String = "ts_utc", price: String = "price", currency: String = "quote_currency",
    secondsToPrice: Int64 = 0
  ) {
    self.asset = asset
    self.time = time
    self.price = price
    self.currency = currency
    self.secondsToPrice = secondsToPrice
  }
}
