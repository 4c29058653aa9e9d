import ArgumentParser
import Market
import Provenance
import Rendering
import Store

/// Prints what providers changed afterwards.
package struct ChangesCommand: ParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "changes", _superCommandName: Program.name,
    abstract: "Print what providers changed afterwards, and what had used the old values.",
    discussion: """
      A restatement is a final value that a later answer gives otherwise: the row takes the new value, the old one is \
      kept. Newest first; each with the snapshots, summaries and days of reports that were made from the old value. \
      Those were computed again by the same run; `appliance why` says what they were before. A revision is what a \
      provider of economic series published anew of a period: both values stay, each with the day of its publication. \
      What feeds edited comes last.

      EXAMPLES
        appliance changes
        appliance changes --since 7d --asset BTC
        appliance changes --as-of 2025-09-19        what was known to have changed by then
        appliance changes --json | jq '.changes[0].figures'
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Option(name: .long, help: ArgumentHelp("Learned since this day, instant or age (90d).", valueName: "day"))
  var since: Moment?

  @Option(name: .long, help: ArgumentHelp("Only of these assets.", valueName: "symbol"))
  var asset: [String] = []

  @Option(name: .long, help: ArgumentHelp("At most this many, the newest ones.", valueName: "count"))
  var limit = 50

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  /// Refuses a limit below 1.
  package func validate() throws {
    if limit < 1 { throw ValidationError("--limit \(limit): at least 1") }
  }

  /// Prints restatements, newest first, and says how many there are.
  package func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader(past)
    let now = try context.now(of: store)
    let selection = ChangeSelection(
      since: since.map { $0.first(at: now) }, assets: try store.symbols(asset), limit: limit)
    try context.sayRemark(on: store)
    let changes = try ChangeList(selection, from: store)
    if global.json { return try Console.output(changes.json) }
    context.console.say(context.console.talkStyle.dim(heading(changes)))
    try Console.output(changes.text(width: Console.width(), style: context.console.style, typed: context.typed))
  }

  private func heading(_ changes: ChangeList) -> String {
    if changes.count + changes.revisions == 0 {
      return "nothing was restated" + (since == nil && asset.isEmpty ? "" : " then")
    }
    let counts = [(changes.count, "restatement"), (changes.revisions, "revision")].filter { $0.0 > 0 }
      .map { counted($0.0, $0.1) }
    return counts.joined(separator: ", ")
      + (changes.leftOut > 0 ? "; --limit leaves out \(changes.leftOut) older ones" : "")
  }
}
