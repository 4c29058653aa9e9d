import Market

extension Answer {
  /// When the provider made the answer: a cache on the way says in `Age` how long it has held it. What was not final
  /// then is not final in this answer, however late it arrived.
  var madeAt: Instant {
    guard let age = header("age").flatMap({ Int64($0) }), (0...86_400).contains(age) else { return receivedAt }
    return receivedAt - age
  }
}
