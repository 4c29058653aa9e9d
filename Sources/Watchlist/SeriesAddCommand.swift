import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

struct SeriesAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Ask a source for an asset's bars of an interval, an economic series or a theme, too.",
    discussion: """
      Such a series is asked for even when the asset's first source answered. Its prices are shown with --interval, or \
      after `appliance asset edit ASSET --prefer SOURCE`. Intervals may be written as 5min, 60min, hour or day. A \
      symbol at Yahoo is looked up there with one request, unless --offline.

      An economic series is named by its id at fred, or by country and indicator at worldbank. What it measures is looked \
      up there; --title, --units and --frequency say it otherwise, also of one that is followed already.

      A theme of the world's news is a query in the language of gdelt, which counts the articles about it by day; --title \
      names it.

      EXAMPLES
        appliance series add AAPL --source alphavantage --interval 5m
        appliance series add BRK-B --source polygon --interval minute --symbol BRK.B
        appliance series add BTC --source yahoo --interval day --symbol BTC-USD
        appliance series add MSFT --source alphavantage
        appliance series add ICSA --source fred
        appliance series add DEU:NY.GDP.MKTP.CD --source worldbank
        appliance series add '(port OR dock) strike sourcelang:english' --source gdelt --title port-strikes
      """)

  @Argument(
    help: ArgumentHelp("Its symbol, the id of an economic series, or the query of a theme.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var asset: String

  @Option(
    name: .long, help: ArgumentHelp("Who is asked.", valueName: "source"), completion: .custom(NameCompletion.sources))
  var source: String

  @Option(
    name: .long, help: ArgumentHelp("The length of a bar; DEFAULT_INTERVAL, days, unless said.", valueName: "interval"))
  var interval: Interval?

  @Option(name: .long, help: ArgumentHelp("What the source calls the asset.", valueName: "symbol"))
  var symbol: String?

  @Option(
    name: .long, help: ArgumentHelp("Of an economic series: what it measures; the name of a theme.", valueName: "text"))
  var title: String?

  @Option(name: .long, help: ArgumentHelp("Of an economic series: what its values are counted in.", valueName: "text"))
  var units: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of an economic series: \(Frequency.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "frequency"))
  var frequency: Frequency?

  @Flag(name: .long, help: "Look no symbol up.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    let store = try context.reader(toWriteAs: "series add")
    if let directory = try context.provider(source, flag: "--source") as? any MacroDirectory {
      return try await follow(directory, context, store)
    }
    if title ?? units ?? frequency?.rawValue != nil {
      throw Failure(.usage, "series add: --title, --units and --frequency are about economic series")
    }
    let asset = try FollowedNames(try store.following.assets()).followed(asset)
    let provider = try context.provider(source, flag: "--source")
    let series = try context.wanted(
      asset.asset, at: provider, interval ?? context.defaultInterval(), as: symbol, in: store)
    let there = try series.filter { try store.catalogue.series($0.key)?.isAsked ?? false }
    let isNew = there.count < series.count
    if isNew {
      let directory = try ProviderDirectory(context, store)
      if let symbol, !offline, directory.knows(provider.profile.name) {
        try await directory.check(symbol, as: "series add")
      }
      let quotas = await directory.quotas()
      try context.decide(series.map(CatalogueDecision.addSeries), as: "series add", quotas: quotas)
    }
    let profile = provider.profile
    let isKeyed = try !(profile.credential?.isRequired ?? false) || context.keys()[profile.name] != nil
    let remark =
      isKeyed ? nil : "it will be asked for once \(profile.credential?.setting ?? "") is in .env: \(page(profile))"
    if global.json { return try Console.output(json(series, isNew: isNew, isKeyed: isKeyed)) }
    try context.tell(.done) { style in
      let names = series.map { TerminalText.escaped("\($0.key)") }
      let state = isNew ? "asked for from now on" : "asked for already"
      return "\(style.bold("\(asset.asset.symbol) at \(names.first ?? "")")): \(state)\n"
        + (series.contains { $0.key.dataset == .corporateAction } ? "  with its splits and dividends\n" : "")
        + (remark.map { "  \($0)\n" } ?? "")
        + (isNew ? "Next: \(context.typed("ingest --asset \(shellWord(asset.asset.symbol))"))\n" : "")
    }
  }

  private func follow(_ directory: any MacroDirectory, _ context: CommandContext, _ store: Store) async throws {
    if interval != nil || symbol != nil {
      throw Failure(.usage, "series add: what \(source) counts has no --interval, and its id is its --symbol")
    }
    for text in [asset, title, units].compactMap({ $0 }) where text.isEmpty || text.utf8.count > 250 {
      throw Failure(.usage, "series add: '\(shown(text))' is no name; it has 1 to 250 bytes")
    }
    let adder = MacroAdder(
      context: context, directory: directory, title: title, units: units, frequency: frequency, isOffline: offline)
    let outcome = try await adder.add(asset, in: store)
    if global.json {
      return try Console.output(json([outcome.series], isNew: outcome.isNew || outcome.isEdited, isKeyed: true))
    }
    try context.tell(.done) { style in
      let macro = outcome.series.macro
      let state = outcome.isNew ? "asked for from now on" : outcome.isEdited ? "noted" : "asked for already"
      let words = [macro?.title, macro?.units, macro?.frequency.rawValue].compactMap { $0 }.joined(separator: ", ")
      return
        "\(style.bold(TerminalText.escaped("\(outcome.series.key.providerSymbol) at \(outcome.series.key.provider)"))): "
        + "\(state)\n  \(TerminalText.escaped(words))\n"
        + (outcome.isNew
          ? "Next: \(context.typed("ingest --only \(directory.described == .themeValue ? "news" : "macro")"))\n" : "")
    }
  }

  private func page(_ profile: ProviderProfile) -> String { profile.credential?.page ?? profile.homepage }

  private func json(_ series: [SeriesDefinition], isNew: Bool, isKeyed: Bool) -> JSONValue {
    [
      "version": 1, "outcome": "done", "changed": .bool(isNew), "configured": .bool(isKeyed),
      "series": .array(
        series.map {
          [
            "asset": .optional($0.asset), "source": .string($0.key.provider.description),
            "dataset": .string($0.key.dataset.rawValue), "interval": .string($0.key.interval.rawValue),
            "symbol": .string($0.key.providerSymbol), "basis": .string($0.basis.rawValue),
          ]
        }),
    ]
  }
}

extension Frequency: ExpressibleByArgument {}
