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
  /// Its provider said less than a day ago that it knows no such symbol.
  case denied
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
    case .denied: .unknownSymbol
    case .due: nil
    }
  }
}

extension GroupAsker {
  /// A provider that does not serve this place, or does not know a symbol, is not asked again for a day.
  private static let refusalLasts: Int64 = 86_400

  /// What this run will do about a series, as the file stands now.
  ///
  /// - Parameter window: what the first series of its group is looked at for.
  func prospect(
    of series: StoredSeries, _ provider: any Provider, window: ClosedRange<Instant>?, in store: Store
  ) throws -> Prospect {
    let isKeyless = series.needsKey && !ingest.dependencies.keyed.contains(series.key.provider)
    let last = try store.runs.lastStep(of: series.id)
    if options.retriesFailed {
      // A source without its key is not asked, so that nothing of it can have failed.
      let hasFailed = last?.outcome.hasFailed ?? true
      if isKeyless || !hasFailed { return .endedWell }
    }
    if options.isOffline { return .offline }
    if isKeyless { return .notConfigured }
    if let stretches = options.stretches?[series.key] {
      let rhythm = series.rhythm(safety: provider.profile.safety)
      return .due(Window.joined(stretches, rhythm, first: series.extent?.lowerBound))
    }
    let asking = try asking(of: series, provider, window, lastStep: last, in: store)
    guard asking.reason != nil else { return .notDue }
    return last.flatMap(refusal) ?? .due(asking.spans)
  }

  /// What a provider refused for good less than a day ago. Under another symbol a series is another one, and is asked.
  private func refusal(_ last: LastStep) -> Prospect? {
    guard (0..<GroupAsker.refusalLasts).contains(ingest.dependencies.clock.now - last.startedAt) else { return nil }
    switch last.reason {
    case .restricted: return .restricted
    case .unknownSymbol where last.outcome == .failed && !options.isForced && !options.retriesFailed: return .denied
    default: return nil
    }
  }

  /// What to ask of a series now, and why.
  private func asking(
    of series: StoredSeries, _ provider: any Provider, _ wanted: ClosedRange<Instant>?, lastStep: LastStep?,
    in store: Store
  ) throws -> Asking {
    let now = ingest.dependencies.clock.now
    let rhythm = rhythm(of: series, safety: provider.profile.safety)
    let since = try options.since ?? fallbackDepth(of: series, in: store, options)
    var window = Window(of: series, rhythm, at: now, since: since, until: options.until)
    // What stands in for another series is filled as deep as that one would be.
    if since == nil, series.key.holdsBars, let depth = wanted?.lowerBound, let usual = window.looked?.lowerBound,
      depth < usual
    {
      window = Window(of: series, rhythm, at: now, since: depth, until: options.until)
    }
    let known = try KnownKeys(of: series, in: window, lastStep: lastStep, store)
    return Asking(window, known, at: now, isForced: options.isForced)
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
  func isAnswered(
    _ prospect: Prospect, _ series: StoredSeries, _ provider: any Provider, window: ClosedRange<Instant>?,
    in store: Store
  ) throws -> Bool {
    switch prospect {
    case .endedWell: true
    case .notDue: try isComplete(series.key, provider, window, in: store)
    case .offline, .notConfigured, .restricted, .denied, .due: false
    }
  }

  /// Whether a series holds what is due, or what the user wants of it: bars from the first to the last key of the window,
  /// others the newest one.
  func isComplete(
    _ key: SeriesKey, _ provider: any Provider, _ window: ClosedRange<Instant>?, in store: Store
  ) throws -> Bool {
    guard let stored = try store.catalogue.series(key), let extent = stored.extent else { return false }
    let rhythm = stored.rhythm(safety: provider.profile.safety)
    let due = rhythm.newestDue(at: ingest.dependencies.clock.now)
    let wanted = options.until.map { min(due, rhythm.key(onOrBefore: $0)) } ?? due
    guard rhythm.reaches(wanted, newest: extent.upperBound) else { return false }
    guard key.holdsBars, let window, window.lowerBound <= wanted else { return true }
    return try completeness.missingKeys(of: stored, in: window.lowerBound...wanted) == 0
  }

  var completeness: PriceCompleteness {
    PriceCompleteness(
      store: ingest.store, providers: ingest.dependencies.providers, now: ingest.dependencies.clock.now)
  }

  /// What a group of prices is looked at for: what its first series would be; `nil` for other groups, and where the user
  /// named a stretch in which nothing is due.
  func window(of group: SeriesGroup) -> ClosedRange<Instant>? {
    guard let series = group.candidates.first(where: { $0.key.holdsBars }),
      let provider = ingest.dependencies.providers[series.key.provider]
    else { return nil }
    return Window(
      of: series, rhythm(of: series, safety: provider.profile.safety), at: ingest.dependencies.clock.now,
      since: options.since, until: options.until
    ).looked
  }
}
