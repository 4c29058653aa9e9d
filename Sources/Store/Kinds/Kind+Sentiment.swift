import Market

extension Kind {
  /// The days of an index of mood.
  static let sentiment = Kind(
    shape: .sentiment,
    title: "sentiment indices of every source", step: .sentiment, asked: .index, unit: .none, lookups: [:],
    history: .restated,
    followUp: nil, hasGaps: true, isCrossChecked: false, snapshotReach: { _ in 0 }, reported: [.value],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false,
      restatedTitle: "sentiment that a later answer replaced", identity: ["source", "provider_symbol"]))
}
