import ArgumentParser
import Commands
import Market
import Pipeline
import Rendering
import Reports
import SQLite
import Store
import Threads

struct QuarantineReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Store refused rows, since they are right.",
    discussion: """
      Each is read again from the answer that held it. The decision is kept: the same row in a later answer is believed, \
      and a rebuild does it again. A row that cannot be stored (its high below its low) stays refused, exit 1.

      EXAMPLES
        appliance quarantine release 3
      """)

  @Argument(help: ArgumentHelp("The numbers, as `quarantine list` shows them.", valueName: "id"))
  var ids: [Int64]

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    _ = try context.reader(toWriteAs: "quarantine release")
    let ids = ids.map(QuarantineID.init)
    let outcomes = try await blocking { try release(ids, context) }
    if global.json {
      try Console.output([
        "version": 1, "outcome": .string(outcomes.contains { $0.error != nil } ? "failed" : "done"),
        "rows": .array(outcomes.map { ["id": .integer($0.id.rawValue), "error": .optional($0.error)] }),
      ])
    } else {
      for outcome in outcomes {
        if let error = outcome.error {
          Console.error("appliance: \(error)")
        } else {
          try Console.output("row \(outcome.id.rawValue) is stored\n")
        }
      }
    }
    let failed = outcomes.count { $0.error != nil }
    if failed > 0 { throw Failure(failed == outcomes.count ? .failed : .partly) }
  }
}

/// What became of one row that was to be released.
private struct ReleaseOutcome: Sendable {
  let id: QuarantineID
  let error: String?
}

/// Releases the rows, then computes what follows from them.
private func release(_ ids: [QuarantineID], _ context: CommandContext) throws -> [ReleaseOutcome] {
  let store = try context.writer(command: "quarantine release")
  defer { store.close() }
  let now = try context.clock(of: store).now
  let release = QuarantineRelease(
    providers: context.providers, opener: context.wiring.fileReader)
  let outcomes = zip(ids, try release.release(ids, in: store, at: now)).map { id, result in
    switch result {
    case .success: ReleaseOutcome(id: id, error: nil)
    case .failure(let error): ReleaseOutcome(id: id, error: "\(error)")
    }
  }
  try release.deriveSnapshots(in: store, at: now)
  _ = try writeSummaries(in: store, now: now)
  return outcomes
}
