import GRDB
import Market

/// Writes fund flows so that a second time changes nothing.
///
/// A value that appears is a change and no restatement, and so is one that moves while its day is provisional: the funds
/// are still reporting. A value of a final day that is replaced is kept as a restatement, any other beside those, so that
/// it can be told what was believed at an instant.
struct FlowMerge {
  let series: SeriesID
  let asset: AssetID
  let fetch: FetchID
  let replacedAt: Instant

  func run(_ flows: [EtfFlow], _ db: Database) throws -> RowChanges {
    var changes = RowChanges()
    var funds: [String: Int64] = [:]
    for flow in flows {
      let fund = try funds[flow.ticker] ?? etf(flow.ticker, db)
      funds[flow.ticker] = fund
      try merge(flow, fund: fund, &changes, db)
    }
    try forgetSums(of: changes.days, db)
    return changes
  }

  private func merge(_ flow: EtfFlow, fund: Int64, _ changes: inout RowChanges, _ db: Database) throws {
    let key = flow.day.start.epochSeconds
    guard let (old, oldFetch) = try FlowMerge.stored(flow.ticker, fund: fund, on: flow.day, in: series, db) else {
      try write(flow, fund: fund, db)
      changes.addNew(key)
      return
    }
    if old == flow {
      changes.unchanged += 1
      return
    }
    let isRestated = try old.netFlowUSD != nil && isFinal(flow.day, db)
    try keep(
      old, in: isRestated ? "etf_flow_restatement" : "etf_flow_provisional", fund: fund, of: oldFetch, db)
    try write(flow, fund: fund, db)
    changes.addChanged(key)
  }

  /// What is stored of a fund's day, with the fetch that taught it.
  static func stored(
    _ ticker: String, fund: Int64, on day: Day, in series: SeriesID, _ db: Database
  ) throws -> (EtfFlow, fetch: Int64)? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT net_flow_usd, net_assets_usd, fetch_id FROM etf_flow WHERE series_id = ? AND day = ? AND etf_id = ?
          """), arguments: [series.rawValue, day.description, fund]
    ).map {
      (
        EtfFlow(day: day, ticker: ticker, netFlowUSD: $0["net_flow_usd"], netAssetsUSD: $0["net_assets_usd"]),
        $0["fetch_id"]
      )
    }
  }

  /// The number of the fund of this ticker; `nil` where the file does not know it.
  static func knownFund(_ ticker: String, of asset: AssetID, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT etf_id FROM etf WHERE asset_id = ? AND ticker = ?"),
      arguments: [asset.rawValue, ticker])
  }

  /// The fund of this ticker; a new column in a provider's table is a new fund.
  private func etf(_ ticker: String, _ db: Database) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO etf (ticker, asset_id, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [ticker, asset.rawValue, ticker == EtfFlow.total ? "total" : "fund"])
    guard let id = try FlowMerge.knownFund(ticker, of: asset, db)
    else { throw StoreError.sqlite(code: 1, message: "fund \(ticker) is not there after it was stored") }
    return id
  }

  private func isFinal(_ day: Day, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT finality = 'final' FROM etf_flow_day WHERE series_id = ? AND day = ?",
      arguments: [series.rawValue, day.description]) ?? false
  }

  /// A day that was judged is judged again when a value of it moves: until then it has no sum.
  private func forgetSums(of days: Set<Int32>, _ db: Database) throws {
    let now = try Derivation(db)
    for day in days {
      let key: [any DatabaseValueConvertible] = [series.rawValue, Day(daysSinceEpoch: day).description]
      let hasVerdict = try Bool.fetchOne(
        db,
        sql: """
          SELECT net_flow_usd IS NOT NULL OR finality = 'not_reporting' FROM etf_flow_day WHERE series_id = ? AND day = ?
          """,
        arguments: StatementArguments(key))
      guard hasVerdict == true else { continue }
      try DerivedHistory.flowDays.keepRow(key, at: now, db)
      try db.execute(
        sql: """
          UPDATE etf_flow_day SET net_flow_usd = NULL, finality = iif(finality = 'final', 'final', 'provisional')
          WHERE series_id = ? AND day = ?
          """,
        arguments: StatementArguments(key))
      try DerivedHistory.flowDays.noteMade(key, at: now, db)
    }
  }

  private func write(_ flow: EtfFlow, fund: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO etf_flow (series_id, day, etf_id, net_flow_usd, net_assets_usd, fetch_id) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET net_flow_usd = excluded.net_flow_usd, net_assets_usd = excluded.net_assets_usd,
          fetch_id = excluded.fetch_id
        """,
      arguments: [
        series.rawValue, flow.day.description, fund, flow.netFlowUSD, flow.netAssetsUSD, fetch.rawValue,
      ])
  }

  private func keep(
    _ old: EtfFlow, in table: String, fund: Int64, of oldFetch: Int64, _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO \(table)
          (series_id, day, etf_id, replaced_by_fetch_id, replaced_at, net_flow_usd, net_assets_usd, fetch_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [
        series.rawValue, old.day.description, fund, fetch.rawValue, replacedAt.epochSeconds, old.netFlowUSD,
        old.netAssetsUSD, oldFetch,
      ])
  }
}
