import GRDB
import Market
import SQLite

extension Judgement {
  /// Rows in quarantine, oldest refusal first.
  ///
  /// - Parameters:
  ///   - assets: symbols; empty for all.
  ///   - states: which ones.
  package func quarantinedRows(
    assets: [String] = [], reason: RefusalReason? = nil, states: Set<QuarantinedRow.State> = [.held]
  ) throws(StoreError) -> [QuarantinedRow] {
    try read { db in
      try Row.fetchAll(
        db, sql: quarantined + " ORDER BY quarantine.quarantine_id"
      ).map(QuarantinedRow.init)
        .filter { row in
          states.contains(row.state) && (reason == nil || row.reason == reason)
            && (assets.isEmpty || row.asset.map(assets.contains) ?? false)
        }
    }
  }

  /// One row, with the answer that held it; `nil` where there is none of that number.
  package func quarantinedRow(_ id: QuarantineID) throws(StoreError) -> (row: QuarantinedRow, asked: AskedAnswer)? {
    try read { db in
      guard let row = try quarantinedRow(id, db),
        let fetch = try Row.fetchOne(
          db,
          sql: """
            SELECT run_id, method, url, asked_at, received_at, status, body.size FROM fetch LEFT JOIN body USING (body_id)
            WHERE fetch_id = ?
            """, arguments: [row.fetch.rawValue])
      else { return nil }
      let asked = AskedAnswer(
        fetch: row.fetch, run: RunID(fetch["run_id"]), method: fetch["method"], url: fetch["url"],
        askedAt: Instant(epochSeconds: fetch["asked_at"]), receivedAt: Instant(epochSeconds: fetch["received_at"]),
        status: fetch["status"], size: fetch["size"])
      return (row, asked)
    }
  }
}

extension Judgement {
  private var quarantined: String {
    """
    SELECT quarantine.quarantine_id, series.dataset, series.provider_symbol, series.interval, source.name AS source,
      asset.symbol AS asset, quarantine.at, quarantine.reason, quarantine.detail, quarantine.excerpt,
      quarantine.fetch_id, quarantine.state, decision.decided_at,
      \(kinds.storedLater) AS stored_by
    FROM quarantine
    JOIN series USING (series_id) JOIN source USING (source_id) LEFT JOIN asset USING (asset_id)
    LEFT JOIN decision USING (decision_id)
    """
  }

  func quarantinedRow(_ id: QuarantineID, _ db: Database) throws -> QuarantinedRow? {
    try Row.fetchOne(
      db, sql: quarantined + " WHERE quarantine.quarantine_id = ?", arguments: [id.rawValue]
    ).map(QuarantinedRow.init)
  }
}
