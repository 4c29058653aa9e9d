import GRDB
import SQLite

extension Store {
  /// Does many transactions of which none waits for the disk; the first one afterwards waits for all of them.
  ///
  /// A killed process loses nothing by it. After a power cut the last of these transactions may be gone, in their order
  /// and whole, and the file is valid: for work that is begun again when its end is not in the record.
  package func withoutWaitingForTheDisk<T>(_ body: () throws -> T) throws -> T {
    guard durability.waits else { return try body() }
    try setSynchronous(.lastCommit)
    let outcome = Result { try body() }
    let restored = Result { try setSynchronous(.everyCommit) }
    // What went wrong first is the one to tell.
    let value = try outcome.get()
    try restored.get()
    return value
  }

  /// Does many transactions of which most bring thousands of rows. What SQLite looks at in every row is switched off once
  /// and not by each of them: a switch has every statement prepared anew, which was a tenth of storing.
  ///
  /// - Parameter checks: what `body` and the merges within it look at themselves.
  package func withoutLooking<T>(at checks: RowChecks, _ body: () throws -> T) throws -> T {
    try outsideOfTransactions { db in try looks.leaveThroughout(checks, db) }
    let outcome = Result { try body() }
    let restored = Result { try outsideOfTransactions { db in try looks.leaveThroughout([], db) } }
    // What went wrong first is the one to tell.
    let value = try outcome.get()
    try restored.get()
    return value
  }

  private func setSynchronous(_ durability: Durability) throws(StoreError) {
    try outsideOfTransactions { db in try db.execute(sql: "PRAGMA synchronous = \(durability.synchronous)") }
  }

  private func outsideOfTransactions<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.writeWithoutTransaction(body) } catch { throw .of(error, path: path) }
  }
}
