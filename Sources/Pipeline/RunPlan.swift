import Market
import Store

/// What a run would ask now, without asking.
package struct RunPlan: Sendable {
  /// What one series would be asked for.
  package struct Line: Sendable {
    package let step: StepName
    package let series: SeriesKey
    package let asset: String?
    package let requests: [Request]
    /// Whether it is asked only if the sources before it fall short.
    package let isFallback: Bool
    /// Why nothing is asked.
    package let reason: StepReason?
  }
  package let lines: [Line]

  /// - Parameter store: opened for reading, or a scratch one where there is no file yet.
  package init(_ options: RunOptions, store: Store, _ dependencies: Ingest.Dependencies) async throws {
    let ingest = Ingest(store: store, dependencies)
    let asker = GroupAsker(ingest: ingest, run: RunID(0), options: options)
    var lines: [Line] = []
    for group in SeriesGroup.all(of: try store.series(), store.kinds, options) {
      var isFallback = false
      for series in group.candidates {
        guard let provider = dependencies.providers[series.key.provider] else { continue }
        let isKeyless = series.needsKey && !dependencies.keyed.contains(series.key.provider)
        let window = try await asker.window(of: series, provider)
        let requests =
          isKeyless || options.isOffline
          ? []
          : window.spans.flatMap {
            provider.requests(for: Want(series: series.key, span: $0), at: dependencies.clock.now)
          }
        lines.append(
          Line(
            step: group.step, series: series.key, asset: series.asset, requests: requests, isFallback: isFallback,
            reason: options.isOffline ? .offline : isKeyless ? .notConfigured : requests.isEmpty ? .nothingDue : nil))
        isFallback = isFallback || (!store.isCrossChecked(series.key) && !requests.isEmpty)
      }
    }
    self.lines = lines
  }
}
