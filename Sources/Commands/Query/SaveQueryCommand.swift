import ArgumentParser
import Following
import Queries
import Rendering
import Store

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
    let context = try CommandContext(global)
    let sql = try QueryText.read(sql)
    // A record is asked, not made.
    _ = try context.reader(toWriteAs: "query save")
    let store = try context.writer(command: "query save")
    let parameters = try GuardedQuery(context.databasePath).check(sql)
    let before = try store.savedQueries.named(name)
    if let before, before.sql != sql, !replace {
      throw Failure(.failed, "another question has the name \(name); add --replace, or take another name")
    }
    if before?.sql != sql { try store.savedQueries.save(SavedQuery(name, sql, at: context.clock.now)) }
    try printSummary(parameters, before, sql, context)
  }

  private func printSummary(_ parameters: [String], _ before: SavedQuery?, _ sql: String, _ context: CommandContext)
    throws
  {
    let outcome = before == nil ? "saved" : before?.sql == sql ? "unchanged" : "replaced"
    if global.json {
      return try Console.output([
        "version": 1, "name": .string(name), "outcome": .string(outcome),
        "parameters": .array(parameters.map { .string($0) }),
      ])
    }
    let values = parameters.map { " -p \($0)=…" }.joined()
    context.console.say("\(outcome); ask it with: \(context.typed("query run \(name)\(values)"))")
  }
}
