import Market
import Schema

extension Kind {
  /// Average prices and numbers of trades, beside the bars of the same series.
  static let barTrade = Kind(
    shape: .barTrade,
    title: "average prices and trades of bars", step: .prices, asked: .row, unit: .quoteCurrency, lookups: [:],
    history: .restated, comesAlone: false, followUp: nil, hasGaps: false, isCrossChecked: false,
    snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: nil, names: [.asset, .source, .symbol, .interval],
      restatedTitle: "trades of bars that a later answer replaced",
      identity: ["source", "provider_symbol", "interval"],
      meanings: [
        "vwap": ColumnMeaning(text: "average price, weighted by volume", unit: "quote currency"),
        "trades": ColumnMeaning(text: "how many trades made the bar", unit: "trades"),
      ]))
}
