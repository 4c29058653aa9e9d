import GRDB
import Market
import SQLite

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
    /// Nobody decided, and nobody need: a later answer brought a row of its key that is stored.
    case stored
  }
  /// The number that people name it by; a rebuilt file may have another.
  package let id: QuarantineID
  /// The series that it would have gone into.
  package let series: SeriesKey
  /// Symbol of the asset; `nil` for an index of a whole market.
  package let asset: String?
  /// The row's key where it could be read.
  package let at: Instant?
  /// Why it was refused; `nil` for a reason that this version does not know.
  package let reason: RefusalReason?
  /// What exactly was wrong, in words.
  package let detail: String
  /// The row as it was sent, cut to `Refusal.excerptLength` bytes.
  package let excerpt: String
  /// Whether somebody has decided about it, and what.
  package let state: State
  /// When; `nil` while it is held.
  package let decidedAt: Instant?
  /// The answer that held it.
  package let fetch: FetchID
  /// The later answer whose row is stored under its key; `nil` where there is none.
  package let storedBy: FetchID?
}

/// What was asked when an answer came, for whoever looks at a row of it.
package struct AskedAnswer: Hashable, Sendable {
  /// Its number, which the refused row bears too.
  package let fetch: FetchID
  /// The run that asked.
  package let run: RunID
  /// `GET` or `POST`; `IMPORT` for a file that was brought in.
  package let method: String
  /// The address asked, without secrets; empty for a file.
  package let url: String
  /// When the attempt began.
  package let askedAt: Instant
  /// When the answer was there, or the attempt had failed.
  package let receivedAt: Instant
  /// The HTTP status; `nil` where no answer came, 0 for a file.
  package let status: Int?
  /// Length of the answer in bytes, uncompressed; `nil` where it brought none.
  package let size: Int?
}

extension QuarantinedRow {
  init(_ row: Row) throws {
    let stored = (row["stored_by"] as Int64?).map(FetchID.init)
    let written = State(rawValue: row["state"]) ?? .held
    self.init(
      id: QuarantineID(row["quarantine_id"]), series: try StoredCatalogue.seriesKey(row), asset: row["asset"],
      at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), reason: RefusalReason(rawValue: row["reason"]),
      detail: row["detail"], excerpt: row["excerpt"],
      state: written == .held && stored != nil ? .stored : written,
      decidedAt: (row["decided_at"] as Int64?).map(Instant.init(epochSeconds:)), fetch: FetchID(row["fetch_id"]),
      storedBy: stored)
  }

  /// What finds the row again.
  package func decided(_ verdict: DecidedRow.Verdict) -> DecidedRow {
    DecidedRow(
      verdict: verdict, series: series, at: at, reason: reason?.rawValue ?? "", excerptHash: DecidedRow.hash(excerpt),
      fetch: fetch)
  }
}
