import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

struct SourceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Who is asked: limits, what is used and left of them, keys.",
    discussion: """
      A source that needs a key and has none is not configured: it is not asked, and nothing else depends on it. Keys go \
      into .env in the home, or the environment; `appliance config init` writes an example.

      EXAMPLES
        appliance source list
        appliance source list --json
      """)

  @OptionGroup var list: ListArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let lines = try lines(context, store)
    try context.sayRemark(on: store)
    try FollowedList(
      name: "sources", columns: SourceLine.columns, objects: lines.map(\.json),
      rows: lines.map { line in { line.write(to: $0) } }
    ).print(context, list)
    guard !global.json, list.format == .table else { return }
    for line in lines { if let hint = line.keyHint { context.console.say(hint) } }
  }

  private func lines(_ context: CommandContext, _ store: Store) throws -> [SourceLine] {
    let now = try context.clock(of: store).now
    let stored = try store.following.sources()
    let quotas = try store.runs.quotas()
    let keys = try context.keys()
    let asked = context.profiles.map { profile in
      SourceLine(
        profile, stored.first { $0.credit.name == profile.name }, hasKey: keys[profile.name] != nil, quotas: quotas,
        at: now)
    }
    let known = Set(context.profiles.map(\.name))
    return asked + stored.filter { !known.contains($0.credit.name) && $0.rowCount > 0 }.map { SourceLine(imported: $0) }
  }
}
