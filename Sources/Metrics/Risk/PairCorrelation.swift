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
    self.init(ReturnStretch(of: one, in: span), ReturnStretch(of: other, in: span), minimum: minimum)
  }

  /// The same of stretches that were made beforehand.
  package init?(_ one: ReturnStretch, _ other: ReturnStretch, minimum: Int) {
    if let last = one.times.last, let x = one.deviations, let y = other.deviations, one.times == other.times {
      // Most pairs have the same days.
      guard x.count >= minimum, let value = x.correlation(with: y) else { return nil }
      (self.value, observations, self.last) = (value, x.count, last)
      return
    }
    var (rest, others) = (one.times, other.times)
    var (x, y): ([Double], [Double]) = ([], [])
    x.reserveCapacity(rest.count)
    y.reserveCapacity(rest.count)
    var before: (one: Int, other: Int, time: Instant)?
    while let time = rest.first, let candidate = others.first {
      let (a, b) = (rest.startIndex, others.startIndex)
      if time <= candidate { rest.removeFirst() }
      if candidate <= time { others.removeFirst() }
      guard time == candidate else { continue }
      if let before, let first = one.returns.logReturn(from: before.one, to: a),
        let second = other.returns.logReturn(from: before.other, to: b)
      {
        x.append(first)
        y.append(second)
      }
      before = (a, b, time)
    }
    guard let before, x.count >= minimum, let value = Deviations(x).correlation(with: Deviations(y)) else { return nil }
    (self.value, observations, last) = (value, x.count, before.time)
  }
}

/// The days of one asset that open in a span, with what a correlation takes of them alone.
package struct ReturnStretch: Sendable {
  fileprivate let returns: DatedReturns
  fileprivate let times: ArraySlice<Instant>
  /// Of the returns between neighbours; `nil` where one is missing.
  fileprivate let deviations: Deviations?

  /// - Parameter span: when the days that count open; `nil` for all.
  package init(of returns: DatedReturns, in span: ClosedRange<Instant>?) {
    let places = returns.places(in: span)
    self.returns = returns
    times = returns.times[places]
    deviations = returns.returns(in: places).map(Deviations.init)
  }
}

/// How returns lie about their mean.
private struct Deviations: Sendable {
  let all: [Double]
  let squares: Double

  var count: Int { all.count }

  init(_ returns: some Collection<Double>) {
    let mean = returns.reduce(0, +) / Double(returns.count)
    all = returns.map { $0 - mean }
    squares = all.reduce(0) { $0 + $1 * $1 }
  }

  /// `nil` where one of both never moved.
  func correlation(with other: Deviations) -> Double? {
    var products = 0.0
    for (a, b) in zip(all, other.all) { products += a * b }
    let count = Double(count)
    return pearson(covariance: products / count, squares / count, other.squares / count)
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
