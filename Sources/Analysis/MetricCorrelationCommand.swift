import ArgumentParser
import Commands
import Market
import Metrics
import Rendering
import Store

struct MetricCorrelationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correlation",
    abstract: "How closely the returns of assets move along with each other.",
    discussion: """
      Pearson's correlation of log returns over the bars that all of them have: the closes of those first, then the \
      returns between neighbouring ones. Days where all have some, unless --interval says otherwise, and all of them without \
      --from. With --shrink the covariances are drawn towards a scaled identity first, by Ledoit and Wolf, as is wise \
      for many assets and few days; --json has both.

      EXAMPLES
        appliance metrics correlation BTC ETH
        appliance metrics correlation BTC,ETH,SPY --from 90d --format md
        appliance metrics correlation SPY GLD TLT --shrink
      """)

  @Argument(
    help: ArgumentHelp("The symbols of two assets or more.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var assets: [String]

  @Flag(name: .long, help: "Shrink the matrix by Ledoit and Wolf.")
  var shrink = false

  @OptionGroup var bars: BarArguments
  @OptionGroup var figures: FigureArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let format = try figures.chosen(context)
    let (store, now) = try bars.record(context)
    let span = try bars.span(at: now)
    var symbols: [String] = []
    for symbol in try store.symbols(assets, flag: "metrics correlation") ?? [] where !symbols.contains(symbol) {
      symbols.append(symbol)
    }
    guard symbols.count > 1 else { throw Failure(.usage, "a correlation is between two assets; name another one") }
    let series = try asked(symbols, store, now)
    let common = CommonReturns(try series.map { try $0.bars(in: span, store) })
    guard let plain = CorrelationMatrix.plain(ofReturns: common.returns),
      let shrunk = CorrelationMatrix.shrunk(ofReturns: common.returns)
    else {
      throw Failure(
        .failed,
        "too few bars that all of \(symbols.joined(separator: ", ")) have: \(common.times.count), and three are needed")
    }
    try context.sayRemark(on: store)
    series.forEach { context.console.say($0.heading, marked: context.console.talkStyle.dim) }
    series.flatMap(\.remarks).forEach { context.console.say($0) }
    if context.options.json { return try Console.output(json(symbols, series[0].interval, common, plain, shrunk)) }
    context.console.say("\(plain.observations) returns that all have")
    try print(symbols, shrink ? shrunk : plain, context, format)
  }

  /// All at one interval: the one that was asked for, else days, else the shortest that all have.
  private func asked(_ symbols: [String], _ store: Store, _ now: Instant) throws -> [AskedSeries] {
    let shared = try ([.day1] + Interval.allCases).first { interval in
      try symbols.allSatisfy { try AskedSeries.has($0, interval, store) }
    }
    guard let interval = bars.interval ?? shared else {
      throw Failure(.failed, "\(symbols.joined(separator: ", ")) have prices at no interval that they share")
    }
    return try symbols.map { try AskedSeries($0, interval, preferring: interval, bars.adjust, store, at: now) }
  }

  private func print(
    _ symbols: [String], _ matrix: CorrelationMatrix, _ context: CommandContext, _ format: RowFormat
  ) throws {
    let encoder = format.encoder(table: "correlation", on: context.console.screen)
    encoder.begin([Column("asset", .text)] + symbols.map { Column($0, .real, figure: .amount) })
    for (symbol, row) in zip(symbols, matrix.values) {
      encoder.text(symbol)
      for value in row { if let value { encoder.real(value) } else { encoder.null() } }
      encoder.endRow()
    }
    try Console.show(encoder, as: format)
  }

  private func json(
    _ symbols: [String], _ interval: Interval, _ common: CommonReturns, _ plain: CorrelationMatrix,
    _ shrunk: CorrelationMatrix
  ) -> JSONValue {
    func rows(_ matrix: CorrelationMatrix) -> JSONValue {
      .array(matrix.values.map { .array($0.map { JSONValue.optional($0) }) })
    }
    return [
      "version": 1, "assets": .array(symbols.map(JSONValue.string)), "interval": .string(interval.rawValue),
      "from": .optional(common.times.first?.description), "to": .optional(common.times.last?.description),
      "observations": .integer(Int64(plain.observations)), "correlation": rows(plain),
      "shrinkage": .number(shrunk.shrinkage), "shrunk": rows(shrunk),
    ]
  }
}

/// The log returns of several series over the bars that all of them have.
struct CommonReturns {
  /// When those bars open.
  private(set) var times: [Instant] = []
  /// A row for each step from one to the next, a column for each series.
  private(set) var returns: [[Double]] = []

  /// - Parameter series: bars by time, oldest first; one that did not close above zero is as one that is not there.
  init(_ series: [[Bar]]) {
    let closes = series.map { bars in
      Dictionary(bars.filter { $0.close > 0 }.map { ($0.openTime, $0.close) }) { _, last in last }
    }
    guard let first = series.first else { return }
    var last: [Double]?
    for bar in first {
      let row = closes.compactMap { $0[bar.openTime] }
      guard row.count == series.count else { continue }
      times.append(bar.openTime)
      if let last { returns.append(zip(last, row).map { logReturn(from: $0, to: $1) ?? 0 }) }
      last = row
    }
  }
}
