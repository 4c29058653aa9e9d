import Following
import Market
import SQLite
import Store

/// What a run would ask now, without asking.
package struct RunPlan: Sendable {
  /// What one series would be asked for.
  package struct Line: Sendable {
    /// The part of the run that would ask.
    package let step: StepName
    /// The series that would be asked for.
    package let series: SeriesKey
    /// Symbol of its asset; `nil` for an index of a whole market.
    package let asset: String?
    /// In the order in which they would be sent; empty where nothing is asked.
    package let requests: [Request]
    /// Whether it is asked only if the sources before it fall short.
    package let isFallback: Bool
    /// Why nothing is asked.
    package let reason: StepReason?
    /// Whether they are more than a run sends that was not told since when.
    package let isTooMuch: Bool
  }
  /// Group by group, in each the sources in the order in which they would be asked.
  package let lines: [Line]

  /// - Parameter store: opened for reading, or a scratch one where there is no file yet.
  package init(_ options: RunOptions, store: Store, _ dependencies: Ingest.Dependencies) throws {
    let ingest = Ingest(store: store, dependencies)
    let added = Set(try store.following.addedSeries())
    let asker = GroupAsker(ingest: ingest, run: RunID(0), options: options, added: added)
    var lines: [Line] = []
    for group in SeriesGroup.all(of: try store.catalogue.series(), added: added, store.kinds, options) {
      var isFallback = false
      let window = asker.window(of: group)
      for series in group.candidates {
        guard let provider = dependencies.providers[series.key.provider] else { continue }
        let prospect = try asker.prospect(of: series, provider, window: window, in: store)
        var requests: [Request] = []
        if case .due(let spans) = prospect {
          requests = spans.flatMap {
            provider.requests(for: Want(series: series.key, span: $0), at: dependencies.clock.now)
          }
        }
        lines.append(
          Line(
            step: group.step, series: series.key, asset: series.asset, requests: requests, isFallback: isFallback,
            reason: prospect.reason ?? (requests.isEmpty ? .nothingDue : nil),
            isTooMuch: requests.count > SeriesStep.mostRequests && options.since == nil))
        guard !store.catalogue.isCrossChecked(series.key) else { continue }
        if try asker.isAnswered(prospect, series, provider, window: window, in: store) { break }
        isFallback = isFallback || !requests.isEmpty
      }
    }
    self.lines = lines
  }
}

extension RunPlan.Line {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "step": .string(step.rawValue), "asset": .optional(asset), "source": .string(series.provider.description),
      "fallback": .bool(isFallback), "reason": .optional(reason?.rawValue),
      "too_many": .bool(isTooMuch),
      "requests": .array(requests.map { .string("\($0.method.rawValue) \($0.target)") }),
    ]
  }
}
