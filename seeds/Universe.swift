import Market

/// What can be followed, and what is when nobody says otherwise.
package enum Universe {
  /// Everything that can be followed with a word, in the order of its table.
  package static let listings: [Listing] = {
    rows(of: table).compactMap { row in
      AssetClass(rawValue: row[2]).map { assetClass in
        listing(Asset(symbol: row[0], name: row[1], assetClass: assetClass), row, namesOfCoins[row[0]] ?? [])
      }
    }
  }()

  /// What coins are called at Binance, Coinbase, Kraken and CoinGecko; empty where one of them does not have it.
  static let namesOfCoins = Dictionary(
    uniqueKeysWithValues: rows(of: coinSymbols).map { ($0[0], Array($0.dropFirst())) })

  /// What is followed of the names of groups and assets, an asset perhaps of one interval only: `core`, `BTC`, `BTC:1h`;
  /// and of those of the world around them: `macro`, `mood`, `news`, `events`, `themes`, or an economic series by its id:
  /// `GDP`.
  ///
  /// - Returns: the catalogue, and the names that are none.
  package static func catalogue(following names: [String]) -> (catalogue: Catalogue, unknown: [String]) {
    var (chosen, unknown): ([String: Listing], [String]) = ([:], [])
    let world = names.filter { worlds[$0.lowercased()] != nil }.map { $0.lowercased() }
    for name in names {
      let (symbol, interval) = parted(name)
      let meant = listings.filter {
        $0.asset.symbol.caseInsensitiveEquals(symbol) || interval == nil && $0.groups.contains(symbol.lowercased())
      }
      if meant.isEmpty, worlds[name.lowercased()] == nil, figures(named: name).isEmpty { unknown.append(name) }
      for listing in meant {
        let narrow = interval.map { interval in listing.keeping { $0.key.interval == interval } } ?? listing
        let known = chosen[listing.asset.symbol]?.series ?? []
        chosen[listing.asset.symbol] = listing.keeping { known.contains($0) || narrow.series.contains($0) }
      }
    }
    let groups = Set(world + (names.contains { $0.lowercased() == "core" } ? ["news"] : []))
    let around = groups.sorted().flatMap { worlds[$0] ?? [] } + names.flatMap(figures)
    let rules = world.contains("events") ? eventRules : .none
    let followed = listings.compactMap { chosen[$0.asset.symbol] }.map { listing in
      // What companies file belongs to the events.
      world.contains("events") ? listing : listing.keeping { $0.key.dataset != .eventItem }
    }
    return (catalogue(of: followed, distinct(around), rules), unknown)
  }

  /// Each series once: a name may stand for one that is in a group too, a release be followed for its figures and as an event.
  private static func distinct(_ series: [SeriesDefinition]) -> [SeriesDefinition] {
    var met: Set<SeriesKey> = []
    return series.filter { met.insert($0.key).inserted }
  }

  private static func parted(_ name: String) -> (symbol: String, interval: Interval?) {
    guard let colon = name.lastIndex(of: ":"),
      let interval = Interval(rawValue: String(name[name.index(after: colon)...]))
    else { return (name, nil) }
    return (String(name[..<colon]), interval)
  }

  private static func catalogue(of followed: [Listing], _ around: [SeriesDefinition], _ rules: EventRules) -> Catalogue
  {
    let symbols = Set(followed.map(\.asset.symbol))
    let flows = Self.flows.filter { symbols.contains($0.asset ?? "") }
    let others = sentiment + flows + around
    return Catalogue(
      edition: edition(of: followed, others) + rules.text, listings: followed,
      funds: funds.filter { symbols.contains($0.asset) }, others: others, events: rules)
  }

  /// All that a catalogue says.
  private static func edition(of followed: [Listing], _ others: [SeriesDefinition]) -> String {
    (followed.map(\.text) + others.map(\.text)).joined(separator: "\n")
  }

  static func rows(of table: String) -> [[String]] {
    table.split(separator: "\n").map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
  }
}

extension Listing {
  fileprivate var text: String {
    let known = [asset.symbol, asset.name, asset.assetClass.rawValue, sector ?? "", calendar?.rawValue ?? ""]
    return (known + groups + formerSymbols + series.map(\.text)).joined(separator: "|")
  }
}

extension SeriesDefinition {
  fileprivate var text: String {
    let known = macro.map { " \($0.title) \($0.units ?? "") \($0.frequency.rawValue) \($0.release ?? 0)" }
    return "\(key.dataset.rawValue) \(key) \(priority) \(basis.rawValue)\(known ?? "")"
  }
}

extension EventRules {
  fileprivate var text: String {
    let known =
      figures.map { "\($0.title) \($0.country) \($0.id) \($0.transform) \($0.months) \($0.scale) \($0.unit.rawValue)" }
      + releases.map { "\($0.number) \($0.title) \($0.clock) \($0.importance) \($0.told.joined(separator: ";"))" }
    return known.map { "\n\($0)" }.joined()
  }
}

extension String {
  fileprivate func caseInsensitiveEquals(_ other: String) -> Bool { uppercased() == other.uppercased() }
}
