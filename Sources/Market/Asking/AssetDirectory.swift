/// A provider that can say what a symbol stands for.
///
/// Pure, as every provider is: what to ask, and how to read the answer.
package protocol AssetDirectory: Provider {
  /// One request that tells what a symbol stands for.
  func request(about symbol: String, at now: Instant) -> Request
  /// What an answer to it says; throws `.unknownSymbol` where there is no such thing.
  func description(in answer: Answer, to request: Request) throws(ReadingError) -> ToldAsset
}

/// What a provider says of a thing that has prices.
package struct ToldAsset: Hashable, Sendable {
  /// As the provider spells it.
  package let symbol: String
  /// What people call it; `nil` where it does not say.
  package let name: String?
  /// What kind of thing it is.
  package let assetClass: AssetClass
  /// Of its prices: `USD`, `GBp` for pence; `nil` where it does not say.
  package let currency: String?
  /// Where it trades, for people: `NYSE`; `nil` where it does not say.
  package let exchange: String?
  /// Whether it trades by the clocks of New York; `true` where it does not say.
  package let isAmerican: Bool

  /// What is told of one thing.
  package init(
    symbol: String, name: String?, assetClass: AssetClass, currency: String?, exchange: String?, isAmerican: Bool
  ) {
    (self.symbol, self.name, self.assetClass) = (symbol, name, assetClass)
    (self.currency, self.exchange, self.isAmerican) = (currency, exchange, isAmerican)
  }
}
