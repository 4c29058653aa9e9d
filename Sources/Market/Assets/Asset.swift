/// The thing that has prices.
package struct Asset: Hashable, Sendable {
  /// The short name by which people ask for it: `BTC`.
  package let symbol: String
  package let name: String
  package let assetClass: AssetClass

  package init(symbol: String, name: String, assetClass: AssetClass) {
    self.symbol = symbol
    self.name = name
    self.assetClass = assetClass
  }
}

/// What kind of thing has prices; it decides its calendar and its thresholds.
package enum AssetClass: String, CaseIterable, Hashable, Sendable {
  case crypto, stock, fund, commodity
  /// A figure that stands for a market and cannot be bought: `^GSPC`.
  case index
  /// What one money costs in another: `EURUSD=X`.
  case currency
}

/// A fund whose daily flows are followed: which asset it holds.
package struct Fund: Hashable, Sendable {
  package let ticker: String
  /// Symbol of the asset that the fund holds.
  package let asset: String
  package let name: String

  package init(ticker: String, asset: String, name: String) {
    self.ticker = ticker
    self.asset = asset
    self.name = name
  }
}
