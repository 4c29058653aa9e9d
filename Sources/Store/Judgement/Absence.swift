import GRDB
import Market
import SQLite

/// What the file knows about a row that is not there.
package struct AbsenceEvidence: Hashable, Sendable {
  /// The gap that the key lies in.
  package struct Gap: Hashable, Sendable {
    /// Why the key is missing.
    package let reason: GapReason
    /// First and last missing key of the gap, both among the missing.
    package let span: ClosedRange<Instant>
    /// The answer that left it out.
    package let fetch: FetchID?
    /// The step in which it was noticed; `nil` where none is kept.
    package let step: StepID?
    /// What that step said.
    package let stepDetail: String?
  }

  /// A row with this key that was not believed.
  package struct Refused: Hashable, Sendable {
    /// The row's number in quarantine.
    package let id: Int64
    /// A raw value of `RefusalReason`.
    package let reason: String
    /// What exactly was wrong, in words.
    package let detail: String
    /// The row as it was sent, cut.
    package let excerpt: String
    /// The answer that held it.
    package let fetch: FetchID
  }

  /// The gap that is known at the key; `nil` where none is.
  package let gap: Gap?
  /// By number; empty where no row of this key was ever refused.
  package let refused: [Refused]
}

extension Judgement {
  /// Why a series holds no row at a key, as far as the file tells.
  package func absence(of series: SeriesID, at key: Instant) throws(StoreError) -> AbsenceEvidence {
    try read { db in
      let gap = try Row.fetchOne(
        db,
        sql: """
          SELECT gap.*, coalesce(step.detail, step.reason) AS step_detail
          FROM gap LEFT JOIN step ON step.step_id = gap.step_id
          WHERE gap.series_id = ?1 AND gap.from_time <= ?2 AND gap.to_time >= ?2
          ORDER BY gap.from_time DESC LIMIT 1
          """, arguments: [series.rawValue, key.epochSeconds]
      ).flatMap { row in
        GapReason(rawValue: row["reason"]).map { reason in
          AbsenceEvidence.Gap(
            reason: reason,
            span: Instant(epochSeconds: row["from_time"])...Instant(epochSeconds: row["to_time"]),
            fetch: (row["fetch_id"] as Int64?).map(FetchID.init), step: (row["step_id"] as Int64?).map(StepID.init),
            stepDetail: row["step_detail"])
        }
      }
      let refused = try Row.fetchAll(
        db,
        sql: """
          SELECT quarantine_id, reason, detail, excerpt, fetch_id FROM quarantine
          WHERE series_id = ? AND coalesce(at, -1) = ? ORDER BY quarantine_id
          """, arguments: [series.rawValue, key.epochSeconds]
      ).map {
        AbsenceEvidence.Refused(
          id: $0["quarantine_id"], reason: $0["reason"], detail: $0["detail"], excerpt: $0["excerpt"],
          fetch: FetchID($0["fetch_id"]))
      }
      return AbsenceEvidence(gap: gap, refused: refused)
    }
  }
}
