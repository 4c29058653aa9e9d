import GRDB
import Market

extension Store {
  /// Seconds by which our clock was ahead of those of the providers that answered in a run: of each the smallest, as an
  /// answer takes its time.
  package func clockLeads(of run: RunID) throws(StoreError) -> [ProviderName: Int64] {
    try read { db in
      let leads = try Row.fetchAll(
        db,
        sql: """
          SELECT source.name AS source, fetch.headers, fetch.received_at FROM fetch JOIN source USING (source_id)
          WHERE fetch.run_id = ? AND fetch.headers IS NOT NULL
          """, arguments: [run.rawValue]
      ).compactMap { row -> (ProviderName, Int64)? in
        let answer = Answer(
          status: 0, headers: Store.headers(row["headers"]), body: [],
          receivedAt: Instant(epochSeconds: row["received_at"]))
        return answer.clockLead.map { (ProviderName(row["source"]), $0) }
      }
      return Dictionary(leads) { abs($0) < abs($1) ? $0 : $1 }
    }
  }
}
