import GRDB
import Market
import SQLite
import Store

/// What models used of what they may.
package struct Spending: Hashable, Sendable {
  /// Read and written together.
  package var tokens: Int64 = 0
  /// In millionths of a millionth of a dollar, of the calls that have a price.
  package var cost: Int64 = 0
}

extension ModelLedger {
  /// What was used on a UTC day.
  func spent(on day: Day) throws(StoreError) -> Spending {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT sum(coalesce(tokens_in, 0) + coalesce(tokens_out, 0) + coalesce(tokens_reasoning, 0)) AS tokens,
            sum(cost) AS cost
          FROM model_call JOIN fetch ON fetch.fetch_id = model_call.fetch_id
          WHERE fetch.asked_at >= ? AND fetch.asked_at < ?
          """, arguments: [day.start.epochSeconds, day.end.epochSeconds])
      return Spending(tokens: row?["tokens"] ?? 0, cost: row?["cost"] ?? 0)
    }
  }

  /// The status with which a model was refused in each of the last two runs that asked it, where nothing came of them: a
  /// person has to do something. `nil` where the last run had an answer.
  func standingRefusal(of model: String, at provider: ProviderName) throws(StoreError) -> Int? {
    try read { db in
      let runs = try Row.fetchAll(
        db,
        sql: """
          SELECT fetch.run_id, max(status IN (401, 402, 403, 404)) AS refused, max(status) AS status,
            max(coalesce(status, 0) BETWEEN 200 AND 299) AS answered
          FROM model_call JOIN fetch ON fetch.fetch_id = model_call.fetch_id
          WHERE model_call.model = ? AND provider = ?
          GROUP BY fetch.run_id ORDER BY fetch.run_id DESC LIMIT 2
          """, arguments: [model, provider.description])
      guard runs.count == 2, runs.allSatisfy({ ($0["refused"] as Bool?) == true && !($0["answered"] as Bool) }) else {
        return nil
      }
      return runs[0]["status"]
    }
  }
}
