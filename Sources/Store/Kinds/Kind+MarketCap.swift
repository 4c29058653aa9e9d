import Market
import Schema

extension Kind {
  /// What coins are worth, and how many units there are: once a day.
  static let marketCap = Kind(
    shape: .marketCap,
    title: "market values and supplies of coins, by day", step: .prices, asked: .row, unit: .quoteCurrency,
    lookups: [:],
    history: .restated, comesAlone: false, followUp: nil, hasGaps: false, isCrossChecked: false,
    snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .daily, names: [.asset, .source, .symbol, .currency],
      restatedTitle: "market values that a later answer replaced", identity: ["source", "provider_symbol"],
      meanings: [
        "market_cap": ColumnMeaning(text: "price times circulating supply", unit: "quote currency"),
        "circulating_supply": ColumnMeaning(text: "units that can be traded", unit: "coins"),
        "total_supply": ColumnMeaning(text: "units that there are", unit: "coins"),
      ]))
}
