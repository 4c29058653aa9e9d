import GRDB

/// One numbered step of the schema. Append-only: what was released is never edited.
struct Migration: Sendable {
  let number: Int
  let name: String
  let sql: String

  /// All of them, in order. `user_version` holds the number of the last one that was run.
  static let all: [Migration] = [.spine, .trace]

  static let latest = all.count
}

/// What marks a file as ours: "apl1" in ASCII, in `PRAGMA application_id`.
package let applicationID: Int32 = 0x6170_6C31

extension Database {
  func migrationNumber() throws -> Int {
    try Int.fetchOne(self, sql: "PRAGMA user_version") ?? 0
  }

  /// Runs what is missing, each migration in a transaction of its own together with its number.
  func migrate() throws {
    for migration in Migration.all.dropFirst(try migrationNumber()) {
      try inTransaction(.immediate) {
        try execute(sql: migration.sql)
        try execute(sql: "PRAGMA user_version = \(migration.number); PRAGMA application_id = \(applicationID)")
        return .commit
      }
    }
  }
}
