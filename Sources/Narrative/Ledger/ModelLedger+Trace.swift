import Formats
import GRDB
import Market
import Provenance
import Rendering
import SQLite
import Store

extension ModelLedger {
  /// What stands behind a call, for `why`; `nil` where there is no such call, or its bytes are not kept.
  package func trace(_ call: Int64) throws -> CallTrace? {
    guard let row = try row(of: call) else { return nil }
    let kept = try store.vault.keptAnswer(FetchID(row["fetch_id"]))
    let question = SentQuestion(kept.request.body)
    return CallTrace(
      call: ModelLedger.line(row), prompt: question.messages, answer: kept.answer.body,
      dropped: ModelLedger.dropped(row["dropped"]), members: ModelLedger.members(row))
  }

  private func row(of call: Int64) throws(StoreError) -> Row? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT model_call.*, fetch.url, fetch.received_at FROM model_call
          JOIN fetch ON fetch.fetch_id = model_call.fetch_id WHERE call_id = ?
          """, arguments: [call])
    }
  }

  private static func line(_ row: Row) -> String {
    func count(_ name: String) -> String { (row[name] as Int64?).map { "\($0)" } ?? "?" }
    let thinking = (row["tokens_reasoning"] as Int64?).flatMap { $0 > 0 ? " and \($0) of thinking" : nil } ?? ""
    let cost = (row["cost"] as Int64?).map(costText) ?? "no price is set"
    return
      "\(row["call_id"] as Int64): \(row["model"] as String) at \(row["url"] as String), \(row["outcome"] ?? "not read"); "
      + "\(count("tokens_in")) tokens read, \(count("tokens_out")) written\(thinking), \(cost); fetch \(row["fetch_id"] as Int64)"
  }

  private static func dropped(_ json: String) -> [(sentence: String, reason: String)] {
    let scalars = (try? JSONCursor.scalars(in: Array(json.utf8))) ?? []
    let members = Dictionary(scalars.map { ($0.path, $0.text ?? "") }) { first, _ in first }
    var dropped: [(sentence: String, reason: String)] = []
    while let reason = members[["\(dropped.count)", "reason"]] {
      dropped.append((members[["\(dropped.count)", "sentence"]] ?? "", reason))
    }
    return dropped
  }

  private static func members(_ row: Row) -> [(String, JSONValue)] {
    [
      ("call_id", .integer(row["call_id"])), ("fetch_id", .integer(row["fetch_id"])),
      ("purpose", .string(row["purpose"])), ("provider", .string(row["provider"])), ("model", .string(row["model"])),
      ("outcome", .optional(row["outcome"] as String?)), ("tokens_in", .optional(row["tokens_in"] as Int64?)),
      ("tokens_out", .optional(row["tokens_out"] as Int64?)),
      ("tokens_reasoning", .optional(row["tokens_reasoning"] as Int64?)), ("cost", .optional(row["cost"] as Int64?)),
      ("is_estimate", .bool(row["is_estimate"])),
    ]
  }
}
