import GRDB

extension Database {
  /// Runs one statement, which the connection prepares once and keeps: for what happens with every answer.
  package func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// One transaction that is to write, undone when `body` throws.
  package func inImmediateTransaction<T>(_ body: (Database) throws -> T) throws -> T {
    var result: T?
    try inTransaction(.immediate) {
      result = try body(self)
      return .commit
    }
    guard let result else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
    return result
  }
}
