import ArgumentParser
import Following
import Market
import Rendering
import Store

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
    let context = try CommandContext(global)
    let saved = try context.reader().savedQueries.all()
    if global.json {
      return try Console.output(["version": 1, "queries": .array(saved.map(\.json))])
    }
    guard !saved.isEmpty else {
      return context.console.say("none yet; `appliance query save NAME 'SELECT …'` keeps one")
    }
    let table = RowFormat.table.encoder(table: "", on: context.console.screen)
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
