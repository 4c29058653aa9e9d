import GRDB
import Market
import Newsdesk
import SQLite
import Store

extension Following {
  /// Notes what the user decided and does it, all of it or nothing.
  ///
  /// - Throws: `StoreError`; what a decision is about must be there, which is the caller's to check first.
  package func decide(_ decisions: [CatalogueDecision], at now: Instant) throws(StoreError) {
    try write { db in
      for decision in decisions {
        _ = try db.decide(decision.kind, about: decision.subject, detail: decision.detail, at: now)
        try decision.apply(at: now, db)
      }
    }
  }

  /// Does again what was decided, in order: what an edition of the catalogue has just written is no user's word. All of it
  /// comes to the same when it is done twice.
  static func applyDecisions(_ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT decided_at, kind, subject, detail FROM decision
        WHERE kind LIKE 'asset.%' OR kind LIKE 'series.%' OR kind LIKE 'source.%'
          OR kind LIKE 'feed.%' ORDER BY decision_id
        """)
    for row in rows {
      let decision = CatalogueDecision(kind: row["kind"], subject: row["subject"], detail: row["detail"] ?? "")
      try decision?.apply(at: Instant(epochSeconds: row["decided_at"]), db)
    }
  }
}

extension CatalogueDecision {
  fileprivate func apply(at now: Instant, _ db: Database) throws {
    switch self {
    case .addAsset(let listing):
      try StoredCatalogue.add(Catalogue(edition: "", listings: [listing], funds: [], others: []), providers: [], db)
      try listing.tell(db)
      try db.run("UPDATE asset SET removed_at = NULL WHERE symbol = ?", [listing.asset.symbol])
    case .editAsset(let edit): try edit.apply(at: now, db)
    case .removeAsset(let symbol):
      try db.run("UPDATE asset SET removed_at = ? WHERE symbol = ?", [now.epochSeconds, symbol])
    case .restoreAsset(let symbol): try db.run("UPDATE asset SET removed_at = NULL WHERE symbol = ?", [symbol])
    case .addSeries(let series):
      try StoredCatalogue.add(Catalogue(edition: "", listings: [], funds: [], others: [series]), providers: [], db)
      try series.key.setRemoved(nil, db)
    case .addFeed(let feed):
      try feed.apply(db)
      try feed.key.setRemoved(nil, db)
    case .removeSeries(let key): try key.setRemoved(now, db)
    case .resumeSeries(let key): try key.setRemoved(nil, db)
    case .disableSource(let source):
      try db.run("UPDATE source SET disabled_at = ? WHERE name = ?", [now.epochSeconds, source.description])
    case .enableSource(let source):
      try db.run("UPDATE source SET disabled_at = NULL WHERE name = ?", [source.description])
    }
  }
}

extension SeriesKey {
  fileprivate func setRemoved(_ instant: Instant?, _ db: Database) throws {
    try db.run(
      """
      UPDATE series SET removed_at = ?
      WHERE dataset = ? AND provider_symbol = ? AND interval = ?
        AND source_id = (SELECT source_id FROM source WHERE name = ?)
      """,
      [instant?.epochSeconds, dataset.rawValue, providerSymbol, interval.rawValue, provider.description])
  }
}

extension AssetEdit {
  fileprivate func apply(at now: Instant, _ db: Database) throws {
    guard let id = try Int64.fetchOne(db, sql: "SELECT asset_id FROM asset WHERE symbol = ?", arguments: [symbol])
    else { return }
    try db.run(
      """
      UPDATE asset SET name = coalesce(?, name), sector = coalesce(?, sector), calendar = coalesce(?, calendar)
      WHERE asset_id = ?
      """, [name, sector, calendar?.rawValue, id])
    for group in groups { try db.run("INSERT OR IGNORE INTO asset_group (asset_id, name) VALUES (?, ?)", [id, group]) }
    for group in leftGroups { try db.run("DELETE FROM asset_group WHERE asset_id = ? AND name = ?", [id, group]) }
    for (source, symbol) in symbols.sorted(by: { $0.key < $1.key }) {
      try move(id, to: symbol, at: source, now, db)
    }
    if let preferred { try prefer(preferred, id, db) }
    for (name, value) in notes.sorted(by: { $0.key < $1.key }) {
      try db.run(
        """
        UPDATE asset SET static_metadata = CASE WHEN ?2 = '' THEN json_remove(static_metadata, ?1)
          ELSE json_set(coalesce(static_metadata, '{}'), ?1, ?2) END WHERE asset_id = ?3
        """, [#"$."\#(name)""#, value, id])
    }
    if notes[AssetEdit.match] != nil { try ArticleDesk(db).tellAnew(symbol: symbol) }
  }

  /// Asks a source under another symbol from now on: for the same kinds and intervals, in series of their own, as what was
  /// told under the other one may be about something else.
  private func move(_ id: Int64, to symbol: String, at source: ProviderName, _ now: Instant, _ db: Database) throws {
    let old = try Row.fetchAll(
      db,
      sql: """
        SELECT series_id FROM series JOIN source USING (source_id)
        WHERE asset_id = ? AND source.name = ? AND provider_symbol <> ? AND removed_at IS NULL
        """, arguments: [id, source.description, symbol])
    for row in old {
      let series: Int64 = row["series_id"]
      try db.run(
        """
        INSERT INTO series (dataset, asset_id, source_id, interval, provider_symbol, quote_currency, price_basis, priority,
          needs_key)
        SELECT dataset, asset_id, source_id, interval, ?, quote_currency, price_basis, priority, needs_key
        FROM series WHERE series_id = ?
        ON CONFLICT DO NOTHING
        """, [symbol, series])
      try db.run("UPDATE series SET removed_at = ? WHERE series_id = ?", [now.epochSeconds, series])
    }
    try db.run(
      """
      UPDATE series SET removed_at = NULL
      WHERE asset_id = ? AND provider_symbol = ? AND source_id = (SELECT source_id FROM source WHERE name = ?)
      """, [id, symbol, source.description])
  }

  private func prefer(_ source: ProviderName, _ id: Int64, _ db: Database) throws {
    try db.run(
      """
      UPDATE series SET priority = CASE
        WHEN source_id = (SELECT source_id FROM source WHERE name = ?) THEN 1 ELSE max(priority, 2) END
      WHERE asset_id = ? AND dataset IN ('bar', 'price_point')
      """, [source.description, id])
  }
}
