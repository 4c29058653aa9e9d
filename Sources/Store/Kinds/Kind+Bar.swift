import Market

extension Kind {
  /// Bars: `BarMerge` stores them, since they come by the million; all else goes by the description.
  static let bar = Kind(
    shape: .bar,
    title: "prices of every source and interval", step: .prices, asked: .price, unit: .quoteCurrency, lookups: [:],
    history: .restated,
    followUp: nil, hasGaps: true, isCrossChecked: false,
    // The change of the next day or session, and the volatility of the seven days after.
    snapshotReach: { [.hour1, .day1].contains($0.interval) ? 7 : nil }, reported: [.open, .high, .low, .close, .volume],
    exported: Exported(
      rhythm: .hourly, names: [.asset, .source, .symbol, .interval, .currency],
      restatedTitle: "prices that a later answer replaced", identity: ["source", "provider_symbol", "interval"],
      ranks: [.open: .range, .high: .range, .low: .range, .volume: .minor]))
}
