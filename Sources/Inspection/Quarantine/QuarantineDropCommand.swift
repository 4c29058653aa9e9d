import ArgumentParser
import Commands
import Rendering
import SQLite
import Store
import Threads

struct QuarantineDropCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Set refused rows aside for good.",
    discussion: """
      They are listed no more (--all shows them) and no report mentions them. Nothing is deleted: the answer that held \
      them is kept. All of the rows are set aside, or none where one cannot be.

      EXAMPLES
        appliance quarantine drop 3 4
      """)

  @Argument(help: ArgumentHelp("The numbers, as `quarantine list` shows them.", valueName: "id"))
  var ids: [Int64]

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    _ = try context.reader(toWriteAs: "quarantine drop")
    let ids = ids.map(QuarantineID.init)
    try await blocking {
      let store = try context.writer(command: "quarantine drop")
      defer { store.close() }
      do {
        try store.judgement.drop(ids, at: try context.clock(of: store).now)
      } catch let error as DecisionError {
        throw Failure(.failed, error.description)
      }
    }
    if global.json {
      return try Console.output([
        "version": 1, "outcome": "done", "rows": .array(ids.map { ["id": .integer($0.rawValue), "error": .null] }),
      ])
    }
    for id in ids { try Console.output("row \(id.rawValue) is set aside\n") }
  }
}
