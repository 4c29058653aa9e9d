import ArgumentParser

/// Answers questions in SQL, and keeps them by name.
package struct QueryCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the record in SQL, without being able to do harm; keep questions by name.",
    discussion: """
      One SELECT of SQLite's, from the command line or with - from standard input. It is answered by a process of its \
      own that can only read the record's tables and views, within limits of time, memory and length.

      EXAMPLES
        appliance query "SELECT asset, max(close) FROM ohlc_hourly GROUP BY asset"
        appliance query 'SELECT * FROM sentiment_daily WHERE as_of_date >= :day' -p day=2025-09-01
        appliance query - --format csv < question.sql
        appliance query "SELECT name, sql FROM sqlite_schema"      the tables and views there are
        appliance query "SELECT avg(close) FROM ohlc_hourly" --as-of 2025-09-19     as it was known then
        appliance query save mood 'SELECT * FROM sentiment_daily WHERE as_of_date = :day'
        appliance query run mood -p day=2025-09-19
      """,
    subcommands: [
      AskQueryCommand.self, RunQueryCommand.self, SaveQueryCommand.self, ListQueriesCommand.self,
      RemoveQueryCommand.self,
    ],
    defaultSubcommand: AskQueryCommand.self)

  package init() {}
}
