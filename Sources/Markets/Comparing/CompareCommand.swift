import ArgumentParser
import Commands
import Following
import Market
import Store

/// Holds the bars of an asset's sources against each other.
package struct CompareCommand: ParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "compare", _superCommandName: Program.name,
    abstract: "Hold the prices of an asset's sources against each other.",
    discussion: """
      Of the bars that two sources both have: how many, the median and the largest difference of their closes, the days \
      that differ by more than 0.5 %, and how many bars only one of them has. Each other source is held against the one \
      whose prices are shown. Where one tells prices as traded and the other restated ones, both are brought to the same \
      first, and it is said how. Without --interval: days if two sources have them, else the shortest that two have.

      EXAMPLES
        appliance compare AAPL
        appliance compare BTC --interval 1h
        appliance compare AAPL --json
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(help: ArgumentHelp("Its symbol.", valueName: "symbol"), completion: .custom(NameCompletion.assets))
  var symbol: String

  @Option(name: .long, help: ArgumentHelp("The length of the bars.", valueName: "interval"))
  var interval: Interval?

  @OptionGroup var global: GlobalOptions

  /// Compares and tells.
  package func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let asset = try FollowedNames(try store.following.assets()).asset(symbol)
    try context.sayRemark(on: store)
    let report = try SourceComparisons(
      of: asset.asset.symbol, interval, in: store, at: try context.clock(of: store).now)
    try report.print(context)
  }
}
