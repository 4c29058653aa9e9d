import Market

/// How closely two assets moved along with each other over the days that both have.
///
/// Pearson's ρ of log returns: the closes of the common days first, then the returns between neighbouring ones; one from or
/// to a price that is not above zero is left out for both. Source: K. Pearson (1895); as `CorrelationMatrix.plain` of two.
package struct PairCorrelation: Hashable, Sendable {
  /// From −1 to 1.
  package let value: Double
  /// How many returns of each it is made of.
  package let observations: Int
  /// The last common day.
  package let last: Instant

  /// - Parameters:
  ///   - one: days by time, oldest first.
  ///   - other: the same; which of the two comes first makes no difference.
  /// - Returns: `nil` for fewer returns than `minimum`, and where one of both never moved.
  package init?(_ one: some Sequence<DatedClose>, _ other: some Sequence<DatedClose>, minimum: Int) {
    var (x, y): ([Double], [Double]) = ([], [])
    var before: (one: DatedClose, other: DatedClose)?
    PairCorrelation.eachCommon(one, other) { a, b in
      if let before, let first = logReturn(from: before.one.close, to: a.close),
        let second = logReturn(from: before.other.close, to: b.close)
      {
        x.append(first)
        y.append(second)
      }
      before = (a, b)
    }
    guard let before, x.count >= minimum, let value = PairCorrelation.correlation(x, y) else { return nil }
    (self.value, observations, last) = (value, x.count, before.one.time)
  }

  private static func eachCommon(
    _ one: some Sequence<DatedClose>, _ other: some Sequence<DatedClose>, _ take: (DatedClose, DatedClose) -> Void
  ) {
    var others = other.makeIterator()
    var candidate = others.next()
    for close in one {
      while let found = candidate, found.time < close.time { candidate = others.next() }
      guard let found = candidate else { return }
      if found.time == close.time { take(close, found) }
    }
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (squaresX, squaresY, products) = (0.0, 0.0, 0.0)
    for index in x.indices {
      let (a, b) = (x[index] - meanX, y[index] - meanY)
      squaresX += a * a
      squaresY += b * b
      products += a * b
    }
    return pearson(covariance: products / count, squaresX / count, squaresY / count)
  }
}
