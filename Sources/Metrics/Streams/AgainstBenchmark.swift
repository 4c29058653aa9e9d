import Market

/// A measure of bars that wants the prices of another asset beside them.
package protocol Benchmarked {
  /// The closes of the other asset, by when its bars open; empty until somebody says so.
  var benchmark: [Instant: Double] { get set }
}

/// A measure of two prices, of the closes of bars and of those of a benchmark that open with them.
///
/// A bar at which the benchmark has none is passed over, as if it had not come.
package struct AgainstBenchmark<Pairs: Measure>: Measure, Benchmarked where Pairs.Input == PricePair {
  private var pairs: Pairs
  /// The closes of the benchmark, by when its bars open.
  package var benchmark: [Instant: Double] = [:]

  /// - Parameter pairs: what takes the closes of both.
  package init(_ pairs: Pairs) { self.pairs = pairs }

  /// The close.
  package static var inputs: BarFields { .close }
  /// That of the measure of pairs.
  package static var degree: PriceDegree { Pairs.degree }
  /// Those of the measure of pairs, counted in bars that both have.
  package var lookBacks: [Int] { pairs.lookBacks }

  /// Takes the close, and that of the benchmark.
  package mutating func step(_ bar: Bar) -> Pairs.Output? {
    benchmark[bar.openTime].flatMap { pairs.take(PricePair(asset: bar.close, benchmark: $0)) }
  }
}

extension Indicator {
  /// Whether it compares with another asset.
  package var needsBenchmark: Bool { measure is any Benchmarked }

  /// Says what it compares with, where it does; to be said before it takes bars.
  ///
  /// - Parameter closes: of the other asset, by when its bars open.
  package mutating func compare(with closes: [Instant: Double]) {
    if var measure = measure as? any Measure<Bar> & Benchmarked {
      measure.benchmark = closes
      self.measure = measure
    }
  }
}
