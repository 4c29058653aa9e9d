import GRDB
import Market
import SQLite
import Schema

extension Kind {
  /// The days of an index of mood.
  ///
  /// The index of a day that a later answer tells otherwise is a restatement, unless it was told on the day itself by one
  /// that computes it all day long.
  static let sentiment = Kind(
    shape: .sentiment,
    title: "sentiment indices of every source", step: .sentiment, asked: .index, unit: .none, lookups: [:],
    history: .provisional(table: "sentiment_provisional", isFinal: isFinal),
    followUp: nil, hasGaps: true, isCrossChecked: false,
    snapshotReach: { $0.holdsMoodOfStocks ? nil : 0 }, reported: [.value],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false,
      restatedTitle: "sentiment that a later answer replaced", identity: ["source", "provider_symbol"]))

  /// What an index of mood is made from.
  static let moodComponent = Kind(
    shape: .moodComponent,
    title: "what an index of mood is made from", step: .sentiment, asked: .row, unit: .none, lookups: [:],
    history: .restated, comesAlone: false, followUp: nil, hasGaps: false, isCrossChecked: false,
    snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: .daily, names: [.source, .symbol], hasAssets: false,
      restatedTitle: "parts of mood that a later answer replaced", identity: ["source", "provider_symbol"],
      meanings: [
        "component": ColumnMeaning(text: "the provider's name of the component", unit: nil),
        "measure": ColumnMeaning(text: "quantity, or the score that is made of it", unit: nil),
        "value": ColumnMeaning(text: "the quantity, or its score from 0 to 100", unit: "own units, or 0–100"),
      ]))

  /// CNN's index moves until its next session opens.
  private static func isFinal(_ row: FactRow, of series: SeriesID, _: Instant, _ db: Database) throws -> Bool {
    guard let day = row.key.at?.day else { return true }
    return try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT source.name <> 'cnn' OR fetch.received_at >= ?3
          FROM sentiment JOIN series USING (series_id) JOIN source USING (source_id)
          JOIN fetch ON fetch.fetch_id = sentiment.fetch_id WHERE series_id = ?1 AND day = ?2
          """),
      arguments: [series.rawValue, day.description, Calendar.nyse.session(atOrAfter: day.end).open.epochSeconds])
      ?? true
  }
}
