import ArgumentParser
import Commands
import Market
import Rendering
import Reports

struct AssetReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "asset",
    abstract: "One asset: its chart, indicators, levels, risk, and where its prices come from.",
    discussion: """
      Everything is computed from its daily bars up to a day, without --date up to the newest. What needs more bars than there are is missing, never zero.

      EXAMPLES
        appliance report asset BTC
        appliance report asset AAPL -o aapl.html
        appliance report asset AAPL --adjust all
        appliance report asset BTC --date 2025-09-18 --as-of 2025-09-19
        appliance report asset BTC --format json | jq .risk
      """)

  @Argument(help: ArgumentHelp("Its symbol.", valueName: "asset"), completion: .custom(NameCompletion.assets))
  var symbol: String

  @Option(name: .long, help: ArgumentHelp("The last UTC day that counts, such as 2025-09-18.", valueName: "day"))
  var date: [Moment] = []

  @OptionGroup var prices: AdjustArguments
  @OptionGroup var target: ReportArguments
  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let request = ReportRequest(target: target, date: date, past: past, global: global)
    try request.write(minor: ["What it is", "Read as", "Volume"]) { day, store in
      let symbols = try store.symbols([symbol], flag: "report asset") ?? []
      guard let symbol = symbols.first, symbols.count == 1 else {
        throw Failure(.usage, "report asset takes one asset; `appliance report daily` is about several")
      }
      return try AssetReport(of: symbol, on: day, adjustment: prices.adjust, from: store)
    }
  }
}
