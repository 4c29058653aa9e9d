import Market
import Store

extension Ingest {
  /// What each provider will be asked for, by the first of each group that is asked.
  func planned(_ groups: [SeriesGroup], _ asker: GroupAsker) async throws -> [PlannedSource] {
    let (quotas, now) = (await dependencies.quotas(), dependencies.clock.now)
    let asked = try await recorder { store in try groups.compactMap { try asker.first(of: $0, in: store) } }
    let sources = Dictionary(grouping: asked, by: \.provider.profile.name)
    return sources.sorted { $0.key < $1.key }.compactMap { name, series in
      guard let profile = series.first?.provider.profile else { return nil }
      return PlannedSource(
        profile, series: series.count, weights: series.flatMap { asker.weights(of: $0, at: now) }, rows: 0,
        isKeyed: dependencies.keyed.contains(name), quotas: quotas, at: now)
    }
  }
}
