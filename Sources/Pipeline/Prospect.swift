import Market
import Store

/// What a run will do about one series.
enum Prospect: Sendable {
  /// Only what failed is wanted, and this did not.
  case endedWell
  /// Nobody is asked.
  case offline
  /// Its provider wants a key and there is none.
  case notConfigured
  /// Its provider said less than a day ago that it does not serve this place.
  case restricted
  /// Nothing of it is due.
  case notDue
  /// It is asked for these stretches.
  case due([ClosedRange<Instant>])
}

extension Prospect {
  /// Why the series is not asked; `nil` where it is.
  var reason: StepReason? {
    switch self {
    case .endedWell, .notDue: .nothingDue
    case .offline: .offline
    case .notConfigured: .notConfigured
    case .restricted: .restricted
    case .due: nil
    }
  }
}

extension GroupAsker {
  /// A provider that does not serve this place is not asked again for a day.
  private static let restrictedFor: Int64 = 86_400

  /// What this run will do about a series, as the file stands now.
  func prospect(of series: StoredSeries, _ provider: any Provider) async throws -> Prospect {
    let isKeyless = series.needsKey && !ingest.dependencies.keyed.contains(series.key.provider)
    let last = try await ingest.recorder { store in try store.runs.lastStep(of: series.id) }
    if options.retriesFailed {
      // A source without its key is not asked, so that nothing of it can have failed.
      let hasFailed = last?.outcome.hasFailed ?? true
      if isKeyless || !hasFailed { return .endedWell }
    }
    if options.isOffline { return .offline }
    if isKeyless { return .notConfigured }
    let asking = try await asking(of: series, provider)
    guard asking.reason != nil else { return .notDue }
    let now = ingest.dependencies.clock.now
    if let last, last.reason == .restricted, (0..<GroupAsker.restrictedFor).contains(now - last.startedAt) {
      return .restricted
    }
    return .due(asking.spans)
  }

  /// What to ask of a series now, and why.
  private func asking(of series: StoredSeries, _ provider: any Provider) async throws -> Asking {
    let now = ingest.dependencies.clock.now
    let (options, rhythm) = (options, series.rhythm(safety: provider.profile.safety))
    return try await ingest.recorder { store in
      let window = Window(
        of: series, rhythm, at: now, since: try options.since ?? fallbackDepth(of: series, in: store, options),
        until: options.until)
      return Asking(
        window, try KnownKeys(of: series, in: window, store), at: now, isForced: options.isForced)
    }
  }

  /// While a series of lower priority stands in, the one it stands in for is filled as deep, so that nothing is lost
  /// from view when it is chosen again.
  private func fallbackDepth(of series: StoredSeries, in store: Store, _ options: RunOptions) throws -> Instant? {
    guard options.until == nil, series.key.holdsBars, let asset = series.asset,
      let chosen = try store.catalogue.chosenPrice(of: asset, interval: series.key.interval),
      chosen.priority > series.priority,
      ingest.dependencies.providers[chosen.key.provider] != nil  // An imported history stands in for nobody.
    else { return nil }
    return chosen.extent?.lowerBound
  }

  /// Whether a series answers for its group without being asked.
  func isAnswered(_ prospect: Prospect, _ series: StoredSeries, _ provider: any Provider) async throws -> Bool {
    switch prospect {
    case .endedWell: true
    case .notDue: try await isComplete(series.key, provider)
    case .offline, .notConfigured, .restricted, .due: false
    }
  }

  /// Whether a series reaches what is due, or what the user wants of it.
  func isComplete(_ key: SeriesKey, _ provider: any Provider) async throws -> Bool {
    guard let stored = try await ingest.recorder({ store in try store.catalogue.series(key) }),
      let extent = stored.extent
    else {
      return false
    }
    let rhythm = stored.rhythm(safety: provider.profile.safety)
    let due = rhythm.newestDue(at: ingest.dependencies.clock.now)
    let wanted = options.until.map { min(due, rhythm.key(onOrBefore: $0)) } ?? due
    return rhythm.reaches(wanted, newest: extent.upperBound)
  }
}
