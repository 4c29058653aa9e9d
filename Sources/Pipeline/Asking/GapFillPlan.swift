import Following
import Market
import Store

/// Which bars are missing, and which sources with a key are asked for them.
package struct GapFillPlan: Sendable {
  /// One for an asset and interval at most, by symbol.
  package private(set) var fills: [GapFill] = []
  /// Series that are to be there for it and are not.
  package private(set) var additions: [SeriesDefinition] = []
  /// Series of which bars are missing that no other source here has, whoever may have them.
  package private(set) var lacking: [StoredSeries] = []

  private let store: Store
  private let now: Instant
  private let sources: [any Provider]
  private let keyed: Set<ProviderName>
  private let wanted: @Sendable (Asset, any Provider, Interval) -> [SeriesDefinition]?

  /// - Parameters:
  ///   - assets: symbols; `nil` for all that are followed.
  ///   - providers: everybody; those that want a key, have one and are not switched off are asked.
  ///   - wanted: the series by which a source is asked for an asset's bars; `nil` where it has none.
  package init(
    of assets: [String]?, in store: Store, providers: [any Provider], keyed: Set<ProviderName>, at now: Instant,
    wanted: @escaping @Sendable (Asset, any Provider, Interval) -> [SeriesDefinition]?
  ) throws {
    (self.store, self.now, self.keyed, self.wanted) = (store, now, keyed, wanted)
    let disabled = try store.following.disabledSources()
    sources = providers.filter { provider in
      let profile = provider.profile
      return profile.credential?.isRequired == true && keyed.contains(profile.name) && !disabled.contains(profile.name)
    }
    for asset in try store.following.assets() where asset.removedAt == nil {
      guard assets?.contains(asset.asset.symbol) ?? true else { continue }
      for interval in Interval.allCases { try add(asset.asset, interval) }
    }
  }

  /// Whether there is a source with a key beside one of those that lack something.
  package var hasSources: Bool {
    lacking.contains { series in sources.contains { $0.profile.name != series.key.provider } }
  }

  /// Requests to each source.
  package var requests: [ProviderName: Int] {
    fills.reduce(into: [:]) { $0[$1.provider.profile.name, default: 0] += $1.requests(at: now) }
  }

  private mutating func add(_ asset: Asset, _ interval: Interval) throws {
    let series = try store.catalogue.series(of: asset.symbol).filter { $0.key.holdsBars && $0.key.interval == interval }
    guard
      let shown = try store.catalogue.chosenPrice(of: asset.symbol, interval: interval)
        ?? series.first(where: { $0.isAsked && $0.count > 0 })
    else { return }
    let others = series.filter { $0.id != shown.id && $0.count > 0 }
    let gaps = try store.gaps.all(of: shown.id).filter { gap in
      try gap.reason.mayBeElsewhere && !others.contains { try holds($0, gap.span) }
    }
    guard !gaps.isEmpty else { return }
    lacking.append(shown)
    let offers = try sources.filter { $0.profile.name != shown.key.provider }.compactMap {
      try offer(of: $0, shown, gaps, asset, beside: series)
    }
    guard let best = offers.min(by: { cost($0.fill) < cost($1.fill) }) else { return }
    fills.append(best.fill)
    additions += best.new
  }

  /// What a source would be asked for, and the series that it takes; `nil` where it has nothing to offer.
  private func offer(
    of provider: any Provider, _ shown: StoredSeries, _ gaps: [Gap], _ asset: Asset, beside series: [StoredSeries]
  ) throws -> (fill: GapFill, new: [SeriesDefinition])? {
    let there = series.first { $0.key.provider == provider.profile.name }
    let new = there == nil ? wanted(asset, provider, shown.key.interval) ?? [] : []
    guard let filler = there?.key ?? new.first(where: { $0.key.holdsBars })?.key,
      let fill = try GapFill(of: shown, gaps, from: provider, into: filler, in: store, at: now),
      fill.requests(at: now) > 0
    else { return nil }
    return (fill, new.filter { $0.key.dataset != .corporateAction })
  }

  /// Whether another series has all that is missing.
  private func holds(_ series: StoredSeries, _ span: ClosedRange<Instant>) throws -> Bool {
    let rhythm = series.rhythm()
    guard let first = rhythm.firstKey(in: span), let last = rhythm.lastKey(in: span) else { return false }
    return try store.facts.absences(of: series, expectedBy: rhythm, in: first...last).isEmpty
  }

  private func cost(_ fill: GapFill) -> Int64 {
    AskingCost.of([fill.provider.profile.name: fill.requests(at: now)], providers: sources, keyed: keyed)
      .reduce(0) { $0 + $1.seconds }
  }
}
