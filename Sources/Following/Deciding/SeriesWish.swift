import Market
import Rendering

/// A series that is to be asked for besides those of the catalogue.
package struct SeriesWish: Sendable {
  /// What it is about.
  package let asset: Asset
  /// Who is to be asked.
  package let provider: any Provider
  /// The length of its bars.
  package let interval: Interval
  /// What the provider calls the asset.
  package let symbol: String

  /// A wish for bars.
  package init(asset: Asset, provider: any Provider, interval: Interval, symbol: String) {
    (self.asset, self.provider, self.interval, self.symbol) = (asset, provider, interval, symbol)
  }

  private var source: ProviderName { provider.profile.name }

  /// What is to be asked: the bars with what comes beside them; with days also the splits and dividends that the source
  /// lists, if it does.
  ///
  /// - Parameters:
  ///   - beside: what is followed of the asset: the new series stands behind it.
  /// - Throws: where the provider does not serve such bars.
  package func definitions(beside series: [SeriesDefinition], at now: Instant) throws(NotFollowed) -> [SeriesDefinition]
  {
    let served = intervals(at: now)
    guard served.contains(interval) else {
      let known =
        served.isEmpty
        ? "it tells no bars of \(shown(symbol))" : "it has \(served.map(\.rawValue).joined(separator: ", "))"
      throw NotFollowed("\(provider.profile.title) has no bars of \(interval); \(known)")
    }
    let bars = key(.bar, interval)
    // Nothing is split or paid of a coin.
    var wanted = [bars] + bars.companions.filter { asset.assetClass != .crypto || $0.dataset != .corporateAction }
    let acts = key(.corporateAction, .day1)
    if interval == .day1, [.stock, .fund].contains(asset.assetClass), !wanted.contains(acts), asks(for: acts, at: now) {
      wanted.append(acts)
    }
    return wanted.map { definition($0, beside: series) }
  }

  private func key(_ dataset: Dataset, _ interval: Interval) -> SeriesKey {
    SeriesKey(dataset: dataset, provider: source, providerSymbol: symbol, interval: interval)
  }

  private func definition(_ key: SeriesKey, beside series: [SeriesDefinition]) -> SeriesDefinition {
    let others = series.filter {
      $0.key.dataset == key.dataset && $0.key.interval == key.interval && $0.key != key
    }
    return SeriesDefinition(
      key: key, asset: asset.symbol,
      quoteCurrency: currency(beside: series),
      priority: (others.map(\.priority).max() ?? 0) + 1, needsKey: provider.profile.credential?.isRequired ?? false,
      basis: key.dataset == .bar ? PriceBasis(of: source) : .asTraded)
  }

  /// That of the source's other series; a coin has another one at each exchange, all else the same everywhere.
  private func currency(beside series: [SeriesDefinition]) -> String {
    if let own = series.first(where: { $0.key.provider == source })?.quoteCurrency { return own }
    if asset.assetClass == .crypto { return source == "binance" ? "USDT" : "USD" }
    return series.first { $0.quoteCurrency != nil }?.quoteCurrency ?? "USD"
  }

  /// Of which intervals the provider would ask for bars.
  private func intervals(at now: Instant) -> [Interval] {
    Interval.allCases.filter { asks(for: key(.bar, $0), at: now) }
  }

  private func asks(for key: SeriesKey, at now: Instant) -> Bool {
    // Twenty days hold a week that is over, and reach no further back than anybody does.
    !provider.requests(for: Want(series: key, span: now - 20 * 86_400...now), at: now).isEmpty
  }
}
