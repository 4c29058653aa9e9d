import Crypto
import Formats
import Foundation
import GRDB

extension Migration {
  /// Makes room for what comes next: new classes of assets, kinds of facts and reasons, series without an interval, files
  /// that fill several series, quotas with several windows, values that a decision replaces.
  ///
  /// Lists that were closed by a CHECK are closed in Swift now. Every table is made anew by SQLite's own procedure for
  /// what `ALTER TABLE` cannot do (its documentation, "Making Other Kinds Of Table Schema Changes").
  static let widen = Migration(
    number: 3, name: "widen",
    rewritten: [
      "asset", "series", "fetch", "quota", "import_file", "import_file_series", "quarantine", "gap", "quality_flag",
      "chronicle", "bar_restatement", "price_point_restatement", "sentiment_restatement", "etf_flow_restatement",
      "etf_flow_provisional",
    ],
    prepare: moveRequestBodies, sql: widerReference + widerEvidence + widerJudgement + widerHistory)

  /// Puts the bodies of requests among the bodies of answers, and notes in `temp.body_of_request` where each of them is.
  private static func moveRequestBodies(_ db: Database) throws {
    try db.execute(
      sql: "CREATE TEMP TABLE body_of_request (fetch_id INTEGER PRIMARY KEY, body_id INTEGER NOT NULL)")
    let texts = try String.fetchAll(
      db, sql: "SELECT DISTINCT request_body FROM fetch WHERE request_body <> '' ORDER BY request_body")
    for text in texts {
      let body = try PackedBody(Array(text.utf8), redacted: false)
      try db.execute(
        sql: """
          INSERT INTO body (sha256, size, encoding, redacted, content) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """, arguments: [Data(body.hash), body.size, body.encoding, body.redacted, Data(body.content)])
      if db.changesCount == 1 {
        try db.execute(
          sql: "UPDATE run SET vault_bytes = vault_bytes + ? WHERE run_id = (SELECT max(run_id) FROM run)",
          arguments: [body.content.count])
      }
      try db.execute(
        sql: """
          INSERT INTO temp.body_of_request (fetch_id, body_id)
          SELECT fetch_id, (SELECT body_id FROM body WHERE sha256 = ?1) FROM fetch WHERE request_body = ?2
          """, arguments: [Data(body.hash), text])
    }
  }
}
