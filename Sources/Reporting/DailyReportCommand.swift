import ArgumentParser
import Commands
import Market
import Rendering
import Reports

struct DailyReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daily",
    abstract: "The day of every asset: prices, day parts, sentiment, fund flows, and what is missing.",
    discussion: """
      The same facts give the same text; on a terminal it is folded to its width. Without --date it is about the newest day that has prices. Of more than twelve assets it tells the classes and what moved most; --all tells each.

      As html it is one file with drawings that needs no network, to be read on a screen, a phone or paper. What is written as md or html ends in a seal, which `appliance verify` holds against the data.

      EXAMPLES
        appliance report daily
        appliance report daily --date 2025-09-18 -o daily.md
        appliance report daily -o daily.html
        appliance report daily --date yesterday --asset BTC
        appliance report daily --asset AAPL --adjust all
        appliance report daily --format json | jq .
        appliance report daily --date 2025-09-18 --as-of 2025-09-19     as it was known at the end of the 19th
      """)

  @Option(name: .long, help: ArgumentHelp("The UTC day, such as 2025-09-18 or yesterday.", valueName: "day"))
  var date: [Moment] = []

  @Option(
    name: .long, help: ArgumentHelp("Only these assets.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Flag(name: .long, help: "A section for each asset, however many there are.")
  var all = false

  @OptionGroup var prices: AdjustArguments
  @OptionGroup var target: ReportArguments
  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try ReportRequest(target: target, date: date, past: past, global: global).write(
      minor: DailyReport.minorColumns
    ) {
      try DailyReport(of: $0, assets: try $1.symbols(asset), isWhole: all, adjustment: prices.adjust, from: $1)
    }
  }
}
