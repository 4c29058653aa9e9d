import ArgumentParser
import FlatFiles
import Market
import Pipeline
import Queries
import Rendering
import Store

/// Brings in a file of prices, sentiment or fund flows.
package struct ImportCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "import", _superCommandName: Program.name,
    abstract: "Bring in a file of prices, sentiment or fund flows.",
    usage: """
      appliance import [<options>] <file>
      appliance import <subcommand>
      """,
    discussion: """
      Takes tables as text (CSV, or with tabs or semicolons), also packed with gzip, zstd or zip; `-` is standard \
      input. The layout is found out from the header and the first rows, or named with --source; what cannot be told \
      is asked for. A line that is no row costs itself and goes to quarantine. The file's bytes go to the vault, and \
      its rows to a series of their own, which no provider is asked for. Importing it again changes nothing.

      A file is held against what it says of itself: rows of other assets are left out and counted, and what cannot be \
      told is asked for with the option to type. CSV files that `export` wrote need no options: their columns say of \
      which asset, source and interval each row is.

      A daily bar of a market with sessions is keyed by its date at 00:00Z. Of rows that contradict each other the \
      first in the file is believed.

      A SQLite file of the older tracker, with the tables or views ohlc_hourly, sentiment_daily, etf_flows_daily and \
      daily_market_snapshot, is taken too, its rows under the source `tracker` unless --source says another. Its flows \
      only with --trust-etf, because that tool wrote sample values there; its snapshots never, because they are \
      computed from the rest.

      EXAMPLES
        appliance import tracker.db --dry-run
        appliance import BTCUSDT-1h-2024-11.zip --asset BTC --interval 1h --source binance
        appliance import Gemini_BTCUSD_1h.csv --asset BTC --interval 1h --source cryptodatadownload
        appliance import AAPL.csv --asset AAPL --interval 1d --source yahoo
        appliance import SPY_5min.csv --asset SPY --interval 5m --time-zone America/New_York
        appliance import mine.csv --asset BTC --interval 1h --map time=1,open=2,high=3,low=4,close=5,volume=6
        appliance import coins.csv --asset ETH --interval 1h --where-column asset_id=6
        appliance import fng.csv --dataset sentiment --source alternative.me
        appliance import flows.csv --dataset etf-flow --asset BTC --unit millions
        appliance import list                the files that were imported
        appliance import undo 7              take one of them back
        appliance import big.csv.gz --asset BTC --interval 1m --by-reference --dry-run
      """,
    subcommands: [ImportListCommand.self, ImportUndoCommand.self])

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(help: ArgumentHelp("A file, or - for standard input.", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the rows are: bar (unless said otherwise), sentiment or etf-flow.", valueName: "dataset"))
  var dataset: ImportDataset?

  @Option(name: .long, help: ArgumentHelp("The asset that the rows are about.", valueName: "symbol"))
  var asset: String?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "What the asset is, if we cannot know: \(ImportCommand.classes).",
      valueName: "class"))
  var assetClass: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The length of a bar: \(Interval.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "interval"))
  var interval: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who made the file; also its layout, for \(MarketFiles.layouts.joined(separator: ", ")).", valueName: "name"))
  var source: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The place whose clocks times without an offset show (America/New_York).", valueName: "place"))
  var timeZone: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fields and their columns, by name or number from 1 (time=1,open=2).", valueName: "field=column"))
  var map: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What a column says in the rows that are taken; the others are left out (asset_id=6).", valueName: "column=value")
  )
  var whereColumn: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The order of day, month and year in 02/01/2025 and 24-01-02: dmy, mdy or ymd.", valueName: "order"))
  var dateOrder: String?

  @Option(name: .long, help: ArgumentHelp("What flows are counted in: dollars or millions.", valueName: "unit"))
  var unit: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Columns that are passed over, by name or number from 1 (PRICE,AUM).", valueName: "columns"))
  var skipColumn: [String] = []

  @Flag(name: .long, help: "The comma is the decimal point, where the numbers of the file do not tell.")
  var decimalComma = false

  @Flag(name: .long, help: "The point is the decimal point, where the numbers of the file do not tell.")
  var decimalPoint = false

  @Flag(name: .long, help: "Bars are stamped with the time at which they end.")
  var closeTimes = false

  @Flag(name: .long, help: "Take bars without a volume; it is stored as 0.")
  var noVolume = false

  @Flag(name: .long, help: "Keep path, length and SHA-256 of the file instead of its bytes.")
  var byReference = false

  @Flag(name: .long, help: "Take bytes that were imported before, read otherwise now.")
  var again = false

  @Flag(name: .long, help: "Say what is in the file and what of it is new, changed or stored already; change nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Take the fund flows of the older tracker's file too; it wrote sample values there.")
  var trustEtf = false

  @OptionGroup var global: GlobalOptions

  /// Imports a table, or a SQLite file of the older tracker.
  package func run() async throws {
    let context = try CommandContext(global)
    if TrackerFile.isSQLite(file) { return try await TrackerRun(context: context, options: self).perform() }
    if ExportedRun.isExported(self) {
      if try await ExportedRun(context: context, options: self, bytes: nil).perform() { return }
    } else if file == "-", let lacking {
      let bytes = try ExportedRun.standardInput()
      guard try await ExportedRun(context: context, options: self, bytes: bytes).perform() else {
        throw Failure(.usage, lacking)
      }
      return
    } else if let lacking {
      try UnknownCommand.check(["import", file], of: Program.wiring().root)
      throw Failure(.usage, "\(lacking); see `appliance import --help`")
    }
    try await ImportRun(context: context, subject: try subject(context), options: self).perform()
  }

  // MARK: What the flags say

  /// The file's own name, without folders.
  var fileName: String { file.split(separator: "/").last.map(String.init) ?? file }

  private func subject(_ context: CommandContext) throws -> ImportSubject {
    var order = ImportOrder(dataset: rows.dataset, asset: nil, assetClass: nil, interval: .day1)
    if let interval {
      guard let known = Interval(rawValue: interval) else {
        let all = Interval.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(.usage, "--interval: '\(interval)' is none; the intervals are \(all)")
      }
      order.interval = known
    }
    guard rows == .bar || order.interval == .day1 else {
      throw Failure(.usage, "--interval: sentiment and flows are by the day (1d)")
    }
    let asset = try rows == .sentiment ? nil : self.asset.map { try known(asset: $0, context) }
    order.asset = asset?.symbol
    order.assetClass = asset?.assetClass
    order.timeZone = try timeZone.map(known(place:))
    order.columns = try map.flatMap { text in
      guard let choices = ToldColumns.choices(text) else {
        throw Failure(.usage, "--map \(shown(text)): write it like open=2 or open='Open Price'")
      }
      return choices
    }
    order.wanted = try whereColumn.map { text in
      guard let cell = ImportOrder.WantedCell(text) else {
        throw Failure(.usage, "--where-column \(shown(text)): write it like asset_id=6")
      }
      return cell
    }
    if let objection = ToldColumns.objection(to: order) { throw Failure(.usage, objection.description) }
    try checkOnce(order.columns)
    order.dateOrder = try dateOrder.map { text in
      guard let known = ImportOrder.DateOrder(rawValue: text) else {
        throw Failure(.usage, "--date-order: '\(text)' is none of dmy, mdy and ymd")
      }
      return known
    }
    order.unit = try unit.map { text in
      guard let known = ["dollars": Int64(1), "millions": 1_000_000][text] else {
        throw Failure(.usage, "--unit: '\(text)' is neither dollars nor millions")
      }
      return known
    }
    order.decimalComma = decimalComma
    order.decimalPoint = decimalPoint
    order.skippedColumns = try split(skipColumn, flag: "--skip-column")
    order.stampsEnd = closeTimes
    order.takesNoVolume = noVolume
    return try ImportSubject(order: order, asset: asset, source: source, providers: context.profiles)
  }

  private func known(place name: String) throws -> String {
    guard !MarketFiles.isPlace(name) else { return name }
    let alike = MarketFiles.places(like: name)
    let hint =
      alike.isEmpty
      ? "write it like America/New_York, Europe/London or UTC" : "did you mean \(alike.joined(separator: ", "))?"
    throw Failure(.usage, "--time-zone: the tz database has no place '\(shown(name))'; \(hint)")
  }

  private func checkOnce(_ choices: [ImportOrder.ColumnChoice]) throws {
    for (index, choice) in choices.enumerated() {
      let earlier = choices[..<index]
      if earlier.contains(where: { $0.field == choice.field }) {
        throw Failure(.usage, "--map: \(shown(choice.field)) is told twice")
      }
      if let other = earlier.first(where: { $0.column == choice.column }) {
        throw Failure(
          .usage,
          "--map: column \(shown(choice.column)) is told for \(shown(other.field)) and for \(shown(choice.field))")
      }
    }
  }

  /// The asset as the file knows it, or as we do, or as the flag says.
  ///
  /// - Parameter isAlone: whether `--class` speaks of it alone, and may not contradict what is known.
  func known(asset symbol: String, _ context: CommandContext, isAlone: Bool = true) throws -> Asset {
    let symbol = symbol.uppercased()
    guard (1...20).contains(symbol.utf8.count), symbol.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 44 }) else {
      throw Failure(.usage, "--asset: '\(symbol)' is no symbol")
    }
    var told: AssetClass?
    if let assetClass {
      guard let known = AssetClass(rawValue: assetClass) else {
        throw Failure(.usage, "--class: '\(assetClass)' is none; the classes are \(ImportCommand.classes)")
      }
      told = known
    }
    let known = try stored(symbol, context) ?? context.universe.assets.first { $0.symbol == symbol }
    if let known {
      guard !isAlone || told == nil || told == known.assetClass else {
        throw Failure(.usage, "--class: \(symbol) is a \(known.assetClass.rawValue) here; leave --class away")
      }
      return known
    }
    guard let assetClass = told ?? context.wiring.assetClass(of: symbol) else {
      throw Failure(
        .usage, "what \(symbol) is is not known; say --class and one of \(ImportCommand.classes)")
    }
    return Asset(symbol: symbol, name: symbol, assetClass: assetClass)
  }

  private func stored(_ symbol: String, _ context: CommandContext) throws -> Asset? {
    let store = try dryRun ? context.readerIfThere() : context.readerIfThere(toWriteAs: "import")
    return try store?.catalogue.assets().first { $0.symbol == symbol }
  }

  private static let classes = AssetClass.allCases.map(\.rawValue).joined(separator: ", ")
}

/// The datasets that can be imported, as `--dataset` spells them.
enum ImportDataset: String, ExpressibleByArgument {
  case bar, sentiment
  case etfFlow = "etf-flow"

  init?(argument: String) {
    self.init(rawValue: argument.lowercased().map { $0 == "_" ? "-" : String($0) }.joined())
  }

  var dataset: Dataset {
    switch self {
    case .bar: .bar
    case .sentiment: .sentiment
    case .etfFlow: .etfFlow
    }
  }
}
