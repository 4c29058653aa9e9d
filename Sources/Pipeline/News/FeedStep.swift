import Market
import SQLite
import Store
import Threads

/// One feed asked for what is new, and only if it may have something.
struct FeedStep: Sendable {
  let ingest: Ingest
  let run: RunID
  let feed: StoredSeries
  let provider: any Provider
  /// What it is called; its address where that is not said.
  var title: String?

  /// Seconds between two looks at a feed at the least, and at the most.
  static let shortest: Int64 = 15 * 60
  static let longest: Int64 = 6 * 3600
  /// Days over which it is counted how much a feed brings.
  private static let days: Int64 = 7

  /// - Returns: the report of the step; `nil` where the feed is not due.
  /// - Throws: only what ends the run: a fault of the file or the disk.
  func perform(_ options: RunOptions) async throws -> StepReport? {
    let now = ingest.dependencies.clock.now
    guard let request = try await ingest.recorder({ store in try due(options, at: now, in: store) }) else { return nil }
    let began = ElapsedTime()
    let id = feed.id
    let step = try await ingest.recorder { [run] store in
      try store.runs.beginStep(.news, series: id, of: run, at: now)
    }
    var report = StepReport(name: .news, series: feed.key, asset: nil, outcome: .done)
    report.title = title ?? feed.key.providerSymbol
    ingest.dependencies.onEvent(.began(report))
    let single = SingleRequest(ingest: ingest, run: run, provider: provider, repeatsItself: true)
    if let failure = try await single.ask(request, step, &report).failure {
      (report.outcome, report.reason, report.detail) = (.failed, failure.reason, failure.detail)
      if failure.reason == .interrupted { report.outcome = .interrupted }
    }
    report.seconds = began.seconds
    let final = report
    try await ingest.recorder { store in try store.runs.finish(step, final) }
    ingest.dependencies.onEvent(.ended(final))
    return final
  }

  /// What would be sent now; `nil` where the feed is not due.
  func due(_ options: RunOptions, at now: Instant, in store: Store) throws -> Request? {
    let request = provider.requests(for: Want(series: feed.key, span: now...now), at: now).first
    return try request.flatMap { try options.isForced || mayHaveNews($0, at: now, in: store) ? $0 : nil }
  }

  /// A feed that brings something most days is looked at often, one that brings little seldom, and one that did not answer
  /// as soon as any may be.
  private func mayHaveNews(_ request: Request, at now: Instant, in store: Store) throws -> Bool {
    guard let last = try store.vault.lastGoodAnswer(to: request, orBad: true) else { return true }
    if last - now > FeedStep.shortest { return true }
    // Of what bears no date it is not known how often it comes.
    let isDated = feed.extent.map { $0.upperBound.day != NewsItem.undated } ?? true
    if try store.runs.lastStep(of: feed.id)?.outcome == .failed { return now - last >= FeedStep.shortest }
    let days = try store.facts.keys(of: feed, in: now - FeedStep.days * 86_400...now).count
    return now - last >= (isDated ? FeedStep.wait(daysWithItems: days) : FeedStep.shortest)
  }

  /// Seconds between two looks at a feed that had items on so many of the last seven days.
  static func wait(daysWithItems days: Int) -> Int64 { days >= 3 ? shortest : days >= 1 ? 3600 : longest }
}

extension Ingest {
  /// The feeds side by side, a few at a time; those that are not due are counted.
  func askFeeds(_ options: RunOptions, run: RunID) async throws -> GroupAsker.Outcome {
    let steps = try await recorder { store in
      let names = Dictionary(try store.following.feeds().map { ($0.address, $0.name) }) { first, _ in first }
      return try feeds(options, in: store).map { feed in
        FeedStep(
          ingest: self, run: run, feed: feed.series, provider: feed.provider,
          title: names[feed.series.key.providerSymbol])
      }
    }
    return try await withThrowingTaskGroup(of: (Int, StepReport?).self) { tasks in
      var reports: [Int: StepReport] = [:]
      var done = 0
      for (index, step) in steps.enumerated() {
        if index >= Ingest.feedsAtOnce, let (place, report) = try await tasks.next() {
          reports[place] = report
          done += 1
        }
        if Task.isCancelled { break }
        tasks.addTask { (index, try await step.perform(options)) }
      }
      while let (place, report) = try await tasks.next() {
        reports[place] = report
        done += 1
      }
      return GroupAsker.Outcome(
        reports: reports.sorted { $0.key < $1.key }.map(\.value), notDue: done - reports.count)
    }
  }

  /// The feeds that a run looks after, each with whoever reads it.
  func feeds(_ options: RunOptions, in store: Store) throws -> [(series: StoredSeries, provider: any Provider)] {
    guard options.includes(.news), !options.isOffline, options.stretches == nil, options.intervals == nil else {
      return []
    }
    return try store.catalogue.series().filter {
      $0.key.dataset == .newsItem && $0.isAsked && options.includes($0.key)
    }.compactMap { series in
      // Others are asked by a question of their provider.
      guard let provider = dependencies.providers[series.key.provider], provider.questions.isEmpty else { return nil }
      return (series, provider)
    }
  }

  /// So many feeds are asked at the same time.
  private static let feedsAtOnce = 8
}
