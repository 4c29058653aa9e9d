import ArgumentParser

struct AskQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Answer a question; `query SQL` is short for it.",
    discussion: """
      EXAMPLES
        appliance query "SELECT asset, max(close) FROM ohlc_hourly GROUP BY asset"
        appliance query 'SELECT * FROM sentiment_daily WHERE as_of_date >= :day' -p day=2025-09-01 --format md
        appliance query - --format csv --limit 1000000 --timeout 60 < question.sql
      """)

  @Argument(help: ArgumentHelp("One SELECT, or - to read it from standard input.", valueName: "sql"))
  var sql: String

  @OptionGroup var arguments: QueryArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    try QueryRun(try QueryText.read(sql), arguments, try CommandContext(global)).perform()
  }
}
