import ArgumentParser
import Commands
import Market
import Metrics
import Rendering
import Store

struct MetricRiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk",
    abstract: "Risk and return of assets: growth, volatilities, ratios, falls, value at risk.",
    discussion: """
      Days where there are any (those of coins are made of hours), unless --interval says otherwise, and all of them without \
      --from. Growth is by calendar \
      time; a year has 365 days or 8,760 hours where a market never closes, else 252 sessions. Fractions, not per cent; a \
      loss and a fall are positive. Ratios suppose a risk-free rate of 0; the Sharpe ratio lies between sharpe_low and \
      sharpe_high with 95 %, if returns do not depend on each other. beta is against BTC for coins and for all else SPY, or \
      what is followed of IVV, VOO, ^GSPC and FRED's SP500 where that is not, over the bars that both have. --json has the five deepest falls besides, and what the rules for trend, momentum, levels \
      and regime say. None of it is advice.

      EXAMPLES
        appliance metrics risk BTC
        appliance metrics risk SPY BTC AAPL --from 2024-01-01 --format md
        appliance metrics risk ETH --against SPY --json
      """)

  @Argument(
    help: ArgumentHelp("The symbols of assets.", valueName: "asset"), completion: .custom(NameCompletion.assets))
  var assets: [String]

  @Option(
    name: .long, help: ArgumentHelp("What beta compares with.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var against: String?

  @OptionGroup var bars: BarArguments
  @OptionGroup var figures: FigureArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let format = try figures.chosen(context)
    let (store, now) = try bars.record(context)
    let span = try bars.span(at: now)
    let symbols = try store.symbols(assets, flag: "metrics risk") ?? []
    let benchmark = try against.flatMap { try store.symbols([$0], flag: "--against")?.first }
    var benchmarks = Benchmarks(told: benchmark, arguments: bars, span: span, store: store, now: now)
    var found: [AssetRisk] = []
    for asset in symbols where !found.contains(where: { $0.series.asset == asset }) {
      let series = try AskedSeries(asset, bars.interval, preferring: .day1, bars.adjust, store, at: now)
      found.append(try AssetRisk(series, series.bars(in: span, store), &benchmarks))
    }
    try context.sayRemark(on: store)
    for risk in found {
      context.console.say(risk.series.heading, marked: context.console.talkStyle.dim)
      risk.remarks.forEach { context.console.say($0) }
    }
    if context.options.json {
      return try Console.output(["version": 1, "assets": .array(found.map(\.json))])
    }
    try print(found, context, format)
  }

  /// A row a figure, a column an asset.
  private func print(_ found: [AssetRisk], _ context: CommandContext, _ format: RowFormat) throws {
    let encoder = format.encoder(table: "risk", on: context.console.screen)
    encoder.begin([Column("figure", .text)] + found.map { Column($0.series.asset, .real, figure: .amount) })
    let columns = found.map(\.figures)
    for (row, figure) in (columns.first ?? []).enumerated() {
      encoder.text(figure.name)
      for column in columns {
        if let value = column[row].value {
          if figure.name == AssetRisk.observations { encoder.integer(Int64(value)) } else { encoder.real(value) }
        } else {
          encoder.null()
        }
      }
      encoder.endRow()
    }
    try Console.show(encoder, as: format)
  }
}
