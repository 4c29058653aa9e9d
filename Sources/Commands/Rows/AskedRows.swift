import Following
import Market
import Metrics
import Rendering
import Schema
import Store

/// What `show` and `export` were asked for by their words: a dataset, or the prices of one or several assets.
struct AskedRows {
  let dataset: NamedDataset
  /// The assets that were named; `nil` for all rows.
  let assets: [String]?
  /// The length of a bar.
  let step: Int64
  /// What the rows are, in a line for people.
  let heading: String
  /// The shorter bars of which these are folded as they are read; `nil` where they are stored.
  let foldedFrom: Interval?
  /// What a file of them is called, its ending aside: `BTC-ETH`, `SPY_1d`; `nil` for that of the dataset.
  let fileName: String?

  /// - Parameters:
  ///   - words: one dataset, or symbols; commas part them too.
  ///   - asset: what `--asset` says.
  /// - Throws: wrong usage that says what would be right.
  init(
    _ words: [String], asset: [String], group: [String] = [], interval: Interval?, _ store: Store
  ) throws {
    let names = try split(words, flag: "what to show")
    guard let first = names.first else { throw Failure(.usage, "name an asset or a dataset, such as BTC") }
    if let dataset = names.lazy.compactMap(NamedDataset.named).first {
      guard names.count == 1 else {
        throw Failure(
          .usage,
          "\(dataset.name) is a dataset, and one is taken at a time; narrow it with --asset, or name assets only")
      }
      try self.init(dataset, asset: asset, group: group, interval: interval, store)
      return
    }
    let known = try store.catalogue.assets().map(\.symbol)
    if asset.isEmpty, group.isEmpty, interval == nil, Store.symbol(first, in: known) == nil,
      let ids = try store.observed(names)
    {
      try self.init(observationsOf: ids, store)
      return
    }
    var symbols: [String] = []
    for name in names {
      guard let symbol = Store.symbol(name, in: known) else { throw try AskedRows.unknown(name, known, store) }
      if !symbols.contains(symbol) { symbols.append(symbol) }
    }
    guard asset.isEmpty, group.isEmpty else {
      throw Failure(
        .usage, "\(group.isEmpty ? "--asset" : "--group") goes with a dataset; \(symbols.first ?? first) is an asset")
    }
    try self.init(pricesOf: symbols, interval, store)
  }

  private static func unknown(_ name: String, _ assets: [String], _ store: Store) throws -> Failure {
    let followed = try store.following.assets()
    if let now = followed.first(where: { $0.formerSymbols.contains(name.uppercased()) }) {
      return Failure(.usage, "\(shown(name.uppercased())) is \(now.asset.symbol) now (\(now.asset.name))")
    }
    let listed =
      assets.count > 12
      ? "there are \(assets.count) assets, which `appliance asset list` shows"
      : "the assets are \(assets.joined(separator: ", "))"
    return Failure(
      .usage,
      "there is neither an asset nor a dataset '\(shown(name))'"
        + meantText(name, among: assets + NamedDataset.all.map(\.name))
        + "; \(listed); the datasets are \(NamedDataset.names)")
  }

  private init(
    _ dataset: NamedDataset, asset: [String], group: [String], interval: Interval?, _ store: Store
  ) throws {
    if let interval {
      let folding =
        dataset.holdsBars
        ? ": `appliance export BTC --interval \(interval)` has those of an asset, folded if need be" : ""
      throw Failure(
        .usage,
        "--interval goes with an asset; \(dataset.name) is a dataset, whose rows are as they are stored\(folding)")
    }
    if !asset.isEmpty || !group.isEmpty, !dataset.hasAssets {
      throw Failure(
        .usage,
        "\(group.isEmpty ? "--asset" : "--group"): the rows of \(dataset.name) are about no asset; leave it away")
    }
    self.dataset = dataset
    assets = try store.symbols(asset, groups: group)
    step = Interval.hour1.seconds
    heading = "\(dataset.name): \(dataset.title)"
    foldedFrom = nil
    fileName = nil
  }

  /// What was published last of each period.
  private init(observationsOf ids: [String], _ store: Store) throws {
    dataset = .observations(of: ids)
    (assets, step, foldedFrom) = (nil, Interval.day1.seconds, nil)
    fileName = ids.joined(separator: "-").replacing("/", with: "-").replacing(":", with: "-")
    let series = try store.catalogue.series().filter { $0.macro != nil }
    heading = ids.map { id in
      let macro = series.first { $0.key.providerSymbol == id }?.macro
      return "\(id): \(macro?.title ?? "an economic series")\(macro?.units.map { ", \($0)" } ?? "")"
    }.joined(separator: "; ")
  }

  /// At the interval asked for; else hours, else the shortest at which all of them have prices.
  private init(pricesOf symbols: [String], _ interval: Interval?, _ store: Store) throws {
    let chosen = try symbols.map { symbol in
      try ([.hour1] + Interval.allCases.filter { $0 != .hour1 }).compactMap {
        try store.catalogue.chosenPrice(of: symbol, interval: $0)
      }
    }
    let priced = chosen.filter { !$0.isEmpty }
    foldedFrom = interval.flatMap { AskedRows.parts(of: $0, in: priced) }
    if let interval, foldedFrom == nil { try AskedRows.check(interval, of: symbols, chosen) }
    let shared = priced.first?.map(\.key.interval).first { interval in
      priced.allSatisfy { series in series.contains { $0.key.interval == interval } }
    }
    if interval == nil, shared == nil, priced.count > 1 {
      throw Failure(
        .usage, "\(symbols.joined(separator: ", ")) have prices at no interval that they share; show each by itself")
    }
    let interval = interval ?? shared ?? .hour1
    dataset = .prices(interval)
    assets = symbols
    step = interval.seconds
    // A symbol may bear what parts folders.
    fileName =
      symbols.map { $0.replacing("/", with: "-") }.joined(separator: "-")
      + (interval == .hour1 ? "" : "_\(interval)")
    let stored = foldedFrom ?? interval
    heading =
      try zip(symbols, chosen).map { symbol, series in
        try AskedRows.heading(symbol, series.first { $0.key.interval == stored }, store)
      }.joined(separator: "; ") + (foldedFrom == nil ? "" : ", folded into \(interval)")
  }

  /// The shorter bars that all have, where none has bars of that length.
  private static func parts(of interval: Interval, in priced: [[StoredSeries]]) -> Interval? {
    func have(_ interval: Interval) -> Int { priced.count { $0.contains { $0.key.interval == interval } } }
    guard let parts = BarFold.parts(of: interval), !priced.isEmpty, have(interval) == 0 else { return nil }
    return have(parts) == priced.count ? parts : nil
  }

  private static func check(_ interval: Interval, of symbols: [String], _ chosen: [[StoredSeries]]) throws {
    for (symbol, series) in zip(symbols, chosen) where !series.contains(where: { $0.key.interval == interval }) {
      guard !series.isEmpty else { continue }
      let intervals = enumeration(series.map(\.key.interval.rawValue))
      throw Failure(
        .usage,
        "\(symbol) has no prices at \(interval), only at \(intervals); "
          + "days: `appliance show daily_market_snapshot --asset \(symbol)`")
    }
  }

  private static func heading(_ symbol: String, _ series: StoredSeries?, _ store: Store) throws -> String {
    if let series { return "\(symbol) at \(series.key)" + (series.quoteCurrency.map { " in \($0)" } ?? "") }
    let hasSamples = try store.catalogue.series().contains {
      $0.asset == symbol && $0.key.holdsSamples && $0.count > 0
    }
    return hasSamples
      ? "\(symbol): no bars yet, only sampled prices: `appliance show price_point --asset \(symbol)`"
      : "\(symbol): no prices yet"
  }
}
