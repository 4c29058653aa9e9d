import GRDB
import Market
import SQLite
import Schema

extension Kind {
  /// What went into and out of funds.
  ///
  /// A value that appears is a change and no restatement, and so is one that moves while its day is provisional: the
  /// funds are still reporting. A value of a final day that is replaced is kept as a restatement, any other beside
  /// those, so that it can be told what was believed at an instant.
  static let etfFlow = Kind(
    shape: .etfFlow,
    title: "fund flows of every source, totals too", step: .etfFlows, asked: .fund, unit: .fixed("USD"),
    lookups: ["ticker": fund],
    history: .provisional(table: "etf_flow_provisional", isFinal: isFinal), followUp: forgetSums, hasGaps: true,
    isCrossChecked: true,
    // The five-day sums of the next five reporting days, which a week of holidays can stretch to two weeks.
    snapshotReach: { _ in 14 }, reported: [.netFlowUSD],
    exported: Exported(
      rhythm: .daily, names: [.source, .asset], restatedTitle: "fund flows that a later answer replaced",
      looked: [("kind", "etf.kind")], identity: ["source", "asset"], others: [flowDays]))

  /// The number of a fund; a new column in a provider's table is a new fund.
  private static let fund = Lookup(
    column: "etf_id", table: "etf", text: "ticker",
    insert: { ticker, series, db in
      guard let asset = series.asset else {
        throw StoreError.sqlite(code: 1, message: "series \(series.key) holds flows and has no asset")
      }
      try db.run(
        """
        INSERT INTO etf (ticker, asset_id, kind) SELECT ?, asset_id, ? FROM asset WHERE symbol = ?
        ON CONFLICT DO NOTHING
        """, [ticker, EtfFlow.isTotal(ticker) ? "total" : "fund", asset])
    },
    scope: "asset_id = (SELECT asset_id FROM series WHERE series_id = ?)")

  private static func isFinal(_ row: FactRow, of series: SeriesID, _: Instant, _ db: Database) throws -> Bool {
    guard row.values.first?.whole != nil, let day = row.key.at?.day else { return false }
    return try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT finality = 'final' FROM etf_flow_day WHERE series_id = ? AND day = ?"),
      arguments: [series.rawValue, day.description]) ?? false
  }

  /// A day that was judged is judged again when a value of it moves: until then it has no sum.
  private static func forgetSums(of changes: RowChanges, in series: SeriesID, _ db: Database) throws {
    let now = try Derivation(db)
    for day in changes.days {
      let key: [any DatabaseValueConvertible] = [series.rawValue, Day(daysSinceEpoch: day).description]
      let hasVerdict = try Bool.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT net_flow_usd IS NOT NULL OR finality = 'not_reporting' FROM etf_flow_day
            WHERE series_id = ? AND day = ?
            """), arguments: StatementArguments(key))
      guard hasVerdict == true else { continue }
      try DerivedHistory.flowDays.keepRow(key, at: now, db)
      try db.run(
        """
        UPDATE etf_flow_day SET net_flow_usd = NULL, finality = iif(finality = 'final', 'final', 'provisional')
        WHERE series_id = ? AND day = ?
        """, StatementArguments(key))
      try DerivedHistory.flowDays.noteMade(key, at: now, db)
    }
  }

  /// The sums over the funds of an asset.
  private static let flowDays = NamedDataset.ofSeries(
    "etf_flow_day", "fund flows by day and asset, final or not", of: .etfFlow, .daily,
    names: [SeriesName.source, .asset].map(\.column),
    [.fact("as_of_date", .text, "day"), .fact("net_flow_usd", .integer), .fact("finality", .text)],
    facts: "etf_flow_day", key: "day", time: .day("day"), identity: ["source", "asset", "as_of_date"])
}
