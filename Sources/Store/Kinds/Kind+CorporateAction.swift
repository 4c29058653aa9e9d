import Market
import Schema

extension Kind {
  /// Splits, dividends and capital gains, as the source tells them: beside the bars of the same asset.
  static let corporateAction = Kind(
    shape: .corporateAction,
    title: "splits, dividends and capital gains", step: .prices, asked: .row, unit: .quoteCurrency, lookups: [:],
    history: .restated, comesAlone: false, followUp: nil, hasGaps: false, isCrossChecked: false,
    snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: nil, names: [.asset, .source, .symbol], restatedTitle: "acts that a later answer told otherwise",
      identity: ["source", "provider_symbol"],
      meanings: [
        "day": ColumnMeaning(text: "first session traded without it: for money the ex-date", unit: "date"),
        "kind": ColumnMeaning(text: "split, dividend or capital_gain", unit: nil),
        "value": ColumnMeaning(text: "new shares for an old one, or money for a share", unit: "shares, or money"),
        "currency": ColumnMeaning(text: "of the money, where it is not that of the prices", unit: nil),
      ]))
}
