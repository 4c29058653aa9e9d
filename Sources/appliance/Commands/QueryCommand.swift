import ArgumentParser
import Formats
import Rendering
import Store

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
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
}

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
    try QueryRun(try QueryText.read(sql), arguments, try Session(global)).perform()
  }
}

struct RunQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Answer a question that was saved.",
    discussion: """
      EXAMPLE
        appliance query run mood -p day=2025-09-19 --format json
      """)

  @Argument(help: ArgumentHelp("The name under which it was saved.", valueName: "name"))
  var name: String

  @OptionGroup var arguments: QueryArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = try Session(global)
    guard let saved = try session.reader().savedQuery(name) else { throw try QueryText.unknown(name, session) }
    try QueryRun(saved.sql, arguments, session).perform()
  }
}

struct SaveQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Keep a question by name, in the record.",
    discussion: """
      It is looked at as if it were asked, so that what is kept can be answered. Parameters stay open.

      EXAMPLE
        appliance query save mood 'SELECT * FROM sentiment_daily WHERE as_of_date = :day'
      """)

  @Argument(help: ArgumentHelp("Letters, digits, - and _.", valueName: "name"))
  var name: String

  @Argument(help: ArgumentHelp("One SELECT, or - to read it from standard input.", valueName: "sql"))
  var sql: String

  @Flag(name: .long, help: "Put it in place of another question of that name.")
  var replace = false

  @OptionGroup var global: GlobalOptions

  func run() throws {
    guard SavedQuery.isName(name) else {
      throw Failure(.usage, "'\(shown(name))' is no name for a question; take letters, digits, - and _, at most 64")
    }
    let session = try Session(global)
    let sql = try QueryText.read(sql)
    // A record is asked, not made.
    _ = try session.reader()
    let store = try session.writer(command: "query save")
    let parameters = try GuardedQuery(session.databasePath).check(sql)
    let before = try store.savedQuery(name)
    if let before, before.sql != sql, !replace {
      throw Failure(.failed, "another question has the name \(name); add --replace, or take another name")
    }
    if before?.sql != sql { try store.save(SavedQuery(name, sql, at: session.clock.now)) }
    try tell(parameters, before, sql, session)
  }

  private func tell(_ parameters: [String], _ before: SavedQuery?, _ sql: String, _ session: Session) throws {
    let outcome = before == nil ? "saved" : before?.sql == sql ? "unchanged" : "replaced"
    if global.json {
      return try Console.output([
        "version": 1, "name": .string(name), "outcome": .string(outcome),
        "parameters": .array(parameters.map { .string($0) }),
      ])
    }
    let values = parameters.map { " -p \($0)=…" }.joined()
    session.console.say("\(outcome); ask it with: appliance query run \(name)\(values)")
  }
}

struct ListQueriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The questions that were saved.",
    discussion: """
      EXAMPLE
        appliance query list
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = try Session(global)
    let saved = try session.reader().savedQueries()
    if global.json {
      let queries: [JSONValue] = saved.map {
        ["name": .string($0.name), "sql": .string($0.sql), "saved_at": .string($0.savedAt.description)]
      }
      return try Console.output(["version": 1, "queries": .array(queries)])
    }
    guard !saved.isEmpty else {
      return session.console.say("none yet; `appliance query save NAME 'SELECT …'` keeps one")
    }
    let table = RowFormat.table.encoder(table: "", width: Console.width(), style: session.console.style)
    table.begin([Column("name", .text), Column("saved_at", .text), Column("sql", .text)])
    for query in saved {
      table.text(query.name)
      table.instant(query.savedAt)
      table.text(query.sql)
      table.endRow()
    }
    table.finish()
    try Console.output(table.output.text)
  }
}

struct RemoveQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Forget a question that was saved.",
    discussion: """
      EXAMPLE
        appliance query remove mood
      """)

  @Argument(help: ArgumentHelp("The name under which it was saved.", valueName: "name"))
  var name: String

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = try Session(global)
    // A record is asked, not made.
    _ = try session.reader()
    guard try session.writer(command: "query remove").removeSavedQuery(name) else {
      throw try QueryText.unknown(name, session)
    }
    if global.json { return try Console.output(["version": 1, "name": .string(name), "outcome": "removed"]) }
    session.console.say("removed")
  }
}
