import ArgumentParser
import Following
import Store

struct RunQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Answer a question that was saved.",
    discussion: """
      EXAMPLE
        appliance query run mood -p day=2025-09-19 --format json
      """)

  @Argument(
    help: ArgumentHelp("The name under which it was saved.", valueName: "name"),
    completion: .custom(NameCompletion.queries))
  var name: String

  @OptionGroup var arguments: QueryArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    guard let saved = try context.reader().savedQueries.named(name) else { throw try QueryText.unknown(name, context) }
    try QueryRun(saved.sql, arguments, context).perform()
  }
}
