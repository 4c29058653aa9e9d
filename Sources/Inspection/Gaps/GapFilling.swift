import Commands
import Following
import Market
import Pipeline
import Rendering
import Store

/// `gaps --fill`: a source with a key is asked for the bars that the first source lacks.
struct GapFilling {
  private let context: CommandContext
  private let store: Store
  private let plan: GapFillPlan
  private let costs: [AskingCost]

  /// - Parameter assets: symbols as they were typed; none for all.
  init(_ context: CommandContext, assets: [String]) throws {
    self.context = context
    store = try context.reader(toWriteAs: "gaps --fill")
    let keyed = Set(try context.keys().keys)
    plan = try GapFillPlan(
      of: try store.symbols(assets), in: store, providers: context.providers, keyed: keyed,
      at: try context.clock(of: store).now
    ) { [store] asset, provider, interval in
      // One that has no such bars, or calls the asset nobody knows what, has nothing to offer.
      try? context.wanted(asset, at: provider, interval, as: nil, in: store)
    }
    costs = AskingCost.of(plan.requests, providers: context.providers, keyed: keyed)
  }

  /// Says what it costs, asks, and tells how that ended as `ingest` does.
  func perform(isRehearsal: Bool) async throws {
    if try store.origin() == .demo { throw Failure(.failed, "this record is a demo, beside which nobody is asked") }
    guard !plan.fills.isEmpty else { return try tellNothing() }
    if isRehearsal { return try tell() }
    for line in lines { context.console.say(line) }
    context.console.say("it takes \(costs.map(\.words).joined(separator: "; "))")
    var options = RunOptions()
    options.only = [.prices]
    options.stretches = Dictionary(plan.fills.map { ($0.filler, $0.stretches) }) { $0 + $1 }
    try await IngestRun(
      context: context, options: options,
      decisions: plan.additions.map(CatalogueDecision.addSeries) + plan.additions.map { .removeSeries($0.key) }
    ).perform()
  }

  /// `AAPL 1d: 3 bars that yahoo lacks, into polygon AAPL`
  private var lines: [String] {
    plan.fills.map { fill in
      TerminalText.escaped(
        "\(fill.series.asset ?? "") \(fill.series.key.interval): \(counted(fill.missing, "bar")) that "
          + "\(fill.series.key.provider) lacks, into \(fill.filler.provider) \(fill.filler.providerSymbol)")
    }
  }

  private func tell() throws {
    if context.options.json {
      let fills = plan.fills.map { fill -> JSONValue in
        [
          "asset": .optional(fill.series.asset), "interval": .string(fill.series.key.interval.rawValue),
          "lacking": .string(fill.series.key.provider.description), "source": .string(fill.filler.provider.description),
          "symbol": .string(fill.filler.providerSymbol), "missing": .integer(Int64(fill.missing)),
        ]
      }
      return try Console.output(["version": 1, "fill": .array(fills), "cost": .array(costs.map(\.json))])
    }
    try Console.output(
      (lines + ["it would take \(costs.map(\.words).joined(separator: "; "))"]).joined(separator: "\n") + "\n")
  }

  /// Why nobody is asked: nothing is missing, nobody has a key, or whoever has one has it not either.
  private func tellNothing() throws {
    if !plan.lacking.isEmpty, !plan.hasSources {
      let offers = context.providers.filter { $0.profile.credential?.isRequired == true && tellsBars($0) }.map(
        \.profile
      )
      .map { "\($0.credential?.setting ?? "") for \($0.title), from \($0.credential?.page ?? $0.homepage)" }
      throw Failure(.keyMissing, "no second source has a key; one goes into .env: \(offers.joined(separator: "; or "))")
    }
    if context.options.json { return try Console.output(["version": 1, "fill": .array([]), "cost": .array([])]) }
    context.console.say(
      plan.lacking.isEmpty
        ? "no bars are missing that no other source here has" : "what is missing, no source with a key could add")
  }

  /// Whether a source would ask for bars of something that is missing here.
  private func tellsBars(_ provider: any Provider) -> Bool {
    plan.lacking.contains { series in
      let key = SeriesKey(
        dataset: .bar, provider: provider.profile.name, providerSymbol: series.key.providerSymbol,
        interval: series.key.interval)
      let now = context.clock.now
      return !provider.requests(for: Want(series: key, span: now - 20 * 86_400...now), at: now).isEmpty
    }
  }
}
