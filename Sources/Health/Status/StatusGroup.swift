import Market
import SQLite
import Store

/// Series that are shown together: the prices of one class of assets, sentiment, fund flows, feeds.
package struct StatusGroup: Sendable {
  /// In the order in which they are shown; the raw value is for programs.
  package enum Kind: String, CaseIterable, Sendable {
    case cryptoPrices = "crypto_prices"
    case stockPrices = "stock_prices"
    case fundPrices = "fund_prices"
    case commodityPrices = "commodity_prices"
    case indexPrices = "index_prices"
    case currencyPrices = "currency_prices"
    case otherPrices = "other_prices"
    case sentiment
    case macro
    case fundFlows = "fund_flows"
    case news
    case events
    case themes

    init(_ series: StoredSeries) {
      switch (series.key.dataset, series.assetClass) {
      case (.sentiment, _), (.moodComponent, _): self = .sentiment
      case (.macroObservation, _), (.macroRelease, _): self = .macro
      case _ where series.isOfMacro: self = .macro
      case (.etfFlow, _): self = .fundFlows
      case (.newsItem, _): self = .news
      case (.eventItem, _): self = .events
      case (.themeValue, _): self = .themes
      case (_, .crypto): self = .cryptoPrices
      case (_, .stock): self = .stockPrices
      case (_, .fund): self = .fundPrices
      case (_, .commodity): self = .commodityPrices
      case (_, .index): self = .indexPrices
      case (_, .currency): self = .currencyPrices
      case (_, nil): self = .otherPrices
      }
    }

    /// `Crypto prices`
    package var title: String {
      let words = rawValue.split(separator: "_").joined(separator: " ")
      return words.prefix(1).uppercased() + String(words.dropFirst())
    }
  }

  /// What they have in common.
  package let kind: Kind
  /// By asset, dataset and priority.
  package let states: [SeriesState]

  /// How many hold what was due.
  package var onTime: Int { states.count { $0.standing == .onTime } }
  /// How many do not.
  package var late: Int { states.count(where: \.isLate) }
  /// Rows of all of them.
  package var rows: Int { states.reduce(0) { $0 + $1.series.count } }
  /// Gaps of all of them that may yet be filled: the sum of what each series tells, and what `gaps` lists.
  package var gaps: Int { states.reduce(0) { $0 + ($1.gaps?.count ?? 0) } }
  /// Keys missing in those gaps.
  package var missing: Int { states.reduce(0) { $0 + ($1.gaps?.missing ?? 0) } }
  /// The one that reaches furthest.
  package var newest: SeriesState? {
    states.filter { $0.reach != nil && !$0.series.key.isBeside }.max {
      ($0.reach?.epochSeconds ?? 0) < ($1.reach?.epochSeconds ?? 0)
    }
  }
}

extension StatusGroup {
  /// The series of a file, judged and grouped.
  ///
  /// - Parameters:
  ///   - keyed: providers whose key is set.
  ///   - looked: when series that go by that were last asked for with success.
  ///   - news: what is known of feeds and of questions for news.
  package static func all(
    of file: StoreStatus, profiles: [ProviderProfile], keyed: Set<ProviderName>, looked: [SeriesID: Instant] = [:],
    news: NewsLooks, at now: Instant
  ) -> [StatusGroup] {
    let profiles = Dictionary(profiles.map { ($0.name, $0) }) { first, _ in first }
    let answering = AnsweringSeries(of: file, known: Set(profiles.keys), keyed: keyed)
    let sampled = file.series.filter { $0.key.holdsSamples && $0.count > 0 }
    let states = file.series.map { series in
      SeriesState(
        series, gaps: file.gaps[series.id], profile: profiles[series.key.provider],
        isKeyed: keyed.contains(series.key.provider), isAnswering: answering.ids.contains(series.id),
        samples: !series.key.holdsBars
          ? nil : sampled.first { $0.asset == series.asset && $0.key.interval == series.key.interval },
        looked: looked[series.id], news: news, at: now)
    }
    let groups = Dictionary(grouping: states) { Kind($0.series) }
    return Kind.allCases.compactMap { kind in groups[kind].map { StatusGroup(kind: kind, states: $0) } }
  }
}

/// The series that should be up to date: of several that answer the same question the chosen one, else the first by
/// priority; of fund flows each, as a second source of them is a cross-check.
private struct AnsweringSeries {
  private struct Question: Hashable {
    let isPrice: Bool
    let asset: String?
    /// Of what has no asset.
    let name: String?
    let interval: Interval
  }

  let ids: Set<SeriesID>

  init(of file: StoreStatus, known: Set<ProviderName>, keyed: Set<ProviderName>) {
    let candidates = file.series.filter { series in
      series.isAsked && !series.key.isBeside && known.contains(series.key.provider)
        && (!series.needsKey || keyed.contains(series.key.provider))
    }
    // Each feed tells something else.
    let alone = candidates.filter { $0.key.holdsFlows || $0.key.dataset == .newsItem }
    let others = Dictionary(
      grouping: candidates.filter { !$0.key.holdsFlows && $0.key.dataset != .newsItem }
    ) { series in
      Question(
        isPrice: !series.key.holdsMood, asset: series.asset,
        name: series.asset == nil ? series.key.providerSymbol : nil, interval: series.key.interval)
    }
    let best = others.values.compactMap { series in
      series.first { file.chosen.contains($0.id) } ?? series.min { $0.priority < $1.priority }
    }
    ids = Set((alone + best).map(\.id))
  }
}
