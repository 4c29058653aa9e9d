import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

struct AssetEditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Say something else of an asset that is followed.",
    discussion: """
      Under another symbol at a source the same is asked for, in series of their own: what was told under the old one \
      stays, and is not asked for any more. --prefer makes the series of a source the ones whose prices are shown, once \
      they are complete. News are taken to be about an asset that is in no list of ours, or whose symbol is also a word, \
      where that stands as $X or in brackets; with --match symbol the word in capitals is enough, also in news of before.

      EXAMPLES
        appliance asset edit META --name "Meta Platforms"
        appliance asset edit BRK-B --symbol yahoo=BRK-B --group mine
        appliance asset edit AAPL --prefer alphavantage
        appliance asset edit RIO --match symbol
        appliance asset edit AAPL --meta thesis=services --meta broker=
      """)

  @Argument(help: ArgumentHelp("Its symbol.", valueName: "symbol"), completion: .custom(NameCompletion.assets))
  var asset: String

  @Option(name: .long, help: ArgumentHelp("What it is called.", valueName: "name"))
  var name: String?

  @Option(name: .long, help: ArgumentHelp("What it is part of.", valueName: "sector"))
  var sector: String?

  @Option(name: .long, help: ArgumentHelp("Whose days it has.", valueName: "calendar"))
  var calendar: Market.Calendar?

  @Option(
    name: .long, help: ArgumentHelp("Its symbol at sources: yahoo=BRK-B,polygon=BRK.B.", valueName: "source=symbol"))
  var symbol: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Further groups that it is in.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var group: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Groups that it leaves.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var leave: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("The source whose prices come first.", valueName: "source"),
    completion: .custom(NameCompletion.sources))
  var prefer: String?

  @Option(
    name: .long, help: ArgumentHelp("A note beside it; an empty value takes it away.", valueName: "name=value"))
  var meta: [String] = []

  /// How news name an asset.
  enum Match: String, CaseIterable, ExpressibleByArgument { case symbol, name }

  @Option(
    name: .long,
    help: ArgumentHelp("How news name it: also by its symbol as a word, or no more than by names.", valueName: "how"))
  var match: Match?

  @Flag(name: .long, help: "Look no symbol up.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if name == nil, sector == nil, calendar == nil, symbol.isEmpty, group.isEmpty, leave.isEmpty, prefer == nil,
      meta.isEmpty, match == nil
    {
      throw ValidationError(
        "say what is to be changed: --name, --sector, --calendar, --symbol, --group, --leave, --prefer, --match, --meta"
      )
    }
  }

  func run() async throws {
    let context = try CommandContext(global)
    let store = try context.reader(toWriteAs: "asset edit")
    let there = try FollowedNames(try store.following.assets()).followed(asset)
    let edit = try edit(there, context, store)
    let directory = try ProviderDirectory(context, store)
    // Of the others nobody can be asked what a symbol stands for.
    if let symbol = edit.symbols["yahoo"], !offline, directory.mayBeAsked {
      try await directory.check(symbol, as: "asset edit")
    }
    try context.decide([.editAsset(edit)], as: "asset edit", quotas: await directory.quotas())
    let now = try FollowedNames(try context.reader().following.assets()).asset(there.asset.symbol)
    if global.json { return try Console.output(["version": 1, "outcome": "done", "asset": now.json]) }
    try context.tell(.done) { style in
      "\(style.bold(now.asset.symbol)): \(TerminalText.escaped(words(edit, now)))\n"
    }
  }

  private func edit(_ there: FollowedAsset, _ context: CommandContext, _ store: Store) throws -> AssetEdit {
    let asset = there.asset.symbol
    var edit = AssetEdit(symbol: asset)
    (edit.name, edit.sector, edit.calendar) = (try name.map(plainLine), try sector.map(plainLine), calendar)
    edit.groups = try groupSlugs(try split(group, flag: "--group"))
    edit.leftGroups = try groupSlugs(try split(leave, flag: "--leave"))
    for group in edit.leftGroups where !there.groups.contains(group) {
      let known = there.groups.isEmpty ? "it is in none" : "it is in \(there.groups.joined(separator: ", "))"
      throw Failure(.failed, "--leave: \(asset) is in no group '\(group)'; \(known)")
    }
    edit.symbols = try context.providerSymbols(symbol)
    let series = try store.catalogue.series(of: asset)
    try check(calendar, of: there, series)
    for source in edit.symbols.keys.sorted() {
      try check(source, of: asset, series, flag: "--symbol")
      try checkItIsFree(edit.symbols[source] ?? "", at: source, for: asset, store)
    }
    if let prefer {
      let source = try context.provider(prefer, flag: "--prefer").profile.name
      try check(source, of: asset, series, flag: "--prefer")
      if edit.symbols[source] == nil { try checkItIsAsked(source, of: asset, series, store) }
      edit.preferred = source
    }
    for pair in meta {
      guard let sign = pair.firstIndex(of: "="), sign > pair.startIndex else {
        throw Failure(.usage, "--meta: '\(shown(pair))' is no name and value; write it like thesis=services")
      }
      let key = String(pair[..<sign])
      guard key.utf8.count <= 40, key.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) else {
        throw Failure(.usage, "--meta: '\(shown(key))' is no name: letters, digits and _ - . make one")
      }
      guard key != AssetEdit.match else {
        throw Failure(.usage, "--meta: how news name \(asset) is said by --match symbol or --match name")
      }
      let note = String(pair[pair.index(after: sign)...])
      edit.notes[key] = note.isEmpty ? "" : try plainLine(note)
    }
    if let match {
      guard asset.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) }) else {
        throw Failure(.usage, "--match: \(shown(asset)) is no word: letters and digits make one")
      }
      edit.notes[AssetEdit.match] = match == .symbol ? match.rawValue : ""
    }
    return edit
  }

  /// What is missing of bars was judged by the days that the asset had when they came.
  private func check(_ calendar: Market.Calendar?, of there: FollowedAsset, _ series: [StoredSeries]) throws {
    let bars = series.filter { $0.key.dataset == .bar }.reduce(0) { $0 + $1.count }
    guard let calendar, calendar != there.calendar, bars > 0 else { return }
    throw Failure(
      .failed,
      "--calendar: \(there.asset.symbol) has \(counted(bars, "bar")), and what is missing among them was judged by the "
        + "days of \(there.calendar.rawValue); `asset add --calendar` says whose days an asset has before any came")
  }

  private func check(_ source: ProviderName, of asset: String, _ series: [StoredSeries], flag: String) throws {
    guard !series.contains(where: { $0.key.provider == source }) else { return }
    throw Failure(
      .failed,
      "\(flag): \(asset) has no series at \(source); `appliance series add \(asset) --source \(source) --interval 1d` "
        + "adds one")
  }

  /// Only series that are asked for can be the ones whose prices are shown.
  private func checkItIsAsked(
    _ source: ProviderName, of asset: String, _ series: [StoredSeries], _ store: Store
  ) throws {
    let prices = series.filter { $0.key.provider == source && ($0.key.holdsBars || $0.key.holdsSamples) }
    guard !prices.contains(where: \.isAsked) else { return }
    let asset = shellWord(asset)
    let way =
      prices.isEmpty
      ? "that source tells no prices of it"
      : try store.following.disabledSources().contains(source)
        ? "that source is switched off; `appliance source enable \(source)` switches it on"
        : "its series there is asked for no more; `appliance series resume \(asset) --source \(source)` asks for it again"
    throw Failure(.failed, "--prefer: prices of \(source) cannot be shown first, as \(way)")
  }

  /// A symbol at a source belongs to one asset.
  private func checkItIsFree(_ symbol: String, at source: ProviderName, for asset: String, _ store: Store) throws {
    let owner = try store.catalogue.series().first {
      $0.key.provider == source && $0.key.providerSymbol == symbol && $0.asset != asset
    }
    guard let owner else { return }
    throw Failure(.failed, "--symbol: \(source) \(shown(symbol)) is a series of \(owner.asset ?? "another index")")
  }

  private func words(_ edit: AssetEdit, _ now: FollowedAsset) -> String {
    var parts: [String] = []
    if edit.name != nil { parts.append("called \(now.asset.name)") }
    if let sector = edit.sector { parts.append("sector \(sector)") }
    if edit.calendar != nil { parts.append("calendar \(now.calendar.rawValue)") }
    if !edit.groups.isEmpty || !edit.leftGroups.isEmpty {
      parts.append(now.groups.isEmpty ? "in no group" : "groups \(now.groups.joined(separator: ", "))")
    }
    parts += edit.symbols.sorted { $0.key < $1.key }.map { "\($0.value) at \($0.key)" }
    if let preferred = edit.preferred { parts.append("prices of \(preferred) first") }
    if let match = edit.notes[AssetEdit.match] {
      parts.append("news name it \(match.isEmpty ? "no more than by names, $ and brackets" : "by its symbol too")")
    }
    parts += edit.notes.filter { $0.key != AssetEdit.match }.sorted { $0.key < $1.key }.map {
      $0.value.isEmpty ? "no \($0.key)" : "\($0.key) \($0.value)"
    }
    return parts.joined(separator: "; ")
  }
}
