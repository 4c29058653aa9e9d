import Market

extension Kind {
  /// Sampled prices. They sit on no grid, so that none can be missing.
  static let pricePoint = Kind(
    shape: .pricePoint,
    title: "sampled prices and market values (CoinGecko)", step: .prices, asked: .price, unit: .quoteCurrency,
    lookups: [:],
    history: .restated, followUp: nil, hasGaps: false, isCrossChecked: false, snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .hourly, names: [.asset, .source, .symbol, .currency],
      restatedTitle: "sampled prices that a later answer replaced", identity: ["source", "provider_symbol"]))
}
