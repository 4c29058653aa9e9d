import Following
import Formats
import Market
import Rendering
import Store

extension CommandContext {
  /// The file as it stands; where there is none, an empty one in memory that follows what the settings say.
  ///
  /// - Parameter command: of one that writes to it afterwards.
  package func followed(toWriteAs command: String? = nil) throws -> Store {
    if let store = try readerIfThere(toWriteAs: command) { return store }
    let scratch = try Store.scratch()
    try scratch.following.register(universe, providers: profiles)
    return scratch
  }

  /// Brings a file to what the settings say is followed. One of invented data is brought to what its capture is about,
  /// as nothing else will ever come, unless UNIVERSE is set; without a capture it is left as it is.
  func bringFollowed(_ store: Store, by capture: Capture? = nil) throws {
    var followed = universe
    if try store.origin() == .demo {
      guard let capture else { return }
      if !capture.follows.isEmpty, settings.explicit(.universe) == nil {
        followed = wiring.universe(following: capture.follows).catalogue
      }
    }
    try store.following.register(followed, providers: profiles)
  }

  /// Writes down what the user decided about what is followed, in a file that is brought to what the settings say first;
  /// it is made where there is none.
  ///
  /// - Parameter quotas: what was used of them meanwhile.
  package func decide(_ decisions: [CatalogueDecision], as command: String, quotas: [QuotaState] = []) throws {
    try change(as: command) { store in
      if !decisions.isEmpty { try store.following.decide(decisions, at: try clock(of: store).now) }
      if !quotas.isEmpty { try store.following.note(quotas) }
    }
  }

  /// Changes something in a file that is brought to what the settings say first; it is made where there is none.
  package func change(as command: String, _ body: (Store) throws -> Void) throws {
    let store = try writer(command: command)
    try bringFollowed(store)
    try body(store)
    try store.checkFooting()
    store.close()
  }

  /// Notes what was used of quotas, and nothing else, in a file that is there.
  package func note(_ quotas: [QuotaState], as command: String) throws {
    let store = try writer(command: command)
    try store.following.note(quotas)
    try store.checkFooting()
    store.close()
  }

  /// Who can be asked under a name, in any letter case.
  package func provider(_ typed: String, flag: String) throws -> any Provider {
    let names = profiles.map(\.name.description)
    guard let found = providers.first(where: { $0.profile.name.description == typed.lowercased() }) else {
      throw Failure(
        .usage,
        "\(flag): there is no source '\(shown(typed))'\(meantText(typed, among: names)); there are "
          + names.joined(separator: ", "))
    }
    return found
  }

  /// What `--symbol yahoo=X,polygon=Y` says.
  package func providerSymbols(_ values: [String]) throws -> [ProviderName: String] {
    var symbols: [ProviderName: String] = [:]
    for pair in try split(values, flag: "--symbol") {
      guard let sign = pair.firstIndex(of: "="), sign > pair.startIndex, pair.index(after: sign) < pair.endIndex else {
        throw Failure(.usage, "--symbol: '\(shown(pair))' is no source and symbol; write it like yahoo=BRK-B")
      }
      let name = try provider(String(pair[..<sign]), flag: "--symbol").profile.name
      let symbol = try providerSymbol(String(pair[pair.index(after: sign)...]))
      guard symbols.updateValue(symbol, forKey: name) == nil else {
        throw Failure(.usage, "--symbol names \(name) twice")
      }
    }
    return symbols
  }

  /// The series that a source is asked for beside what is followed of an asset.
  package func wanted(
    _ asset: Asset, at provider: any Provider, _ interval: Interval, as symbol: String?, in store: Store
  ) throws -> [SeriesDefinition] {
    let source = provider.profile.name
    let stored = try store.catalogue.series(of: asset.symbol)
    let there = stored.filter(\.isAsked).first { $0.key.provider == source && $0.key.holdsBars }
    guard
      let symbol = try symbol.map(providerSymbol) ?? there?.key.providerSymbol ?? wiring.symbol(of: asset, at: source)
    else {
      throw Failure(
        .usage,
        "\(provider.profile.title) is not known to have \(asset.symbol); if it does, "
          + "`appliance series add \(shellWord(asset.symbol)) --source \(source) --interval \(interval) --symbol …` "
          + "says under what name")
    }
    let beside = stored.map {
      SeriesDefinition(key: $0.key, asset: $0.asset, quoteCurrency: $0.quoteCurrency, priority: $0.priority)
    }
    let series = try SeriesWish(asset: asset, provider: provider, interval: interval, symbol: symbol)
      .definitions(beside: beside, at: try clock(of: store).now)
    for series in series {
      if let owner = try store.catalogue.series(series.key)?.asset, owner != asset.symbol {
        throw Failure(.failed, "\(source) \(shown(symbol)) is a series of \(owner)")
      }
    }
    return series
  }
}
