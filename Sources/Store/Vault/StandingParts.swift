import Foundation
import GRDB
import Market
import SQLite

/// The parts of the file that a series was told last, while all that they say stands as they said it.
///
/// Where another file begins with the same bytes and is read in the same way, its first parts can only find every row
/// unchanged: a file that has grown costs its reading and no look at each of its old rows.
package struct StandingParts: Sendable {
  private var hashes: ArraySlice<[UInt8]>
  /// When the file was opened: bars that were not over then were left out of it.
  package let openedAt: Instant

  fileprivate init(_ hashes: [[UInt8]], openedAt: Instant) {
    self.hashes = hashes[...]
    self.openedAt = openedAt
  }

  /// Whether the next part of a file is the next part of the other one. Behind the first that is not, none is: how a part
  /// is read depends on all before it.
  ///
  /// - Parameter isComplete: whether what the part says today it said then, too.
  package mutating func next(is part: PackedPart?, _ isComplete: Bool) -> Bool {
    guard isComplete, let part, hashes.popFirst() == part.hash else {
      hashes = []
      return false
    }
    return true
  }
}

extension Imports {
  /// The parts of the file that a series was told last; `nil` where it was read otherwise, was not read to its end, or
  /// anything came to the series since, or any decision.
  package func standingParts(
    readBy order: ImportOrder, into key: SeriesKey, partSize: Int
  ) throws(StoreError) -> StandingParts? {
    try read { db in
      guard let last = try Imports.last(into: key, db), last.fingerprint != nil, last.order == order,
        last.partSize == partSize, try !Imports.isDecided(after: last.fetch, db)
      else { return nil }
      let hashes = try Data.fetchAll(
        db, sql: "SELECT sha256 FROM import_part JOIN body USING (body_id) WHERE fetch_id = ? ORDER BY part",
        arguments: [last.fetch.rawValue])
      return StandingParts(hashes.map(Array.init), openedAt: last.receivedAt)
    }
  }

  private static func isDecided(after fetch: FetchID, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM chronicle WHERE decision_id IS NOT NULL
            AND entry_id > (SELECT max(entry_id) FROM chronicle WHERE fetch_id = ?))
        """, arguments: [fetch.rawValue]) ?? true
  }
}
