import Market

/// By what the prices and volumes of one series are multiplied to be restated otherwise: steps in time, made of a few
/// acts and one close a dividend, so that bars need not be held for it.
///
/// With S the product of all splits after a bar and F that of all factors of dividends after it, a price as traded is S
/// times the split-adjusted one, and the fully adjusted one F times that. Volumes follow splits alone, the other way.
package struct AdjustmentFactors: Hashable, Sendable {
  /// What holds for bars that open before an instant, and not before that of the step before it.
  package struct Step: Hashable, Sendable {
    /// The bars of the day of the act open from here on.
    package let before: Instant
    /// A price is multiplied by it.
    package let price: Double
    /// A volume is multiplied by it.
    package let volume: Double
  }

  /// Oldest first; bars from the last one on stay as they are.
  package let steps: [Step]
  /// Acts that could not be heeded: money of another currency, without a close to hold it against, or more than that.
  package let unheeded: [CorporateAction]

  /// The factors of a series.
  ///
  /// - Parameters:
  ///   - acts: of the same asset, in any order; of one day, splits are multiplied and money is summed. Those that are yet
  ///     to come must be left out: nothing is restated for them.
  ///   - close: the last close stored of the bars that open in a range; `nil` where it has none.
  /// - Complexity: O(n log n) in the acts; one close is asked for a day with dividends, none unless they matter.
  package init(
    _ wanted: Adjustment, of series: AdjustedSeries, acts: [CorporateAction],
    close: (Range<Instant>) throws -> Double?
  ) rethrows {
    var course = AdjustmentCourse(wanted, of: series)
    for (_, acts) in Dictionary(grouping: acts, by: \.day).sorted(by: { $0.key > $1.key }) {
      try course.pass(acts, close: close)
    }
    steps = course.steps.reversed()
    unheeded = course.unheeded.reversed()
  }

  /// Whether everything stays as it is.
  package var isEmpty: Bool { steps.isEmpty }

  /// By what prices and volumes of a bar that opens then are multiplied.
  package func multipliers(at opening: Instant) -> (price: Double, volume: Double) {
    steps.first { $0.before > opening }.map { ($0.price, $0.volume) } ?? (1, 1)
  }

  /// The bars, restated.
  ///
  /// - Parameter bars: oldest first.
  /// - Complexity: O(n + steps).
  package func adjusted(_ bars: [Bar]) -> [Bar] {
    guard !steps.isEmpty else { return bars }
    var rest = steps[...]
    return bars.map { bar in
      while let step = rest.first, step.before <= bar.openTime { rest.removeFirst() }
      return rest.first.map(bar.multiplied) ?? bar
    }
  }
}

/// What must be known of a series for its prices to be restated.
package struct AdjustedSeries: Hashable, Sendable {
  /// What the series holds.
  let basis: PriceBasis
  /// The length of its bars.
  let interval: Interval
  /// Whose dates those of acts are.
  let calendar: Calendar
  /// How dividends lower prices.
  let method: DividendMethod
  /// What the money of the acts is counted in.
  let unit: DividendUnit

  /// - Parameters:
  ///   - method: that of the source of the bars.
  ///   - unit: that of the source of the acts.
  package init(
    basis: PriceBasis, interval: Interval, calendar: Calendar, method: DividendMethod, unit: DividendUnit
  ) {
    self.basis = basis
    self.interval = interval
    self.calendar = calendar
    self.method = method
    self.unit = unit
  }
}

extension Bar {
  fileprivate func multiplied(by step: AdjustmentFactors.Step) -> Bar {
    Bar(
      openTime: openTime, open: open * step.price, high: high * step.price, low: low * step.price,
      close: close * step.price, volume: volume * step.volume)
  }
}
