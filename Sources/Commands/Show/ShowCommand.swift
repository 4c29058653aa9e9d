import ArgumentParser
import Market
import Rendering
import Schema
import Store

/// Prints the prices of an asset, or the rows of a dataset.
package struct ShowCommand: ParsableCommand {
  /// Its name, and what `--help` says of it, the datasets included.
  package static let configuration = CommandConfiguration(
    commandName: "show", _superCommandName: Program.name,
    abstract: "Print the prices of an asset, or the rows of a dataset.",
    discussion: """
      The prices of an asset come from the source that was chosen for it; a line above the table names it. Without \
      --last, --from or --to: 24 hours of what comes hourly, 30 days of what comes daily, everything else in full.

      On a terminal figures are rounded to what tells them apart: prices to the decimals of their asset, amounts to four \
      digits (k, m, bn), fractions as per cent; columns for which there is no room are named below. In a pipe or file, \
      and in every other format, all digits and columns are there.

      DATASETS
      \(NamedDataset.catalogueText)

      EXAMPLES
        appliance show BTC                                the hours of the last day
        appliance show BTC --last 7d --limit 10
        appliance show BTC ETH --from yesterday --columns ts_utc,asset,close
        appliance show sentiment_daily
        appliance show etf_flows_daily --ticker IBIT --from 2025-09-01 --to 2025-09-12
        appliance show daily_market_snapshot --json
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(
    help: ArgumentHelp("The symbols of assets, or one dataset.", valueName: "asset|dataset"),
    completion: .custom(NameCompletion.assetsAndDatasets))
  var subjects: [String]

  @Option(name: .long, help: ArgumentHelp("How far back from now: 24h, 30d, 10y.", valueName: "time"))
  var last: TimeSpan?

  @OptionGroup var rows: RowArguments

  @Option(name: .long, help: ArgumentHelp("How rows are written.", valueName: "format"))
  var format: RowFormat = .table

  @Option(
    name: .long, help: ArgumentHelp("At most this many rows: the last in time of all asked for.", valueName: "count"))
  var limit: Int?

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  /// Refuses a limit below 1.
  package func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1") }
    if last != nil, rows.from != nil || rows.to != nil {
      throw ValidationError("--last counts back from now; leave it away beside --from and --to")
    }
  }

  /// Prints the rows of a dataset, or an asset's prices from the source that was chosen for it.
  package func run() throws {
    let context = try CommandContext(global)
    if global.json, format != .table, format != .json {
      throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
    }
    let store = try context.reader(past, about: subjects)
    let shown = try ShownRows(self, store, now: try context.now(of: store))
    try shown.print(context, store, format: format)
  }
}
