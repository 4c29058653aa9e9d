import Market
import Schema

extension Kind {
  /// Values of economic series, with the days on which they were published.
  static let macroObservation = Kind(
    shape: .macroObservation,
    title: "economic series, with days of publication", step: .macro, asked: .macro,
    unit: .none, lookups: [:], history: .vintages(column: "vintage"), followUp: nil, hasGaps: false,
    isCrossChecked: false, snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false,
      restatedTitle: "economic values told anew on the same day",
      identity: ["source", "provider_symbol"],
      meanings: [
        "as_of_date": ColumnMeaning(text: "first day of the period; of a week the last", unit: "date"),
        "vintage": ColumnMeaning(text: "day on which it was published, else fetched", unit: "New York's date"),
        "value": ColumnMeaning(text: "value; empty where it was withdrawn", unit: "as macro_series says"),
      ]))

  /// The days on which economic figures are published.
  static let macroRelease = Kind(
    shape: .macroRelease,
    title: "days on which economic figures are published", step: .macro, asked: .row, unit: .none, lookups: [:],
    history: .restated, comesAlone: false, followUp: nil, hasGaps: false, isCrossChecked: false,
    snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false, restatedTitle: "days of publication that were moved",
      identity: ["source", "provider_symbol"],
      meanings: [
        "as_of_date": ColumnMeaning(text: "weekday, in New York", unit: "date"),
        "is_scheduled": ColumnMeaning(text: "1 where the release is out on that day", unit: "0 or 1"),
      ]))
}
