import Market

/// A provider that corrects its prices for splits restates all of them when a share is split: every row of before it by one
/// factor. Which splits are news, and whether they explain what became of rows that are known.
package struct SplitRebase: Hashable, Sendable {
  /// By day; none where only their effect is seen.
  private let splits: [CorporateAction]
  /// New price for one of before, of the oldest rows.
  package let factor: Double

  /// Figures of one price before and after differ from the factor by no more than single precision explains.
  private static let tolerance = 1e-6

  /// - Parameter splits: what nobody knew of before; `nil` where there is none.
  package init?(_ splits: [CorporateAction]) {
    guard !splits.isEmpty else { return nil }
    self.splits = splits.sorted { $0.day < $1.day }
    factor = splits.reduce(1.0) { $0 / $1.value }
  }

  /// From so many rows on that moved by one factor, it is one.
  private static let fewestRows = 3
  /// What moves less is a correction.
  private static let leastMove = 0.01

  /// What is seen of a split that somebody else tells: `nil` where too few rows were compared, or where they moved little.
  ///
  /// - Parameters:
  ///   - told: the bars that the provider tells now.
  ///   - known: opens and closes as they were believed, by open time.
  package init?(seenIn told: [Bar], restating known: [Instant: (open: Double, close: Double)]) {
    let compared = told.filter { known[$0.openTime] != nil }
    guard compared.count >= SplitRebase.fewestRows, let first = compared.first,
      let old = known[first.openTime], old.close > 0, first.close > 0
    else { return nil }
    factor = first.close / old.close
    splits = []
    guard abs(factor - 1) > SplitRebase.leastMove else { return nil }
  }

  /// `split 4 for 1 on 2020-08-31`, or what was seen of it: `all prices × 0.25`.
  package var cause: String {
    splits.isEmpty
      ? "all prices × \(SplitRebase.text(factor))" : splits.map(SplitRebase.spelled).joined(separator: ", ")
  }

  /// Whether all rows of before a split were restated by it, and there is one.
  ///
  /// - Parameters:
  ///   - known: opens and closes as they were believed, by open time.
  ///   - told: the bars that the provider tells now.
  package func explains(_ known: [Instant: (open: Double, close: Double)], restatedAs told: [Bar]) -> Bool {
    var compared = 0
    for bar in told {
      guard let old = known[bar.openTime] else { continue }
      let factor =
        splits.isEmpty ? factor : splits.reduce(1.0) { $1.day.start > bar.openTime ? $0 / $1.value : $0 }
      guard factor != 1 else { continue }
      compared += 1
      guard isRestated(old.close, bar.close, by: factor), isRestated(old.open, bar.open, by: factor) else {
        return false
      }
    }
    return compared > 0
  }

  private func isRestated(_ old: Double, _ new: Double, by factor: Double) -> Bool {
    old > 0 && abs(new / old / factor - 1) <= SplitRebase.tolerance
  }

  private static func spelled(_ split: CorporateAction) -> String {
    let (new, old) = split.value >= 1 ? (split.value, 1) : (1, 1 / split.value)
    return "split \(text(new)) for \(text(old)) on \(split.day)"
  }

  private static func text(_ shares: Double) -> String {
    let rounded = (shares * 1e6).rounded() / 1e6
    return Int64(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}
