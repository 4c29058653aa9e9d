import Market

/// By what the figures of one series are multiplied: steps in time. Rows from the last one on stay as they are.
package struct ScalingSteps: Hashable, Sendable {
  private let times: [Int64]
  private let factors: [Double]

  /// - Parameter steps: what holds for rows that open before an instant, and not before that of the step before it; oldest
  ///   first.
  package init(_ steps: [(before: Instant, factor: Double)]) {
    (times, factors) = (steps.map(\.before.epochSeconds), steps.map(\.factor))
  }

  /// The SQL of the factor: as deep as the logarithm of the steps, so that a row costs a few comparisons.
  ///
  /// - Parameter time: the SQL of the epoch seconds of a row.
  func factor(at time: String) -> String { factor(at: time, times[...], otherwise: 1) }

  /// - Parameter otherwise: the factor behind the last of these times.
  private func factor(at time: String, _ times: ArraySlice<Int64>, otherwise: Double) -> String {
    guard !times.isEmpty else { return "\(otherwise)" }
    let middle = times.startIndex + times.count / 2
    let before = factor(at: time, times[..<middle], otherwise: factors[middle])
    let after = factor(at: time, times[(middle + 1)...], otherwise: otherwise)
    return "CASE WHEN \(time) < \(times[middle]) THEN \(before) ELSE \(after) END"
  }
}

extension NamedDataset {
  /// Whether its rows are stored bars, which can be restated.
  package var holdsBars: Bool { barTime != nil }

  /// The SQL of the epoch seconds at which a bar opens; `nil` where rows are no stored bars.
  private var barTime: String? {
    guard case .bySeries(_, _, _, "bar", _) = layout, case .instant(let time) = time else { return nil }
    return time
  }

  /// The same rows, the prices and volumes of some series multiplied.
  ///
  /// - Parameters:
  ///   - factors: by the number of the series; others stay as they are.
  ///   - adjustment: what the rows are then.
  package func restated(
    _ adjustment: Adjustment, by factors: [Int64: (price: ScalingSteps, volume: ScalingSteps)]
  ) -> NamedDataset {
    guard let barTime else { return self }
    var restated = self
    restated.adjustment = adjustment
    restated.restated = factors.mapValues { steps in
      let price = steps.price.factor(at: barTime)
      var cells = ["volume": "volume * \(steps.volume.factor(at: barTime))"]
      for name in ["open", "high", "low", "close"] { cells[name] = "\(name) * \(price)" }
      return cells
    }
    return restated
  }

  /// The same rows of other columns.
  func restated(like other: NamedDataset) -> NamedDataset {
    var same = self
    (same.adjustment, same.restated) = (other.adjustment, other.restated)
    return same
  }

  /// The columns as they are read of one series.
  package func columns(ofSeries series: Int64) -> [DatasetColumn] {
    guard let cells = restated[series] else { return columns }
    return columns.map { column in cells[column.name].map(column.read) ?? column }
  }

  /// Bytes that restating adds at most to a statement.
  package var restatedBytes: Int {
    restated.values.map { $0.values.reduce(0) { $0 + $1.utf8.count } }.max() ?? 0
  }
}
