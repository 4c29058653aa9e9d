import ArgumentParser
import Market
import Pipeline
import Rendering
import Reports
import SQLite
import Store
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Takes an import back.
struct ImportUndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", _superCommandName: "\(Program.name) import",
    abstract: "Take an import back.",
    discussion: """
      Its series is made again from the other files that were imported into it, as if this one had never come. What it \
      said stays in the history: --as-of before it shows it, and why says that it was undone. Its bytes stay in the \
      vault, and the same file may be imported again.

      EXAMPLES
        appliance import list
        appliance import undo 7
      """)

  @Argument(help: ArgumentHelp("The number, as `import list` shows it.", valueName: "id"))
  var id: Int64

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    _ = try context.reader(toWriteAs: "import undo")
    let fetch = FetchID(id)
    let report = try await blocking { try undo(fetch, context) }
    if global.json {
      return try Console.output([
        "version": 1, "outcome": "done", "import": .integer(id), "run": .integer(report.run.rawValue),
        "file": .string(report.file.name), "gone": .integer(Int64(report.gone)),
        "changed": .integer(Int64(report.changed)), "snapshots": .integer(Int64(report.snapshots)),
      ])
    }
    guard !global.quiet else { return }
    let (gone, changed) = (groupedText(Int64(report.gone)), groupedText(Int64(report.changed)))
    try Console.output(
      "Import \(id) is undone (\(TerminalText.escaped(report.file.name))): \(gone) rows are gone, \(changed) changed\n")
  }
}

private func undo(_ fetch: FetchID, _ context: CommandContext) throws -> ImportUndo.Report {
  let store = try context.writer(command: "import undo")
  defer { store.close() }
  let clock = try context.clock(of: store)
  do {
    let report = try ImportUndo(
      store: store, opener: context.wiring.fileReader, clock: clock, command: Program.commandLine,
      version: context.version, processID: getpid()
    ).perform(fetch)
    _ = try writeSummaries(in: store, now: clock.now)
    return report
  } catch let fault as ImportUndo.Fault {
    throw Failure(.failed, fault.description)
  } catch let fault as ImportReplay.Fault {
    throw Failure(.failed, "import \(fetch.rawValue) cannot be undone: \(fault)")
  }
}
