import ArgumentParser
import Following
import Market
import Pipeline
import Rendering
import Store

/// What a run is narrowed to by name: assets, groups, sources, intervals.
struct IngestNarrowing: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Only these assets, in the steps that have assets.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Only the assets of this group, in the steps that have assets.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var group: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Only series of this source.", valueName: "source"),
    completion: .custom(NameCompletion.sources))
  var source: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only series of this interval: 5m, 60min, hour, day.", valueName: "interval"))
  var interval: [String] = []

  @Flag(name: .long, help: "Add the series of the assets named by --asset that are not there yet.")
  var add = false

  @Option(name: .long, help: .hidden)
  var apiKey: String?

  func validate() throws {
    if apiKey != nil {
      throw ValidationError(
        "--api-key: keys stand in .env in the home, such as ALPHA_VANTAGE_API_KEY=…, where nobody reads them over your "
          + "shoulder or in a list of processes; `appliance config init` writes an example")
    }
    if add, asset.isEmpty { throw ValidationError("--add: name the assets with --asset") }
  }

  /// Narrows a run.
  ///
  /// - Returns: the series that are to be added before it.
  func apply(to options: inout RunOptions, _ context: CommandContext, isRehearsal: Bool) throws -> [SeriesDefinition] {
    let sources = try split(source, flag: "--source").map { try context.provider($0, flag: "--source") }
    let intervals = try split(interval, flag: "--interval").map(IngestNarrowing.interval)
    options.sources = sources.isEmpty ? nil : Set(sources.map(\.profile.name))
    options.intervals = intervals.isEmpty ? nil : Set(intervals)
    let (named, groups) = (try split(asset, flag: "--asset"), try split(group, flag: "--group"))
    guard !(named.isEmpty && groups.isEmpty && sources.isEmpty && intervals.isEmpty) else { return [] }
    let store = try context.followed(toWriteAs: isRehearsal ? nil : "ingest")
    let names = FollowedNames(try store.following.assets())
    let assets = try named.map { try asset($0, names, context) }
    let members = try groups.flatMap { try names.members(ofGroup: $0).map(\.asset.symbol) }
    if !(named.isEmpty && groups.isEmpty) { options.assets = Set(assets.map(\.symbol) + members) }
    guard !(sources.isEmpty && intervals.isEmpty) else { return [] }
    let wanted = try SeriesSearch(
      sources: sources.isEmpty ? [nil] : sources, intervals: intervals.isEmpty ? [nil] : intervals, context, store)
    return try wanted.missing(of: assets, members: members, isAdding: add)
  }

  private static func interval(_ typed: String) throws -> Interval {
    guard let interval = Interval(spoken: typed) else {
      throw Failure(
        .usage,
        "--interval: '\(shown(typed))' is no length of a bar; there are "
          + Interval.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return interval
  }

  private func asset(_ typed: String, _ names: FollowedNames, _ context: CommandContext) throws -> Asset {
    if names.holds(typed) { return try names.followed(typed).asset }
    // What the settings follow since is in the file when the run has begun.
    if let new = context.universe.assets.first(where: { $0.symbol == typed.uppercased() }) { return new }
    throw Failure(.usage, "--asset: \(names.notFollowed(typed, KnownListings(context.wiring.listings)))")
  }
}

/// Looks for the series that a run was narrowed to.
private struct SeriesSearch {
  let sources: [(any Provider)?]
  let intervals: [Interval?]
  let context: CommandContext
  let store: Store
  private let series: [StoredSeries]

  init(
    sources: [(any Provider)?], intervals: [Interval?], _ context: CommandContext, _ store: Store
  ) throws {
    (self.sources, self.intervals, self.context, self.store) = (sources, intervals, context, store)
    series = try store.catalogue.series().filter(\.isAsked)
  }

  /// The definitions of those that are not there and are to be added; where none is to be, an error that says how.
  func missing(of assets: [Asset], members: [String], isAdding: Bool) throws -> [SeriesDefinition] {
    var (missing, additions): ([String], [SeriesDefinition]) = ([], [])
    for asset in assets {
      for provider in sources {
        for interval in intervals where !isThere(asset.symbol, provider, interval) {
          let (provider, interval) = (provider ?? usual(asset), try interval ?? context.defaultInterval())
          guard let provider else { continue }
          // Where there can be no such series, this says why.
          let wanted = try context.wanted(asset, at: provider, interval, as: nil, in: store)
          if isAdding {
            additions += wanted
          } else {
            missing.append("\(shellWord(asset.symbol)) --source \(provider.profile.name) --interval \(interval)")
          }
        }
      }
    }
    if let first = missing.first {
      let more = missing.count > 1 ? " (and \(missing.count - 1) more like it)" : ""
      throw Failure(
        .usage, "there is no such series yet: `appliance series add \(first)` adds it\(more), or --add with this run")
    }
    if assets.isEmpty, !series.contains(where: { fits($0, among: members) }) {
      throw Failure(
        .usage, "no series of this kind is followed; `appliance series add ASSET --source S --interval I` adds one")
    }
    return additions
  }

  private func isThere(_ asset: String, _ provider: (any Provider)?, _ interval: Interval?) -> Bool {
    series.contains { series in
      series.asset == asset && (provider.map { $0.profile.name == series.key.provider } ?? true)
        && (interval.map { $0 == series.key.interval } ?? true)
    }
  }

  private func fits(_ series: StoredSeries, among members: [String]) -> Bool {
    (members.isEmpty || members.contains(series.asset ?? ""))
      && sources.contains { $0.map { $0.profile.name == series.key.provider } ?? true }
      && intervals.contains { $0.map { $0 == series.key.interval } ?? true }
  }

  /// Whom one would ask who names nobody.
  private func usual(_ asset: Asset) -> (any Provider)? {
    let name = context.wiring.usualSeries(of: asset, named: [:]).min { $0.priority < $1.priority }?.key.provider
    return context.providers.first { $0.profile.name == name }
  }
}
