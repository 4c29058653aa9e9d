import Commands
import Following
import Market
import Rendering

/// What a command changed in what is followed: a few lines for people, one object for programs.
struct FollowingChange: Sendable {
  var added: [Listing] = []
  var restored: [String] = []
  /// Those that are in more groups than before.
  var grouped: [AssetEdit] = []
  /// Those of which nothing had to be changed.
  var unchanged: [String] = []
  /// What the first run that asks for the new ones costs.
  var costs: [AskingCost] = []
  var isRehearsal = false
  /// Whether the file is a demo, which asks nobody.
  var isDemo = false

  var decisions: [CatalogueDecision] {
    added.map(CatalogueDecision.addAsset) + restored.map { .restoreAsset(symbol: $0) }
      + grouped.map(CatalogueDecision.editAsset)
  }

  /// Says what it will cost, before anything is done.
  func sayCost(_ context: CommandContext) {
    if isDemo, !added.isEmpty || !restored.isEmpty {
      return context.console.say("this record is a demo, beside which nobody is asked: nothing new will come of them")
    }
    guard !costs.isEmpty else { return }
    let requests = costs.reduce(0) { $0 + $1.requests }
    context.console.say(
      "the first run after this sends \(costs.map(\.words).joined(separator: "; ")); later days about as many")
    if requests > 200 { context.console.say("a run that is ended early keeps what came, and goes on the next time") }
  }

  func print(_ context: CommandContext) throws {
    if context.options.json { return try Console.output(json(context)) }
    try context.tell(.done) { text(context, $0) }
  }

  private func text(_ context: CommandContext, _ style: TextStyle) -> String {
    var lines: [String] = []
    if added.count == 1, let listing = added.first {
      lines.append("\(style.bold(title(listing))): \(isRehearsal ? "could be followed" : "is followed now")")
      lines.append("  \(words(listing))")
    } else if !added.isEmpty {
      let verb = isRehearsal ? "could be followed" : "are followed now"
      lines.append("\(style.bold("\(added.count) assets")) \(verb): \(list(added.map(\.asset.symbol)))")
    }
    if !restored.isEmpty { lines.append("followed again: \(list(restored))") }
    if !grouped.isEmpty { lines.append("in more groups: \(list(grouped.map(\.symbol)))") }
    if !unchanged.isEmpty { lines.append("followed already: \(list(unchanged))") }
    if !decisions.isEmpty { lines.append("Next: \(next(context))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func title(_ listing: Listing) -> String {
    let (symbol, name) = (listing.asset.symbol, TerminalText.escaped(listing.asset.name))
    return name.hasPrefix(symbol) ? name : "\(symbol) (\(name))"
  }

  /// `stock, by the day: yahoo CCJ; groups quantum, wide`
  private func words(_ listing: Listing) -> String {
    let series = listing.series.filter { $0.key.dataset == .bar || $0.key.dataset == .pricePoint }
    let intervals = Interval.allCases.compactMap { interval -> String? in
      let sources = series.filter { $0.key.interval == interval }.sorted { $0.priority < $1.priority }.map {
        TerminalText.escaped("\($0.key.provider) \($0.key.providerSymbol)")
      }
      return sources.isEmpty ? nil : "\(interval) from \(enumeration(sources))"
    }
    let groups = listing.groups.isEmpty ? [] : ["groups \(listing.groups.joined(separator: ", "))"]
    return ([listing.asset.assetClass.rawValue] + intervals + groups).joined(separator: "; ")
  }

  private func list(_ symbols: [String]) -> String {
    let shown = symbols.prefix(12)
    return shown.joined(separator: ", ")
      + (symbols.count > shown.count ? " and \(symbols.count - shown.count) more" : "")
  }

  private func next(_ context: CommandContext) -> String {
    isRehearsal ? "the same without --dry-run" : context.typed(isDemo ? "asset list" : "ingest")
  }

  private func json(_ context: CommandContext) -> JSONValue {
    let listings = added.map { listing -> JSONValue in
      [
        "symbol": .string(listing.asset.symbol), "name": .string(listing.asset.name),
        "class": .string(listing.asset.assetClass.rawValue), "groups": .array(listing.groups.map(JSONValue.string)),
        "series": .array(listing.series.map { .string("\($0.key.dataset.rawValue) \($0.key)") }),
      ]
    }
    return [
      "version": 1, "outcome": "done", "dry_run": .bool(isRehearsal), "added": .array(listings),
      "restored": .array(restored.map(JSONValue.string)),
      "grouped": .array(grouped.map { .string($0.symbol) }), "unchanged": .array(unchanged.map(JSONValue.string)),
      "cost": .array(costs.map(\.json)), "next": decisions.isEmpty ? .null : .string(next(context)),
    ]
  }
}
