import Commands
import Following
import Market
import Rendering
import Store
import Synchronization

/// Finds out what wishes mean: what is followed already, what the program knows, and what has to be looked up.
final class AssetAdder: Sendable {
  private let context: CommandContext
  private let store: Store
  private let isOffline: Bool
  private let names: FollowedNames
  private let known: KnownListings
  private let directory: ProviderDirectory
  private let found = Mutex(FollowingChange())

  /// - Parameter store: what is followed now; nothing is written to it.
  init(context: CommandContext, store: Store, isOffline: Bool) throws {
    self.context = context
    self.store = store
    names = FollowedNames(try store.following.assets())
    known = KnownListings(context.wiring.listings)
    directory = try ProviderDirectory(context, store)
    self.isOffline = isOffline || !directory.mayBeAsked
  }

  /// What all wishes come to, with what it costs.
  func change(isRehearsal: Bool) async throws -> FollowingChange {
    var change = found.withLock { $0 }
    let listings = change.added
    let classes = Dictionary(listings.map { ($0.asset.symbol, $0.asset.assetClass) }) { first, _ in first }
    change.isRehearsal = isRehearsal
    change.isDemo = try store.origin() == .demo
    if change.isDemo { return change }
    change.costs = AskingCost.of(
      listings.flatMap(\.series), classes: classes, providers: context.providers, keyed: Set(try context.keys().keys),
      at: try context.clock(of: store).now)
    return change
  }

  /// What was used of quotas.
  func quotas() async -> [QuotaState] { await directory.quotas() }
  /// Notes that where nothing could be added.
  func noteQuotas() async { await directory.noteQuotas(as: "asset add") }

  /// Finds out what a wish means; one of a table fails by its line.
  func add(_ wish: AssetWish) async throws {
    guard let place = wish.place else { return try await take(wish) }
    do {
      try await take(wish)
    } catch let error as NotFollowed {
      let end = error.description.hasSuffix("nothing was added") ? "" : "; nothing was added"
      throw NotFollowed("\(place): \(error)\(end)", isUsage: error.isUsage)
    }
  }

  private func take(_ wish: AssetWish) async throws {
    let listing = known[wish.typed]
    if let there = names.assets.first(where: {
      $0.asset.symbol == listing?.asset.symbol || $0.asset.symbol == wish.typed.uppercased()
        || $0.asset.symbol == wish.typed
    }) {
      return try note(there, wish)
    }
    if let listing { return try note(try entry(wish, listing)) }
    if let now = known.renamed(wish.typed) {
      let symbol = now.asset.symbol
      throw NotFollowed(
        "\(shown(wish.typed.uppercased())) is \(symbol) now (\(now.asset.name)): `appliance asset add \(symbol)`",
        isUsage: false)
    }
    let isTold = wish.assetClass != nil || !wish.symbols.isEmpty
    if !isTold, known.isMisspeltName(wish.typed) { throw unknown(wish, "is no name that is known") }
    try note(try await lookedUp(wish))
  }

  private func note(_ there: FollowedAsset, _ wish: AssetWish) throws {
    let symbol = there.asset.symbol
    guard wish.symbols.isEmpty || wish.isTakenAsItStands else {
      throw Failure(.failed, "\(symbol) is followed already; `appliance asset edit \(symbol)` changes its symbols")
    }
    var edit = AssetEdit(symbol: symbol)
    edit.groups = wish.groups.filter { !there.groups.contains($0) }
    found.withLock { [edit] change in
      if there.removedAt != nil { change.restored.append(symbol) }
      if !edit.groups.isEmpty { change.grouped.append(edit) }
      if there.removedAt == nil, edit.groups.isEmpty { change.unchanged.append(symbol) }
    }
  }

  private func note(_ listing: Listing) throws {
    // What companies file is followed where events are.
    let listing = context.followsEvents ? listing : listing.keeping { $0.key.dataset != .eventItem }
    let symbol = listing.asset.symbol
    for series in listing.series {
      guard let owner = try store.catalogue.series(series.key)?.asset, owner != symbol else { continue }
      throw Failure(
        .failed, "\(series.key.provider) \(series.key.providerSymbol) is a series of \(owner) already")
    }
    found.withLock { change in
      if !change.added.contains(where: { $0.asset.symbol == symbol }) { change.added.append(listing) }
    }
  }

  /// What the program's own table says, as far as nothing else is wished.
  private func entry(_ wish: AssetWish, _ listing: Listing) throws -> Listing {
    let series = wish.symbols.isEmpty ? listing.series : try self.series(of: listing.asset, wish.symbols)
    return wish.listing(listing, series: series)
  }

  private func lookedUp(_ wish: AssetWish) async throws -> Listing {
    let told = try await described(wish)
    var symbol = try wish.symbol()
    // A coin's symbol at Yahoo names the money too.
    let assetClass = wish.assetClass ?? told?.assetClass ?? context.wiring.assetClass(of: symbol)
    guard let assetClass else {
      throw Failure(
        .usage,
        "\(symbol) is not known, and nobody is asked; --class says what it is: "
          + AssetClass.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if assetClass == .crypto, symbol.hasSuffix("-USD") { symbol.removeLast(4) }
    let wellKnown = context.wiring.wellKnown.first { $0.symbol == symbol && $0.assetClass == assetClass }
    let name = wish.name ?? (assetClass == .crypto ? wellKnown?.name : nil) ?? told?.name ?? wellKnown?.name ?? symbol
    let asset = Asset(symbol: symbol, name: name, assetClass: assetClass)
    var symbols = wish.symbols
    if symbols["yahoo"] == nil, let told { symbols["yahoo"] = told.symbol }
    let series = try series(of: asset, symbols).map { series in told.map { series.quoted(in: $0.currency) } ?? series }
    guard !series.isEmpty else {
      throw Failure(.usage, "\(symbol): nobody is known to have it; --symbol binance=\(symbol)USDT says who")
    }
    return wish.listing(of: asset, told: told, series: series)
  }

  /// The usual series, and for every other source that was named one by the day.
  private func series(of asset: Asset, _ symbols: [ProviderName: String]) throws -> [SeriesDefinition] {
    var series = context.wiring.usualSeries(of: asset, named: symbols)
    let now = try context.clock(of: store).now
    for provider in context.providers {
      let source = provider.profile.name
      guard let symbol = symbols[source], !series.contains(where: { $0.key.provider == source }) else { continue }
      series += try SeriesWish(asset: asset, provider: provider, interval: .day1, symbol: symbol)
        .definitions(beside: series, at: now)
    }
    return series
  }

  /// What the provider that knows symbols says of it; `nil` where it was not asked.
  private func described(_ wish: AssetWish) async throws -> ToldAsset? {
    if isOffline || wish.isTakenAsItStands { return nil }
    let typed = try wish.symbol()
    let isCoin = (wish.assetClass ?? context.wiring.assetClass(of: typed)) == .crypto
    // Whoever names another source for it and not this one does not expect it here.
    if !wish.symbols.isEmpty, wish.symbols["yahoo"] == nil, isCoin { return nil }
    let asked = wish.symbols["yahoo"] ?? (isCoin && !typed.hasSuffix("-USD") ? "\(typed)-USD" : typed)
    guard let told = try await directory.description(of: asked) else {
      throw unknown(wish, "is not known to \(directory.title) either")
    }
    return told
  }

  private func unknown(_ wish: AssetWish, _ why: String) -> NotFollowed {
    NotFollowed("'\(shown(wish.typed))' \(why)\(known.meant(wish.typed)); nothing was added", isUsage: false)
  }
}

extension SeriesDefinition {
  fileprivate func quoted(in currency: String?) -> SeriesDefinition {
    guard key.provider == "yahoo", let currency else { return self }
    return SeriesDefinition(
      key: key, asset: asset, quoteCurrency: currency, priority: priority, needsKey: needsKey, basis: basis)
  }
}
