/// What something costs now, as a provider tells it. It is not final, and no fact.
package struct Quote: Hashable, Sendable {
  /// The newest price, in the currency of the provider's series.
  package let price: Double
  /// When it was made, as far as the provider says; else when the answer was.
  package let at: Instant
  /// The close of the session before that of `at`, or of the UTC day before; `nil` where it is not told.
  package let previousClose: Double?
  /// The date of that session.
  package let previousDay: Day?

  /// A price, and what it is held against.
  package init(price: Double, at: Instant, previousClose: Double?, previousDay: Day?) {
    (self.price, self.at) = (price, at)
    (self.previousClose, self.previousDay) = (previousClose, previousDay)
  }

  /// By which fraction the price rose since the close before; `nil` where that is not told, or not above zero.
  package var change: Double? { previousClose.flatMap { $0 > 0 ? price / $0 - 1 : nil } }
}

/// A provider that can say what something costs now.
///
/// Pure, as every provider is. Its answers are read by a reader of their own, since what facts are read from leaves out
/// the bar that runs.
package protocol QuoteProvider: Provider {
  /// One request that tells the newest price of a symbol and the close before it.
  func quoteRequest(of symbol: String, at now: Instant) -> Request
  /// What an answer to it says.
  ///
  /// - Throws: as `read` does; `.empty` where no price is told.
  func quote(in answer: Answer, to request: Request) throws(ReadingError) -> Quote
}
