import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

/// Lists what is asked for, and asks for more or less.
package struct SeriesCommand: ParsableCommand {
  /// Its name, help and subcommands; `series` alone is `series list`.
  package static let configuration = CommandConfiguration(
    commandName: "series",
    abstract: "List, add, remove and resume the series that are asked for.",
    discussion: """
      A series is one asset at one source, of one interval; rows of two sources are never mixed.

      EXAMPLES
        appliance series list AAPL
        appliance series add AAPL --source alphavantage --interval 5m
        appliance series remove AAPL --source alphavantage --interval 5m
      """,
    subcommands: [
      SeriesListCommand.self, SeriesAddCommand.self, SeriesRemoveCommand.self, SeriesResumeCommand.self,
    ], defaultSubcommand: SeriesListCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}

struct SeriesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The series that are asked for, and with --all those that are not any more.",
    discussion: """
      EXAMPLES
        appliance series list
        appliance series list BTC --all
        appliance series list GDP DEU:NY.GDP.MKTP.CD
        appliance series list --source yahoo --interval 1d --format csv
      """)

  @Argument(
    help: ArgumentHelp("Only those of these assets, or economic ids.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var assets: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Only those of this source.", valueName: "source"),
    completion: .custom(NameCompletion.sources))
  var source: String?

  @Option(name: .long, help: ArgumentHelp("Only those of this interval.", valueName: "interval"))
  var interval: Interval?

  @Flag(name: .long, help: "Also those that are not asked for any more, and imported ones.")
  var all = false

  @OptionGroup var list: ListArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let everything = try store.following.series(askedOf: context.profiles, keyed: Set(try context.keys().keys))
    let ids = Set(everything.compactMap { $0.series.asset == nil ? $0.series.key.providerSymbol.uppercased() : nil })
    let names = assets.flatMap { $0.split(separator: ",").map(String.init) }
    let wanted = Set(names.map { $0.uppercased() }).intersection(ids)
    let named = try store.symbols(names.filter { !wanted.contains($0.uppercased()) }, flag: "series list")
    let told = everything.filter { series in
      (assets.isEmpty
        || series.series.asset.map { named?.contains($0) ?? false }
          ?? wanted.contains(series.series.key.providerSymbol.uppercased()))
        && (source.map { series.series.key.provider.description == $0.lowercased() } ?? true)
        && (interval.map { series.series.key.interval == $0 } ?? true)
    }
    if let source, told.isEmpty,
      !everything.contains(where: { $0.series.key.provider.description == source.lowercased() })
    {
      _ = try context.provider(source, flag: "--source")
    }
    let shown = told.filter { all || $0.standing == .asked || $0.standing == .notConfigured }
    try context.sayRemark(on: store)
    context.console.say(heading(shown.count, others: told.count - shown.count), marked: context.console.talkStyle.dim)
    try FollowedList(
      name: "series", columns: FollowedSeries.columns, objects: shown.map(\.json),
      rows: shown.map { series in { series.write(to: $0, isRead: list.format == .table) } }
    ).print(context, list)
  }

  private func heading(_ count: Int, others: Int) -> String {
    "\(count) series" + (others > 0 ? "; \(others) more not asked for (--all shows them)" : "")
  }
}
