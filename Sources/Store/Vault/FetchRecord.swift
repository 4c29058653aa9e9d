import Foundation
import GRDB
import Market
import Newsdesk
import SQLite

/// One request and what came back, as the file keeps it; the bytes themselves are `keptAnswer(_:)`.
package struct FetchRecord: Hashable, Sendable {
  /// Its number, as `why` and `vault` name it.
  package let id: FetchID
  /// The run that asked.
  package let run: RunID
  /// The command of that run, without what stood behind it.
  package let command: String
  /// Who was asked, or the name under which a file was imported.
  package let provider: ProviderName
  /// What that provider is called, for people.
  package let title: String
  /// `GET` or `POST`; `IMPORT` for a file that was brought in.
  package let method: String
  /// Path and query, as asked.
  package let target: String
  /// The address asked, without secrets; empty for a file.
  package let url: String
  /// When the attempt began.
  package let askedAt: Instant
  /// When the answer was there, or the attempt had failed; of a file, when it was read to its end.
  package let receivedAt: Instant
  /// How long the attempt took, or reading the file.
  package let milliseconds: Int64
  /// The HTTP status; `nil` where no answer came, 0 for a file.
  package let status: Int?
  /// Why no answer came, in words; `nil` where one came.
  package let error: String?
  /// `read`, `superseded`, or why it holds no facts; `nil` while it waits to be read.
  package let readOutcome: String?
  /// Length of the body in bytes; `nil` where there is none.
  package let size: Int64?
  /// Of the body, in hexadecimal.
  package let sha256: String?
  /// Whether a key was taken out of the body before it was kept.
  package let isRedacted: Bool
  /// The file that was brought in, where nobody was asked.
  package var file: KeptImport?
  /// That its bytes were let go.
  package var expiry: Expiry?
}

extension Vault {
  /// The request of this number; `nil` where there is none.
  package func fetchRecord(_ id: FetchID) throws(StoreError) -> FetchRecord? {
    guard var record = try askedRecord(id) else { return nil }
    record.file = try store.imports.file(id)
    record.expiry = try read { try Expiry(of: id.rawValue, $0) }
    return record
  }

  private func askedRecord(_ id: FetchID) throws(StoreError) -> FetchRecord? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT fetch.*, run.command, source.name AS source, source.title, body.size, body.sha256, body.redacted
          FROM fetch
          JOIN run ON run.run_id = fetch.run_id
          JOIN source ON source.source_id = fetch.source_id
          LEFT JOIN body ON body.body_id = fetch.body_id
          WHERE fetch.fetch_id = ?
          """, arguments: [id.rawValue]
      ).map(FetchRecord.init)
    }
  }
}

extension FetchRecord {
  init(_ row: Row) {
    self.init(
      id: FetchID(row["fetch_id"]), run: RunID(row["run_id"]),
      command: (row["command"] as String).split(separator: " ").first.map(String.init) ?? "",
      provider: ProviderName(row["source"]), title: row["title"], method: row["method"], target: row["target"],
      url: row["url"], askedAt: Instant(epochSeconds: row["asked_at"]),
      receivedAt: Instant(epochSeconds: row["received_at"]), milliseconds: row["elapsed_ms"], status: row["status"],
      error: row["error"], readOutcome: row["read_outcome"], size: row["size"],
      sha256: (row["sha256"] as Data?)?.hexadecimal,
      isRedacted: row["redacted"] ?? false)
  }
}
