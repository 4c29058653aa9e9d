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
  ///   - one: days of an asset.
  ///   - other: those of another; which of the two comes first makes no difference.
  ///   - span: when the days that count open; `nil` for all.
  /// - Returns: `nil` for fewer returns than `minimum`, and where one of both never moved.
  package init?(_ one: DatedReturns, _ other: DatedReturns, in span: ClosedRange<Instant>? = nil, minimum: Int) {
    let (places, otherPlaces) = (one.places(in: span), other.places(in: span))
    if let last = places.last, let x = one.returns(in: places), let y = other.returns(in: otherPlaces),
      one.times[places] == other.times[otherPlaces]
    {
      // Most pairs have the same days.
      guard x.count >= minimum, let value = PairCorrelation.correlation(x, y) else { return nil }
      (self.value, observations, self.last) = (value, x.count, one.times[last])
      return
    }
    var (rest, others) = (places, otherPlaces)
    var (x, y): ([Double], [Double]) = ([], [])
    x.reserveCapacity(rest.count)
    y.reserveCapacity(rest.count)
    var before: (one: Int, other: Int)?
    while let a = rest.first, let b = others.first {
      let (time, candidate) = (one.times[a], other.times[b])
      if time <= candidate { rest.removeFirst() }
      if candidate <= time { others.removeFirst() }
      guard time == candidate else { continue }
      if let before, let first = one.logReturn(from: before.one, to: a),
        let second = other.logReturn(from: before.other, to: b)
      {
        x.append(first)
        y.append(second)
      }
      before = (a, b)
    }
    guard let before, x.count >= minimum, let value = PairCorrelation.correlation(x[...], y[...]) else { return nil }
    (self.value, observations, last) = (value, x.count, one.times[before.one])
  }

  private static func correlation(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double? {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (squaresX, squaresY, products) = (0.0, 0.0, 0.0)
    for (x, y) in zip(x, y) {
      let (a, b) = (x - meanX, y - meanY)
      squaresX += a * a
      squaresY += b * b
      products += a * b
    }
    return pearson(covariance: products / count, squaresX / count, squaresY / count)
  }
}

/// The days of one asset with the return that led to each: made once, and held against those of many others.
package struct DatedReturns: Sendable {
  fileprivate let times: [Instant]
  private let closes: [Double]
  /// From the day before; not a number where there is none.
  private let returns: [Double]

  /// - Parameter days: oldest first, none twice.
  package init(_ days: [DatedClose]) {
    times = days.map(\.time)
    closes = days.map(\.close)
    returns = [.nan] + zip(days, days.dropFirst()).map { Metrics.logReturn(from: $0.close, to: $1.close) ?? .nan }
  }

  /// Where the days lie that open in a span.
  fileprivate func places(in span: ClosedRange<Instant>?) -> Range<Int> {
    guard let span else { return times.indices }
    let first = times.firstIndex { $0 >= span.lowerBound } ?? times.endIndex
    let end = times[first...].lastIndex { $0 <= span.upperBound }.map { $0 + 1 } ?? first
    return first..<end
  }

  /// Those between neighbours among some days; `nil` where one is missing.
  fileprivate func returns(in places: Range<Int>) -> ArraySlice<Double>? {
    let returns = returns[places].dropFirst()
    return returns.contains(where: \.isNaN) ? nil : returns
  }

  /// Between any two days; only those of neighbours are known beforehand.
  fileprivate func logReturn(from earlier: Int, to later: Int) -> Double? {
    guard earlier == later - 1 else { return Metrics.logReturn(from: closes[earlier], to: closes[later]) }
    return returns[later].isNaN ? nil : returns[later]
  }
}
