/// Which columns of the rows make the parts of a price line of a plain-text ledger.
package struct LedgerForm: Hashable, Sendable {
  /// The column with the commodity's name: `BTC`.
  package var asset: String
  /// Of instants, or of days as text.
  package var time: String
  /// The column with the price of one unit.
  package var price: String
  /// The column with the currency of that price.
  package var currency: String
  /// From a row's instant to the one at which the price held.
  package var secondsToPrice: Int64

  /// The columns of sampled prices, unless said otherwise; `secondsToPrice` turns a bar's opening into its end.
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
