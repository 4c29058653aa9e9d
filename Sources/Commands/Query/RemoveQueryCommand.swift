import ArgumentParser
import Following
import Rendering
import Store

struct RemoveQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Forget a question that was saved.",
    discussion: """
      EXAMPLE
        appliance query remove mood
      """)

  @Argument(
    help: ArgumentHelp("The name under which it was saved.", valueName: "name"),
    completion: .custom(NameCompletion.queries))
  var name: String

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    // A record is asked, not made.
    _ = try context.reader(toWriteAs: "query remove")
    guard try context.writer(command: "query remove").savedQueries.remove(name) else {
      throw try QueryText.unknown(name, context)
    }
    if global.json { return try Console.output(["version": 1, "name": .string(name), "outcome": "removed"]) }
    context.console.say("removed")
  }
}
