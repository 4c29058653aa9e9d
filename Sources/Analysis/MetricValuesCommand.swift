import ArgumentParser
import Commands
import Market
import Metrics
import Rendering
import Store

struct MetricValuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "values",
    abstract: "Compute indicators at every bar of an asset; `metrics SYM` is short for it.",
    discussion: """
      A row for every bar of the range: its time, and a column for every value. Whatever --from says, indicators begin with \
      the first bar of the series; where they have seen too few bars yet, or have no value, the cell is empty.

      An indicator is a name with its numbers behind a colon; numbers that are left away are the usual ones. Seeds and \
      smoothing are TA-Lib's. Without --indicator: rsi:14 macd:12/26/9 sma:20 ema:20 atr:14 bollinger:20/2

      Correlation and beta are against --against, by default BTC for coins and for all else SPY, or what is followed of IVV, VOO, \
      ^GSPC and FRED's SP500 where that is not.

      Further commands: `appliance metrics risk SYM…` and `appliance metrics correlation SYM…`.

      EXAMPLES
        appliance metrics BTC --from 7d
        appliance metrics BTC --indicator rsi:14 --indicator macd:12/26/9
        appliance metrics SPY --indicator sma:50,sma:200 --interval 1d
        appliance metrics AAPL --indicator macd --adjust all --from 2024-01-01
        appliance metrics --list
      """)

  @Argument(
    help: ArgumentHelp("The symbol of an asset.", valueName: "asset"), completion: .custom(NameCompletion.assets))
  var asset: String?

  @Option(
    name: .long, help: ArgumentHelp("What to compute: rsi, rsi:14, macd:12/26/9.", valueName: "name"),
    completion: .custom(IndicatorCompletion.names))
  var indicator: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("What correlation and beta compare with.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var against: String?

  @Flag(name: .long, help: "List the indicators with formula, source and warm-up.")
  var list = false

  @OptionGroup var bars: BarArguments
  @OptionGroup var figures: FigureArguments
  @OptionGroup var global: GlobalOptions

  /// What is computed where nobody says what.
  static let usual = ["rsi:14", "macd:12/26/9", "sma:20", "ema:20", "atr:14", "bollinger:20/2"]

  func validate() throws {
    if asset == nil, !list { throw ValidationError("name an asset, such as BTC, or --list the indicators") }
    if let asset, list {
      throw ValidationError("--list is about no asset, and so not about \(shown(asset)); leave one of them away")
    }
  }

  func run() throws {
    let context = try CommandContext(global)
    let format = try figures.chosen(context)
    let names = try split(indicator, flag: "--indicator")
    var indicators = try (names.isEmpty ? Self.usual : names).map(Self.indicator)
    if let twice = indicators.map(\.text).enumerated().first(where: { place, text in
      indicators[..<place].contains { $0.text == text }
    }) {
      throw Failure(.usage, "--indicator names \(twice.element) twice")
    }
    if list {
      let shown = names.isEmpty ? Indicator.forms.map(\.usual) : indicators
      return try IndicatorList(indicators: shown).print(context, format)
    }
    let (store, now) = try bars.record(context)
    let span = try bars.span(at: now)
    guard let asset = try store.symbols([asset ?? ""], flag: "metrics")?.first else { return }
    let benchmark = try against.flatMap { try store.symbols([$0], flag: "--against")?.first }
    let series = try AskedSeries(asset, bars.interval, preferring: .hour1, bars.adjust, store, at: now)
    if indicators.contains(where: \.needsBenchmark) {
      var benchmarks = Benchmarks(
        told: benchmark, arguments: bars, span: Instant.representable.lowerBound...span.upperBound, store: store,
        now: now)
      let name = try benchmarks.name(for: series)
      let closes = try benchmarks.closes(of: name, series.interval)
      if closes.isEmpty {
        throw Failure(.failed, "\(name) has no prices at \(series.interval) to compare with; --against names another")
      }
      for index in indicators.indices { indicators[index].compare(with: closes) }
    }
    try context.sayRemark(on: store)
    context.console.say(series.heading, marked: context.console.talkStyle.dim)
    series.remarks.forEach { context.console.say($0) }
    try MeasuredRows(series: series, indicators: indicators, span: span).print(context, store, format)
  }

  private static func indicator(_ text: String) throws -> Indicator {
    do throws(IndicatorError) { return try Indicator(text) } catch {
      guard case .unknown(let name) = error else { throw Failure(.usage, "--indicator: \(shown("\(error)"))") }
      let names = Indicator.forms.map(\.name)
      throw Failure(
        .usage,
        "--indicator: there is no indicator '\(shown(name))'\(meantText(name, among: names)); there are "
          + names.joined(separator: ", "))
    }
  }
}

/// The names that a shell offers for indicators.
enum IndicatorCompletion {
  @Sendable static func names(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    Indicator.forms.map(\.usual.text)
  }
}
