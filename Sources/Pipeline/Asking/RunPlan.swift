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
    /// Who would be asked.
    package let source: ProviderName
    /// The series that would be asked for; `nil` of a question that is about many.
    package let series: SeriesKey?
    /// Symbol of its asset; `nil` for an index of a whole market, and of many.
    package let asset: String?
    /// In the order in which they would be sent; empty where nothing is asked.
    package let requests: [Request]
    /// How many rows the answers should hold, those among them that are stored already.
    package let rows: Int
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
        var (requests, rows): ([Request], Int) = ([], 0)
        if case .due(let spans) = prospect {
          requests = spans.flatMap {
            provider.requests(for: series.want($0, isKeyed: asker.isKeyed(provider)), at: dependencies.clock.now)
          }
          if !requests.isEmpty { rows = try RunPlan.rows(of: series, provider, in: spans, store) }
        }
        lines.append(
          Line(
            step: group.step, source: series.key.provider, series: series.key, asset: series.asset, requests: requests,
            rows: rows, isFallback: isFallback,
            reason: prospect.reason ?? (requests.isEmpty ? .nothingDue : nil),
            isTooMuch: requests.count > SeriesStep.mostRequests && options.since == nil))
        guard !store.catalogue.isCrossChecked(series.key) else { continue }
        if try asker.isAnswered(prospect, series, provider, window: window, in: store) { break }
        isFallback = isFallback || !requests.isEmpty
      }
    }
    self.lines = try lines + RunPlan.questions(options, store, ingest) + RunPlan.feeds(options, store, ingest)
  }

  /// How many rows are expected of a series in some stretches; of flows one for each fund.
  private static func rows(
    of series: StoredSeries, _ provider: any Provider, in spans: [ClosedRange<Instant>], _ store: Store
  ) throws -> Int {
    let rhythm = series.rhythm(safety: provider.profile.safety)
    let keys = spans.reduce(0) { $0 + rhythm.count(after: $1.lowerBound - 1, through: $1.upperBound) }
    guard series.key.dataset == .etfFlow, let asset = series.asset else { return keys }
    return try keys * max(1, store.catalogue.tickers(ofFundsHolding: asset).count)
  }

  /// The feeds that may have news; nothing of those that are not due.
  private static func feeds(_ options: RunOptions, _ store: Store, _ ingest: Ingest) throws -> [Line] {
    try ingest.feeds(options, in: store).compactMap { feed in
      let step = FeedStep(ingest: ingest, run: RunID(0), feed: feed.series, provider: feed.provider)
      guard let request = try step.due(options, at: ingest.dependencies.clock.now, in: store) else { return nil }
      return Line(
        step: .news, source: feed.series.key.provider, series: feed.series.key, asset: nil, requests: [request],
        rows: 0,
        isFallback: false, reason: nil, isTooMuch: false)
    }
  }

  /// What is asked about no series of its own; nothing of what is not due.
  private static func questions(_ options: RunOptions, _ store: Store, _ ingest: Ingest) throws -> [Line] {
    let (now, disabled) = (ingest.dependencies.clock.now, try store.following.disabledSources())
    return try ingest.questions(options, disabled).compactMap { question, provider in
      let step = QuestionStep(ingest: ingest, run: RunID(0), question: question, provider: provider)
      guard let (requests, series) = try step.due(options, at: now, in: store), !requests.isEmpty else { return nil }
      return Line(
        step: question.step, source: provider.profile.name, series: nil, asset: nil, requests: requests, rows: series,
        isFallback: false, reason: nil, isTooMuch: false)
    }
  }
}

extension RunPlan.Line {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "step": .string(step.rawValue), "asset": .optional(asset), "source": .string(source.description),
      "fallback": .bool(isFallback), "reason": .optional(reason?.rawValue),
      "too_many": .bool(isTooMuch), "rows": .integer(Int64(rows)),
      "requests": .array(requests.map { .string("\($0.method.rawValue) \($0.target)") }),
    ]
  }
}
