import Foundation
import GRDB
import Market
import Pipeline
import SQLite
import Store

/// The part of a rebuild that reads the answers of models again: what they said, what of it was believed, what it cost.
/// Nobody is asked.
package struct ModelTexts: RebuildPart {
  private let rules: GuardRules

  /// - Parameter rules: by which texts are judged today.
  package init(rules: GuardRules) {
    self.rules = rules
  }

  private struct Call {
    let id: Int64
    let fetch: FetchID
    let isJudgedAlike: Bool
  }

  /// Makes calls and texts of a rebuilt file from the answers in the file that it is made from. What was judged by older
  /// rules keeps its judgement, as nobody would be asked again for what newer ones think of it.
  package func makeAgain(in target: Store, from moment: StoreMoment) throws -> [Rebuild.Damage] {
    var damages: [Rebuild.Damage] = []
    for call in try calls(target) {
      let kept: KeptAnswer
      do { kept = try moment.keptAnswer(call.fetch) } catch {
        damages.append(Rebuild.Damage(fetch: call.fetch, detail: "\(error)"))
        continue
      }
      let reading = CallReading(sent: kept.request.body, kept.answer, rules)
      try target.write { db in
        guard call.isJudgedAlike else { return }
        try ModelLedger.write(reading, of: call.id, db)
        try db.execute(
          sql: "UPDATE summary SET text = ? WHERE call_id = ?", arguments: [reading.judged?.text ?? "", call.id])
      }
    }
    try target.write { try ModelLedger.closeSuperseded($0) }
    return damages
  }

  /// Those that brought an answer, oldest first.
  private func calls(_ target: Store) throws -> [Call] {
    try target.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT call_id, model_call.fetch_id, model_call.edition FROM model_call
          JOIN fetch ON fetch.fetch_id = model_call.fetch_id
          WHERE fetch.body_id IS NOT NULL AND model_call.outcome IS NOT NULL AND fetch.read_outcome <> 'superseded'
          ORDER BY call_id
          """
      ).map {
        Call(
          id: $0["call_id"], fetch: FetchID($0["fetch_id"]),
          isJudgedAlike: $0["edition"] as Int == NumberGuard.edition)
      }
    }
  }
}
