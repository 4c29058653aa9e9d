import GRDB
import Market
import SQLite
import Schema

extension Kind {
  /// What is written about themes, day by day.
  ///
  /// The newest day of an answer is still being counted. Told otherwise by the answers of the next day it is a change and no
  /// restatement.
  static let themeValue = Kind(
    shape: .themeValue,
    title: "figures of themes, as they were told", step: .news, asked: .theme, unit: .none, lookups: [:],
    history: .provisional(table: "theme_value_provisional", isFinal: isFinal), followUp: nil, hasGaps: true,
    isCrossChecked: false, snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false,
      restatedTitle: "figures of themes that a later answer replaced", identity: ["source", "provider_symbol"],
      meanings: [
        "provider_symbol": ColumnMeaning(text: "the theme in the source's language", unit: nil),
        "as_of_date": ColumnMeaning(text: "day in which articles were seen", unit: "date"),
        "measure": ColumnMeaning(text: "volume, norm or tone", unit: nil),
        "value": ColumnMeaning(
          text: "articles about the theme, about anything, or the tone of the former", unit: "articles, -100 to 100"),
      ], others: [.themeDay]))

  /// Whether it was replaced later than by the next day's answer.
  private static func isFinal(_ row: FactRow, of _: SeriesID, replacedAt: Instant, _: Database) -> Bool {
    row.key.at.map { replacedAt >= ($0.day + 2).end } ?? true
  }
}
