import Market

extension Answer {
  /// When the provider made the answer: the earliest that our clock, the cache on the way, which says in `Age` how long it
  /// has held it, and the provider's own `Date` allow.
  ///
  /// What was not final then is not final in this answer, however late it arrived, and however far our clock is ahead.
  /// Made of what is kept, so that a rebuild says the same.
  var madeAt: Instant {
    let date = header("date").flatMap(Instant.init(httpDate:)).flatMap { Answer.possible.contains($0) ? $0 : nil }
    return min(receivedAt - heldFor, date ?? receivedAt)
  }

  private var heldFor: Int64 {
    header("age").flatMap { Int64($0) }.flatMap { (0...86_400).contains($0) ? $0 : nil } ?? 0
  }

  /// A date of another millennium says that a server has no clock, and nothing of the answer.
  private static let possible = Instant.firstCoin...Instant.representable.upperBound
}

extension Instant {
  /// 2009-01-03, when the first block of Bitcoin was made: before that no coin had a price.
  static let firstCoin = Instant(epochSeconds: 1_230_940_800)
}
