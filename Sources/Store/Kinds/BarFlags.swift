import GRDB
import Market
import Metrics
import SQLite

/// Marks what is odd among the bars that an answer brought, in the transaction that stores them.
struct BarFlags {
  let series: StoredSeries
  let fetch: FetchID
  /// What the answer tells of the bars beside them.
  let told: [ToldBar]

  /// - Parameters:
  ///   - bars: what the answer holds, oldest first.
  ///   - replaced: the bars that differed from what was stored, each with the one before.
  func write(_ bars: [Bar], replaced: [(new: Bar, old: Bar)], _ db: Database) throws {
    guard let first = bars.first else { return }
    let limits = Plausibility(of: series.assetClass, interval: series.key.interval, asset: series.asset)
    if !replaced.isEmpty { try forget(replaced, db) }
    for (new, old) in replaced where old.close > 0 {
      guard new.close > old.close * (1 + limits.jump) || new.close < old.close * (1 - limits.jump) else { continue }
      try insert(new.openTime, .restatedJump, "close \(new.close) in place of \(old.close)", db)
    }
    let acts = ActFlags(told, limits, interval: series.key.interval)
    for flag in acts.found { try insert(flag.openTime, flag.rule, flag.detail, db) }
    for flag in flags(among: bars, after: try stored(before: first.openTime, db), limits)
    where flag.rule != .jump || !acts.explained.contains(bars[flag.index].openTime) {
      try insert(bars[flag.index].openTime, flag.rule, flag.detail, db)
    }
  }

  /// What was odd about a value that is replaced says nothing about the new one.
  private func forget(_ replaced: [(new: Bar, old: Bar)], _ db: Database) throws {
    for (bar, _) in replaced {
      try db.run(
        "DELETE FROM quality_flag WHERE series_id = ? AND at = ?", [series.id.rawValue, bar.openTime.epochSeconds])
    }
  }

  /// A mark that is there stays as it is, as the fact keeps the fetch that first brought it.
  private func insert(_ at: Instant, _ rule: FlagRule, _ detail: String, _ db: Database) throws {
    try db.run(
      "INSERT INTO quality_flag (series_id, at, rule, detail, fetch_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      [series.id.rawValue, at.epochSeconds, rule.rawValue, detail, fetch.rawValue])
  }

  /// The bar before an instant.
  private func stored(before first: Instant, _ db: Database) throws -> Bar? {
    guard let known = series.extent?.lowerBound, known < first else { return nil }
    let statement = try DirectStatement(
      keptBy: db,
      """
      SELECT open_time, open, high, low, close, volume FROM bar
      WHERE series_id = ? AND open_time < ? ORDER BY open_time DESC LIMIT 1
      """)
    statement.bind(series.id.rawValue, at: 1)
    statement.bind(first.epochSeconds, at: 2)
    return try statement.step() ? statement.bar : nil
  }
}
