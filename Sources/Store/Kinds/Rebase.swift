import GRDB
import Market
import Metrics
import SQLite

/// A series that its provider restates as a whole after a split. That is one event and no thousand corrections, and half
/// of it would be worse than none.
struct Rebase {
  private let series: SeriesID
  private let rule: SplitRebase
  /// Whether the reading speaks for all rows that are stored; else it would leave old prices behind new ones.
  let isWhole: Bool

  /// What a reading shows of it: a split that is not stored, and by which all its rows that are stored and older differ; or,
  /// where acts are told elsewhere, that all its rows that are stored differ by one factor.
  static func found(in reading: Reading, _ db: Database) throws -> Rebase? {
    guard let bars = reading.parts.first(where: { $0.series.holdsBars }), case .bars(let rows) = bars.facts,
      let first = rows.first, let last = rows.last, let series = try StoredCatalogue.series(bars.series, db),
      series.basis == .splitAdjusted, let extent = series.extent
    else { return nil }
    let tellsActs = bars.series.companions.contains { $0.dataset == .corporateAction }
    let splits = tellsActs ? SplitRebase(try newSplits(in: reading, db)) : nil
    if tellsActs, splits == nil { return nil }
    let stored = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT open_time, open, close FROM bar WHERE series_id = ? AND open_time BETWEEN ? AND ?"),
      arguments: [series.id.rawValue, first.openTime.epochSeconds, last.openTime.epochSeconds])
    let known = Dictionary(
      stored.map { row in (Instant(epochSeconds: row["open_time"]), (row["open"] as Double, row["close"] as Double)) }
    ) { first, _ in first }
    guard let rule = splits ?? SplitRebase(seenIn: rows, restating: known), rule.explains(known, restatedAs: rows)
    else { return nil }
    return Rebase(
      series: series.id, rule: rule,
      isWhole: bars.covers.map { $0.lowerBound <= extent.lowerBound && extent.upperBound <= $0.upperBound } ?? false)
  }

  private static func newSplits(in reading: Reading, _ db: Database) throws -> [CorporateAction] {
    guard let part = reading.parts.first(where: { $0.series.dataset == .corporateAction }) else { return [] }
    return try (0..<part.facts.count).compactMap { index in
      let (key, figures) = (part.facts.key(at: index), part.facts.figures(at: index))
      guard key.text == CorporateActionKind.split.rawValue, let day = key.at?.day, let value = figures.first?.number
      else { return nil }
      let stored = try Double.fetchOne(
        db,
        sql: """
          SELECT value FROM corporate_action JOIN series USING (series_id) JOIN source USING (source_id)
          WHERE day = ? AND kind = ? AND provider_symbol = ? AND source.name = ?
          """,
        arguments: [
          day.description, CorporateActionKind.split.rawValue, part.series.providerSymbol,
          part.series.provider.description,
        ])
      return stored == value ? nil : CorporateAction(day: day, kind: .split, value: value)
    }
  }

  /// Notes it with the answer that told it, where it moved any row; what it moved is no jump.
  func note(rows: Int, from fetch: FetchID, _ db: Database) throws {
    guard rows > 0 else { return }
    try db.run(
      "INSERT INTO rebase (series_id, factor, cause, fetch_id, rows) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      [series.rawValue, rule.factor, rule.cause, fetch.rawValue, rows])
    try db.run(
      "DELETE FROM quality_flag WHERE series_id = ? AND fetch_id = ? AND rule = ?",
      [series.rawValue, fetch.rawValue, FlagRule.restatedJump.rawValue])
  }
}
