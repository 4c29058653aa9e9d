import Market

/// The way back through the acts of a series, newest first.
struct AdjustmentCourse {
  private let wanted: Adjustment
  private let series: AdjustedSeries
  /// New shares of today for one of the day that was reached.
  private var split = 1.0
  /// What dividends since that day have left of a price.
  private var dividend = 1.0
  /// Newest first.
  private(set) var steps: [AdjustmentFactors.Step] = []
  private(set) var unheeded: [CorporateAction] = []

  /// A session that was not stored does not take the one before it far away.
  private static let memory = 10

  init(_ wanted: Adjustment, of series: AdjustedSeries) {
    self.wanted = wanted
    self.series = series
  }

  /// Whether dividends make a difference between what is stored and what is wanted.
  private var heedsDividends: Bool { (wanted == .all) != (series.basis == .adjusted) }

  /// Goes back over one day with acts.
  mutating func pass(_ acts: [CorporateAction], close: (Range<Instant>) throws -> Double?) rethrows {
    guard let day = acts.first?.day else { return }
    let ratio = acts.filter { $0.kind == .split }.reduce(1) { $0 * $1.value }
    let paid = heedsDividends ? acts.filter { $0.kind != .split } : []
    if !paid.isEmpty {
      if let factor = try factor(of: paid, on: day, ratio, close) {
        dividend *= factor
      } else {
        unheeded += paid
      }
    }
    split *= ratio
    let step = AdjustmentFactors.Step(
      before: series.calendar.earliestOpening(of: day, every: series.interval), price: price, volume: volume)
    // Those of one week have one bar.
    if steps.last?.before == step.before { steps.removeLast() }
    steps.append(step)
  }

  private var price: Double {
    let stored =
      switch series.basis {
      case .asTraded: 1.0
      case .splitAdjusted: 1 / split
      case .adjusted: dividend / split
      }
    return switch wanted {
    case .none: 1 / stored
    case .splits: 1 / split / stored
    case .all: dividend / split / stored
    }
  }

  private var volume: Double {
    switch (series.basis, wanted) {
    case (.asTraded, .none): 1
    case (.asTraded, _): split
    case (_, .none): 1 / split
    default: 1
    }
  }

  /// Of the money of a day, in shares of today.
  ///
  /// - Parameter ratio: of the split of the same day, if any; `split` is of later ones.
  private func factor(
    of paid: [CorporateAction], on day: Day, _ ratio: Double, _ close: (Range<Instant>) throws -> Double?
  ) rethrows -> Double? {
    guard paid.allSatisfy({ $0.currency == nil }) else { return nil }
    let sum = paid.reduce(0) { $0 + $1.value } / (series.unit == .asDeclared ? split : 1)
    guard let stored = try close(openings(of: day)) else { return nil }
    let shares = series.method == .yahoo ? split * ratio : split
    let close =
      switch (series.basis, series.method) {
      case (.asTraded, _): stored / shares
      case (.splitAdjusted, _): stored
      // a = c · F · (1 − d ÷ c), solved for c.
      case (.adjusted, .yahoo): stored / dividend + sum
      case (.adjusted, .alphaVantage): stored / dividend
      }
    return series.method.factor(of: sum, close: close)
  }

  /// Where the close lies that the method asks for.
  private func openings(of day: Day) -> Range<Instant> {
    let opening = series.calendar.earliestOpening(of: day, every: series.interval)
    switch series.method {
    case .yahoo: return opening - Int64(Self.memory) * 86_400..<opening
    case .alphaVantage:
      let days = series.interval == .week1 ? 7 : 1
      return opening..<series.calendar.earliestOpening(of: day + days, every: series.interval)
    }
  }
}
