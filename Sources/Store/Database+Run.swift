import GRDB

extension Database {
  /// Runs one statement, which the connection prepares once and keeps: for what happens with every answer.
  func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
