import Market

/// What the rules say of an asset at its last bar.
package struct AssetSignals: Hashable, Sendable {
  /// By two averages; `nil` for fewer than 200 bars.
  package private(set) var trend: Trend?
  /// From 0 to 100; `nil` for fewer than 50 bars.
  package private(set) var momentum: Double?
  /// The nearest turn below the close.
  package private(set) var support: Double?
  /// The nearest turn above the close.
  package private(set) var resistance: Double?
  /// By ranges and direction; `nil` for fewer than 114 bars.
  package private(set) var regime: Regime?

  /// - Parameter bars: of one series, oldest first.
  package init(_ bars: some BidirectionalCollection<Bar>) {
    guard let last = bars.last else { return }
    var (trendRule, momentumRule, levels, regimeRule) = (TrendRule(), MomentumScore(), PivotLevels(), RegimeRule())
    for bar in bars.dropLast() {
      _ = trendRule.take(bar)
      _ = momentumRule.take(bar)
      levels.skip(bar)
      _ = regimeRule.take(bar)
    }
    (trend, momentum, regime) = (trendRule.take(last), momentumRule.take(last), regimeRule.take(last))
    let found = levels.take(last)
    (support, resistance) = (found?.support, found?.resistance)
  }
}
