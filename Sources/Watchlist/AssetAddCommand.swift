import ArgumentParser
import Commands
import Following
import Formats
import Market
import Rendering

struct AssetAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Follow assets: known ones by symbol or name, others by their symbol at Yahoo.",
    discussion: """
      Coins are asked for by the hour and the day at the exchanges that have them, all else by the day at Yahoo. What is \
      not in the program's own table is looked up there with one request, unless --offline. Without a file one is made.

      A table that --from reads has a heading with symbol, and perhaps name, class, sector, currency, calendar, groups \
      and the names of sources, yahoo or another, for the symbol there. With a class a line is taken as it stands.

      EXAMPLES
        appliance asset add Cameco
        appliance asset add AAPL MSFT --group mine
        appliance asset add SAP.DE --name SAP --group europe
        appliance asset add BRK.A --symbol yahoo=BRK-A
        appliance asset add --group wide --dry-run       what it would cost
        appliance asset add --from assets.csv
      """)

  @Argument(
    help: ArgumentHelp("Symbols, or names of what is known.", valueName: "symbol"),
    completion: .custom(NameCompletion.knownAssets))
  var symbols: [String] = []

  @Option(name: .long, help: ArgumentHelp("What it is called.", valueName: "name"))
  var name: String?

  @Option(name: .customLong("class"), help: ArgumentHelp("What kind of thing it is.", valueName: "class"))
  var assetClass: AssetClass?

  @Option(name: .long, help: ArgumentHelp("Whose days it has.", valueName: "calendar"))
  var calendar: Market.Calendar?

  @Option(
    name: .long, help: ArgumentHelp("Its symbol at sources: yahoo=BRK-B,polygon=BRK.B.", valueName: "source=symbol"))
  var symbol: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Groups that it is in; without a symbol, all of a known group.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var group: [String] = []

  @Option(name: .long, help: ArgumentHelp("A table with a line an asset.", valueName: "file"), completion: .file())
  var from: String?

  @Flag(name: .long, help: "Look nothing up; --class says what it is.")
  var offline = false

  @Flag(name: .long, help: "Say what would be added and what it costs; change nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if from != nil, !symbols.isEmpty || name != nil || assetClass != nil || calendar != nil || !symbol.isEmpty {
      throw ValidationError("--from: its table says all of that; leave symbols and other flags away")
    }
    if symbols.isEmpty, from == nil {
      if group.isEmpty { throw ValidationError("name an asset, a group with --group, or a table with --from") }
      if name != nil || assetClass != nil || calendar != nil || !symbol.isEmpty {
        throw ValidationError("--name, --class, --calendar and --symbol are about one asset; name it")
      }
    }
    if symbols.count > 1, name != nil || !symbol.isEmpty {
      throw ValidationError("--name and --symbol are about one asset; name it by itself")
    }
  }

  func run() async throws {
    let context = try CommandContext(global)
    let adder = try AssetAdder(
      context: context, store: try context.followed(toWriteAs: dryRun ? nil : "asset add"), isOffline: offline)
    let wishes = try wishes(context)
    do {
      try await Interruption.cancelling { for wish in wishes { try await adder.add(wish) } }
    } catch {
      if !dryRun { await adder.noteQuotas() }
      throw error
    }
    let change = try await adder.change(isRehearsal: dryRun)
    change.sayCost(context)
    if !dryRun, !change.decisions.isEmpty {
      try context.decide(change.decisions, as: "asset add", quotas: await adder.quotas())
    }
    try change.print(context)
  }

  private func wishes(_ context: CommandContext) throws -> [AssetWish] {
    let groups = try split(group, flag: "--group")
    if let from { return try table(from, context, groups: try groupSlugs(groups)) }
    let known = KnownListings(context.wiring.listings)
    if symbols.isEmpty { return try groups.flatMap { try members(of: $0, known) } }
    var words = try split(symbols, flag: "what to add")
    // `asset add Home Depot`
    if words.count > 1, let listing = known[words.joined(separator: " ")] { words = [listing.asset.symbol] }
    let told = try context.providerSymbols(symbol)
    return try words.map { word in
      var wish = AssetWish(word)
      (wish.name, wish.assetClass, wish.calendar) = (try name.map(plainLine), assetClass, calendar)
      (wish.groups, wish.symbols) = (try groupSlugs(groups), told)
      return wish
    }
  }

  private func members(of group: String, _ known: KnownListings) throws -> [AssetWish] {
    let members = known.members(ofGroup: group)
    guard members.isEmpty else { return members.map { AssetWish($0.asset.symbol) } }
    throw NotFollowed(
      "--group: there is no group '\(shown(group))' to add\(meantText(group, among: known.groups)); there are "
        + known.groups.joined(separator: ", "))
  }

  private func table(_ path: String, _ context: CommandContext, groups: [String]) throws -> [AssetWish] {
    let bytes = try WholeFile.read(path, limit: 4 << 20)
    return try AssetTable(bytes, name: shown(path), providers: context.profiles.map(\.name)).wishes.map { wish in
      var wish = wish
      wish.groups += groups.filter { !wish.groups.contains($0) }
      return wish
    }
  }
}
