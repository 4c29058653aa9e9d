import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

struct SeriesRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Ask for a series no more; its rows stay.",
    discussion: """
      EXAMPLES
        appliance series remove AAPL --source alphavantage --interval 5m
        appliance series remove BTC --source kraken        all of BTC there
        appliance series remove DTWEXBGS --source fred
        appliance series remove armed-conflict --source gdelt
      """)

  @OptionGroup var choice: SeriesChoice
  @OptionGroup var global: GlobalOptions

  func run() throws { try choice.change(isRemoval: true, try CommandContext(global)) }
}

struct SeriesResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Ask again for a series that was removed.",
    discussion: """
      EXAMPLES
        appliance series resume AAPL --source alphavantage --interval 5m
      """)

  @OptionGroup var choice: SeriesChoice
  @OptionGroup var global: GlobalOptions

  func run() throws { try choice.change(isRemoval: false, try CommandContext(global)) }
}

/// Which series are meant.
struct SeriesChoice: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The asset, an index such as fng, the id of an economic series, or a theme.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var asset: String

  @Option(
    name: .long, help: ArgumentHelp("Those of this source.", valueName: "source"),
    completion: .custom(NameCompletion.sources))
  var source: String

  @Option(name: .long, help: ArgumentHelp("Those of this interval; without it all.", valueName: "interval"))
  var interval: Interval?

  @Option(name: .long, help: ArgumentHelp("Those under this symbol at the source.", valueName: "symbol"))
  var symbol: String?

  fileprivate func change(isRemoval: Bool, _ context: CommandContext) throws {
    let command = isRemoval ? "series remove" : "series resume"
    let store = try context.reader(toWriteAs: command)
    let told = try chosen(context, store)
    let changed = told.filter { ($0.standing == .removed) != isRemoval }.map(\.series)
    let decisions = changed.map { isRemoval ? CatalogueDecision.removeSeries($0.key) : .resumeSeries($0.key) }
    if !decisions.isEmpty { try context.decide(decisions, as: command) }
    if context.options.json {
      let objects = told.map { one -> JSONValue in
        [
          "asset": .optional(one.series.asset), "source": .string(one.series.key.provider.description),
          "dataset": .string(one.series.key.dataset.rawValue), "interval": .string(one.series.key.interval.rawValue),
          "symbol": .string(one.series.key.providerSymbol), "rows_kept": .integer(Int64(one.series.count)),
          "changed": .bool(changed.contains(one.series)),
        ]
      }
      return try Console.output(
        ["version": 1, "outcome": "done", (isRemoval ? "removed" : "resumed"): .array(objects)])
    }
    try context.tell(.done) { style in
      told.map { one in
        let series = one.series
        let subject = style.bold("\([series.asset, "\(series.key)"].compactMap { $0 }.joined(separator: " at "))")
        let kind = series.key.holdsBars ? "" : " (\(series.key.dataset.rawValue))"
        return "\(subject)\(kind): \(words(series, isRemoval, isChanged: changed.contains(series)))\n"
      }.joined()
    }
  }

  private func words(_ series: StoredSeries, _ isRemoval: Bool, isChanged: Bool) -> String {
    guard isRemoval else { return isChanged ? "asked for again" : "was not removed" }
    if !isChanged { return "was removed before" }
    return "not asked for any more"
      + (series.count > 0 ? "; its \(counted(series.count, "row")) stay\(series.count == 1 ? "s" : "")" : "")
  }

  private func chosen(_ context: CommandContext, _ store: Store) throws -> [FollowedSeries] {
    let all = try store.following.series(askedOf: context.profiles, keyed: Set(try context.keys().keys))
    let index = all.first { $0.series.asset == nil && $0.series.isCalled(asset) }?.series.key.providerSymbol
    let name = try index == nil ? FollowedNames(try store.following.assets()).asset(asset).asset.symbol : nil
    let mine = all.filter { index == nil ? $0.series.asset == name : $0.series.key.providerSymbol == index }
    let told = mine.filter { one in
      let key = one.series.key
      return key.provider.description == source.lowercased() && (interval.map { key.interval == $0 } ?? true)
        && (symbol.map { key.providerSymbol == $0 } ?? true)
    }
    guard told.isEmpty else { return told }
    let known = mine.map { "\($0.series.key)" }
    throw Failure(
      .failed,
      "\(name ?? asset) has no such series\(known.isEmpty ? "" : "; it has \(Set(known).sorted().joined(separator: ", "))")"
    )
  }
}
