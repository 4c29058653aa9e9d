import Market
import Store

/// Series that answer the same question, best first: the prices of one asset at one interval, the index, the flows of one
/// asset.
struct SeriesGroup: Sendable {
  let step: StepName
  let asset: String?
  let interval: Interval
  /// By priority; sampled prices after bars.
  let candidates: [StoredSeries]

  /// The groups that a run looks after, in the order in which they are shown.
  ///
  /// - Parameter added: what the user asked for himself: it stands in for nothing, and is asked whoever answered before.
  static func all(
    of series: [StoredSeries], added: Set<SeriesKey> = [], _ kinds: Kinds, _ options: RunOptions
  ) -> [SeriesGroup] {
    var groups: [SeriesGroup] = []
    for step in [StepName.prices, .sentiment, .etfFlows, .macro, .news] where options.includes(step) {
      let members = series.filter {
        guard $0.isAsked || options.stretches?[$0.key] != nil, let kind = kinds[$0.key.dataset] else { return false }
        return kinds.step(bringing: $0) == step && kind.comesAlone && options.includes(asset: $0.asset)
          && options.includes($0.key)
      }
      for wanted in Set(members.map(Wanted.init)).sorted() {
        let candidates = members.filter { Wanted($0) == wanted }.sorted { $0.priority < $1.priority }
        let alone = candidates.dropFirst().filter { added.contains($0.key) }
        for candidates in [candidates.filter { !alone.contains($0) }] + alone.map({ [$0] }) {
          groups.append(
            SeriesGroup(step: step, asset: wanted.asset, interval: wanted.interval, candidates: candidates))
        }
      }
    }
    return groups
  }

}

/// What several series may answer. Samples stand in for bars; of all else only the same answers the same, and of what has no
/// asset only what bears the same name.
private struct Wanted: Hashable, Comparable {
  let asset: String?
  let name: String
  let interval: Interval
  let dataset: Dataset

  init(_ series: StoredSeries) {
    asset = series.asset
    name = series.asset == nil ? series.key.providerSymbol : ""
    interval = series.key.interval
    dataset = series.key.answered
  }

  static func < (a: Wanted, b: Wanted) -> Bool {
    (a.asset ?? "", a.name, a.interval.seconds, a.dataset.rawValue)
      < (b.asset ?? "", b.name, b.interval.seconds, b.dataset.rawValue)
  }
}

extension Kinds {
  /// The step that brings the rows of a series.
  func step(bringing series: SeriesKey) -> StepName { self[series.dataset]?.step ?? .prices }

  /// The same of one that is stored: what is followed as an economic figure comes with those, bars too.
  func step(bringing series: StoredSeries) -> StepName {
    series.isOfMacro ? .macro : step(bringing: series.key)
  }
}

extension StoredSeries {
  /// What is wanted of it.
  ///
  /// - Parameter isKeyed: whether a key of its provider goes along.
  func want(_ span: ClosedRange<Instant>, tickers: [String] = [], isKeyed: Bool) -> Want {
    Want(series: key, span: span, tickers: tickers, frequency: publication?.frequency, isKeyed: isKeyed)
  }
}
