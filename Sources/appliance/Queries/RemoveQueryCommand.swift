import ArgumentParser
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
