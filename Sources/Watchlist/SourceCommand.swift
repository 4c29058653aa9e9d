import ArgumentParser
import Commands
import Following
import Market
import Rendering

/// Lists who is asked, and switches sources off and on.
package struct SourceCommand: ParsableCommand {
  /// Its name, help and subcommands; `source` alone is `source list`.
  package static let configuration = CommandConfiguration(
    commandName: "source",
    abstract: "List who is asked, with limits and keys; switch sources off and on.",
    discussion: """
      EXAMPLES
        appliance source list
        appliance source disable kraken
        appliance source enable kraken
      """,
    subcommands: [SourceListCommand.self, SourceDisableCommand.self, SourceEnableCommand.self],
    defaultSubcommand: SourceListCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}

struct SourceDisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Ask a source nothing any more; what it told stays.",
    discussion: """
      EXAMPLES
        appliance source disable kraken
      """)

  @Argument(help: ArgumentHelp("Its name.", valueName: "source"), completion: .custom(NameCompletion.sources))
  var source: String
  @OptionGroup var global: GlobalOptions

  func run() throws { try SourceDisableCommand.change(source, isOff: true, try CommandContext(global)) }

  fileprivate static func change(_ typed: String, isOff: Bool, _ context: CommandContext) throws {
    let command = isOff ? "source disable" : "source enable"
    let profile = try context.provider(typed, flag: command).profile
    let store = try context.reader(toWriteAs: command)
    let there = try store.following.sources().first { $0.credit.name == profile.name }
    let isChanged = (there?.disabledAt != nil) != isOff
    if isChanged {
      try context.decide([isOff ? .disableSource(profile.name) : .enableSource(profile.name)], as: command)
    }
    if context.options.json {
      return try Console.output([
        "version": 1, "outcome": "done", "source": .string(profile.name.description), "disabled": .bool(isOff),
        "changed": .bool(isChanged), "series": .integer(Int64(there?.seriesCount ?? 0)),
      ])
    }
    try context.tell(.done) { style in
      let state = isOff ? "not asked any more" : "asked"
      let count = there?.seriesCount ?? 0
      let told = count == 1 ? "1 series stands" : "\(count) series stand"
      let series =
        isChanged ? (isOff ? "; \(told) still, what it told stays" : "; \(count) series asked for again") : ""
      return "\(style.bold(profile.title)): \(isChanged ? state : "\(state), as before")\(series)\n"
    }
  }
}

struct SourceEnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Ask a source again.",
    discussion: """
      EXAMPLES
        appliance source enable kraken
      """)

  @Argument(help: ArgumentHelp("Its name.", valueName: "source"), completion: .custom(NameCompletion.sources))
  var source: String
  @OptionGroup var global: GlobalOptions

  func run() throws { try SourceDisableCommand.change(source, isOff: false, try CommandContext(global)) }
}
