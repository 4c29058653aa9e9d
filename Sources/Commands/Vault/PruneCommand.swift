import ArgumentParser
import Market
import Rendering
import Retention
import Store
import Threads

/// Removes what nobody needs any more.
package struct PruneCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it, with what is never removed.
  package static let configuration = CommandConfiguration(
    commandName: "prune", _superCommandName: Program.name,
    abstract: "Say what nobody needs any more, and remove it with --yes.",
    discussion: """
      Bodies of errors, of answers that a retry replaced and of "nothing changed"; old steps that stored nothing; old \
      logs. What a fact, a restatement, a refused row or a gap depends on stays, and so does every answer that was read \
      or may yet be: a rebuild gives the same rows before and after. That something was asked, and what came of it, \
      stays on record.

      EXAMPLES
        appliance prune                              what would go; nothing is changed
        appliance prune --older-than 90d --yes       removes it
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Option(name: .long, help: ArgumentHelp("Touch only what is older.", valueName: "span"))
  var olderThan = TimeSpan.days(30)

  @Flag(name: .long, help: "Remove it.")
  var yes = false

  @Flag(name: .long, help: "Only say what would be removed, which is what happens without --yes too.")
  var dryRun = false

  @Flag(name: .long, help: "With --yes: give the space that is free inside the file back to the disk.")
  var vacuum = false

  @OptionGroup var global: GlobalOptions

  /// Refuses `--yes` with `--dry-run`, and `--vacuum` without `--yes`.
  package func validate() throws {
    if yes, dryRun { throw ValidationError("Give --yes or --dry-run, not both.") }
    if vacuum, !yes { throw ValidationError("--vacuum changes the file; it needs --yes.") }
  }

  /// Says what could be removed; removes it only with `--yes`.
  package func run() async throws {
    let context = try CommandContext(global)
    let reader = try yes ? context.reader(toWriteAs: "prune") : context.reader()
    let before = try context.clock(of: reader).now - olderThan.seconds
    let logs = OldLogs(in: context.settings.home.logs, before: before.day)
    guard yes else {
      return try printSummary(
        try await blocking { try reader.prunable(before: before) }, logs, free: try reader.freeBytes(),
        context)
    }
    let vacuum = vacuum
    let store = try context.writer(command: "prune")
    defer { store.close() }
    let (pruned, free) = try await blocking {
      let pruned = try store.prune(before: before)
      if vacuum { try store.vault.vacuum() }
      return (pruned, try store.freeBytes())
    }
    logs.remove()
    try printSummary(pruned, logs, free: free, context)
  }

  private func printSummary(_ prunable: Prunable, _ logs: OldLogs, free: Int64, _ context: CommandContext) throws {
    if global.json { return try Console.output(json(prunable, logs, free: free)) }
    let verb = yes ? "removed" : "would go"
    var lines = prunable.bodies.map { bodies in
      "\(verb): \(groupedText(Int64(bodies.count))) bodies, \(humanSize(bytes: bodies.bytes)): \(words(bodies.kind))"
    }
    if prunable.steps > 0 {
      lines.append("\(verb): \(groupedText(Int64(prunable.steps))) steps of old runs that stored nothing")
    }
    if !logs.names.isEmpty { lines.append("\(verb): \(logs.names.count) logs, \(humanSize(bytes: logs.bytes))") }
    if lines.isEmpty { lines.append("nothing older than \(olderThan) can go") }
    try Console.output(lines.map { $0 + "\n" }.joined())
    if !yes, lines.count > 0, !prunable.isEmpty || !logs.names.isEmpty {
      context.console.say("nothing was changed; --yes removes it")
    } else if yes, !vacuum, free > 0 {
      context.console.say(
        "\(humanSize(bytes: free)) are free inside the file and will be used again; --vacuum gives them to the disk")
    }
  }

  private func words(_ kind: Prunable.Kind) -> String {
    switch kind {
    case .superseded: "a retry followed"
    case .error: "errors"
    case .unchanged: "nothing had changed"
    }
  }

  private func json(_ prunable: Prunable, _ logs: OldLogs, free: Int64) -> JSONValue {
    [
      "version": 1, "dry_run": .bool(!yes), "bytes": .integer(prunable.bytes + logs.bytes),
      "bodies": .array(prunable.bodies.map(\.json)), "steps": .integer(Int64(prunable.steps)),
      "logs": .array(logs.names.map(JSONValue.string)),
      "log_bytes": .integer(logs.bytes),
      "free_bytes": .integer(free),
    ]
  }
}
