import Market

extension Column.Figure {
  /// What the numbers of a column say that is called so in the datasets; `nil` for those that are shown as they are.
  init?(ofColumn name: String) {
    switch name {
    case "open", "high", "low", "close", "price", "first_close", "last_close", "high_7d", "low_7d", "macd":
      self = .price
    case _ where name.hasPrefix("price_") || name.hasPrefix("sma_") || name.hasSuffix("_price"): self = .price
    case "volume", "volume_24h", "market_cap": self = .amount
    case "change_24h", "pct_change", "return_1d", "return_7d": self = .change
    case "rsi", "correlation": self = .index
    case _ where name.hasSuffix("_return"): self = .change
    case _ where name.hasSuffix("_usd"): self = .amount
    case _ where name.hasPrefix("volatility_"): self = .rate
    default: return nil
    }
  }
}
