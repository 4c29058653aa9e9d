import GRDB
import Market

/// A refused row, as it lies in quarantine.
package struct QuarantinedRow: Hashable, Sendable {
  /// What has become of a refused row.
  package enum State: String, CaseIterable, Sendable {
    /// Nobody has decided yet.
    case held
    /// The user said that it is right: it is a fact.
    case released
    /// The user said that it is nothing.
    case dropped
  }
  package let id: QuarantineID
  package let series: SeriesKey
  package let asset: String?
  /// The row's key where it could be read.
  package let at: Instant?
  package let reason: RefusalReason?
  package let detail: String
  package let excerpt: String
  package let state: State
  package let decidedAt: Instant?
  package let fetch: FetchID
}

/// What was asked when an answer came, for whoever looks at a row of it.
package struct AskedAnswer: Hashable, Sendable {
  package let fetch: FetchID
  package let run: RunID
  package let method: String
  package let url: String
  package let askedAt: Instant
  package let receivedAt: Instant
  package let status: Int?
  /// Length of the answer in bytes, uncompressed; `nil` where it brought none.
  package let size: Int?
}

extension QuarantinedRow {
  init(_ row: Row) throws {
    self.init(
      id: QuarantineID(row["quarantine_id"]), series: try Store.seriesKey(row), asset: row["asset"],
      at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), reason: RefusalReason(rawValue: row["reason"]),
      detail: row["detail"], excerpt: row["excerpt"], state: State(rawValue: row["state"]) ?? .held,
      decidedAt: (row["decided_at"] as Int64?).map(Instant.init(epochSeconds:)), fetch: FetchID(row["fetch_id"]))
  }

  /// What finds the row again.
  package func decided(_ verdict: DecidedRow.Verdict) -> DecidedRow {
    DecidedRow(
      verdict: verdict, series: series, at: at, reason: reason?.rawValue ?? "", excerptHash: DecidedRow.hash(excerpt),
      fetch: fetch)
  }
}
