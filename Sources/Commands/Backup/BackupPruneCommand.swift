import ArgumentParser
import Backups
import Market
import Rendering

struct BackupPruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Thin out the automatic backups.",
    discussion: """
      Keeps what any rule wants. The newest proven backup, those made by hand, and what is not proven always stay.

      EXAMPLES
        appliance backup prune --keep-daily 7 --keep-weekly 4 --keep-monthly 12 --dry-run
      """)

  @Option(name: .long, help: ArgumentHelp("Keep the newest this many.", valueName: "n"))
  var keepLast = 0

  @Option(name: .long, help: ArgumentHelp("Keep the newest of each of the last days that have any.", valueName: "n"))
  var keepDaily = 0

  @Option(name: .long, help: ArgumentHelp("The same by weeks.", valueName: "n"))
  var keepWeekly = 0

  @Option(name: .long, help: ArgumentHelp("The same by months.", valueName: "n"))
  var keepMonthly = 0

  @Flag(name: .long, help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let rules = [keepLast, keepDaily, keepWeekly, keepMonthly]
    if rules.contains(where: { $0 < 0 }) { throw ValidationError("A number of backups to keep is at least 0.") }
    if rules.allSatisfy({ $0 == 0 }) { throw ValidationError("Give at least one rule, such as --keep-daily 7.") }
  }

  func run() async throws {
    let context = try CommandContext(global)
    let policy = PrunePolicy(last: keepLast, daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly)
    let dryRun = dryRun
    let decisions = try await context.withBackups { try $0.prune(policy, dryRun: dryRun) }
    if global.json {
      let lines = decisions.map { decision -> JSONValue in
        ["name": .string(decision.name), "kept": .bool(decision.isKept), "reason": .string(decision.reason)]
      }
      return try Console.output(["version": 1, "dry_run": .bool(dryRun), "backups": .array(lines)])
    }
    for decision in decisions {
      let verb = decision.isKept ? "keep  " : dryRun ? "would remove" : "removed"
      try Console.output("\(verb.padded(to: 13)) \(Console.shown(decision.name))  \(Console.shown(decision.reason))\n")
    }
  }
}
