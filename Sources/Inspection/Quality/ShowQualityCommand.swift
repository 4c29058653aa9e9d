import ArgumentParser
import Commands
import Following
import Health
import Market
import Metrics
import Rendering
import Store

struct ShowQualityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold the record against its checks; `quality` is short for it.",
    discussion: """
      What is there is looked at as it is now; days, sources and funds as the last run found them. A trend has a mark a \
      day, the lowest value the lowest mark, and a space where nothing was found.

      EXAMPLES
        appliance quality
        appliance quality --since 30d --asset BTC,ETH
        appliance quality --coverage --last 60d
        appliance quality --format md
      """)

  @Option(
    name: .long, help: ArgumentHelp("Only these assets.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Days of facts looked at, from this day or age on; 7d.", valueName: "day"))
  var since: Moment?

  @Flag(name: .long, help: "What is there of each asset, a character a day.")
  var coverage = false

  @Option(
    name: .long, help: ArgumentHelp("With --coverage: how far back; as far as fits, 60d at most.", valueName: "age"))
  var last: TimeSpan?

  @Option(name: .long, help: ArgumentHelp("How rows are written.", valueName: "format"))
  var format: RowFormat = .table

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if last != nil, !coverage { throw ValidationError("--last goes with --coverage; --since is for the checks") }
    if coverage, since != nil { throw ValidationError("--coverage takes --last, not --since") }
    if coverage, format != .table { throw ValidationError("--coverage is drawn; --json has its marks") }
  }

  func run() async throws {
    let context = try CommandContext(global)
    if global.json, format != .table, format != .json {
      throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
    }
    let store = try context.reader()
    let assets = try store.symbols(asset).map { Set($0) }
    try context.sayRemark(on: store)
    let now = try context.clock(of: store).now
    if coverage { return try print(grid(of: store, assets, at: now), context) }
    let report = try self.report(of: store, assets, context, at: now)
    if global.json {
      try Console.output(report.json)
    } else if !global.quiet || format != .table {
      try QualityTable(report: report, context: context).print(format)
    }
    guard !report.failed.isEmpty else { return }
    // With --json the object has said it.
    throw Failure(.gate, global.json ? "" : QualityTable.words(ofFailed: report))
  }

  private func report(
    of store: Store, _ assets: Set<String>?, _ context: CommandContext, at now: Instant
  ) throws -> QualityReport {
    let first = since?.first(at: now).day ?? now.day - 6
    let days = try ordered(first, now.day, flags: ("--since", "today"))
    return try QualityReport(
      of: store, gates: try store.following.qualityGates(), days: days, trend: min(first, now.day - 13)...now.day,
      present: try context.presentQuality(of: store, assets: assets, at: now), assets: assets, at: now)
  }

  // MARK: The grid

  private static let mostDays = 60

  private func grid(of store: Store, _ assets: Set<String>?, at now: Instant) throws -> CoverageGrid {
    let days = last.map { Int32(clamping: max(1, $0.seconds / 86_400)) } ?? Int32(Self.mostDays)
    return try CoverageGrid(of: store, in: now.day - Int(days - 1)...now.day, assets: assets, at: now)
  }

  private func print(_ grid: CoverageGrid, _ context: CommandContext) throws {
    if global.json { return try Console.output(grid.json) }
    guard !grid.rows.isEmpty else { return context.console.say("no price is stored yet: `appliance ingest`") }
    try Console.output(CoverageScreen(grid: grid, width: Console.width(), style: context.console.style).text)
  }
}
