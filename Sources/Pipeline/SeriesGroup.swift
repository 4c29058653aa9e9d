import Market
import Store

/// Series that answer the same question, best first: the hourly prices of one asset, the index, the flows of one asset.
struct SeriesGroup: Sendable {
  let step: StepName
  let asset: String?
  /// By priority; sampled prices after bars.
  let candidates: [StoredSeries]

  /// The groups that a run looks after, in the order in which they are shown.
  static func all(of series: [StoredSeries], _ kinds: Kinds, _ options: RunOptions) -> [SeriesGroup] {
    var groups: [SeriesGroup] = []
    for step in [StepName.prices, .sentiment, .etfFlows] where options.includes(step) {
      let members = series.filter { kinds[$0.key.dataset]?.step == step && options.includes(asset: $0.asset) }
      for asset in Set(members.map(\.asset)).sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
        let candidates = members.filter { $0.asset == asset }.sorted { $0.priority < $1.priority }
        groups.append(SeriesGroup(step: step, asset: asset, candidates: candidates))
      }
    }
    return groups
  }
}

extension Kinds {
  /// The step that brings the rows of a series.
  func step(bringing series: SeriesKey) -> StepName { self[series.dataset]?.step ?? .prices }
}
