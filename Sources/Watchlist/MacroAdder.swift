import Commands
import Following
import Market
import Rendering
import Store

/// Follows an economic series: looks up what it measures, and notes it as the user's decision.
struct MacroAdder {
  let context: CommandContext
  let directory: any MacroDirectory
  /// What the user says of it himself; what is `nil` is looked up.
  let title: String?
  let units: String?
  let frequency: Frequency?
  let isOffline: Bool

  /// What became of it.
  struct Outcome {
    let series: SeriesDefinition
    let isNew: Bool
    let isEdited: Bool
  }

  private var profile: ProviderProfile { directory.profile }

  /// - Throws: where the provider does not know it, or does not answer; nothing is changed then.
  func add(_ typed: String, in store: Store) async throws -> Outcome {
    let id = directory.spelled(typed)
    let stored = try store.catalogue.series(key(id))
    let isAsked = stored?.isAsked ?? false
    let isSaid = title != nil || units != nil || frequency != nil
    if let known = stored?.macro, isAsked, !isSaid {
      return Outcome(series: definition(id, known), isNew: false, isEdited: false)
    }
    let (told, quotas) = try await told(of: id, stored?.macro, store)
    let macro = MacroSeries(
      title: title ?? told.title, units: units ?? told.units, frequency: frequency ?? told.frequency,
      release: told.release)
    let series = definition(id, macro)
    // When it is published is asked once for all that is published with it.
    let release = macro.release.map { number in
      SeriesDefinition(
        key: SeriesKey(
          dataset: .macroRelease, provider: profile.name, providerSymbol: "\(number)", interval: .day1), asset: nil,
        quoteCurrency: nil, priority: 1, needsKey: true)
    }
    try context.decide(
      [.addSeries(series)] + (release.map { [.addSeries($0)] } ?? []), as: "series add", quotas: quotas)
    return Outcome(series: series, isNew: !isAsked, isEdited: isAsked)
  }

  /// What is known of it, else what its source says.
  private func told(
    of id: String, _ known: MacroSeries?, _ store: Store
  ) async throws -> (MacroSeries, [QuotaState]) {
    if let known { return (known, []) }
    let isDemo = try store.origin() == .demo
    let isDisabled = try store.following.disabledSources().contains(profile.name)
    let requests = try directory.requests(
      about: id, isKeyed: context.keys()[profile.name] != nil, at: context.clock.now)
    guard !requests.isEmpty else {
      throw Failure(.usage, "\(profile.title) has no series '\(shown(id))'; \(directory.idHint)")
    }
    if isOffline || isDemo || isDisabled {
      guard let frequency = frequency ?? directory.usualFrequency else {
        throw Failure(.usage, "series add: without asking, --frequency says how often values of \(shown(id)) come")
      }
      return (MacroSeries(title: id, units: nil, frequency: frequency), [])
    }
    return try await asked(id, requests, quotas: store.runs.quotas())
  }

  private func asked(
    _ id: String, _ requests: [Request], quotas: [QuotaState]
  ) async throws -> (MacroSeries, [QuotaState]) {
    let network = try context.network(quotas: quotas)
    defer { network.shutDown() }
    var answers: [(answer: Answer, request: Request)] = []
    for request in requests {
      switch try await Interruption.cancelling({ await network.roundTrip(request) }).last?.result {
      case .success(let answer): answers.append((answer, request))
      case .failure(.cancelled): throw Failure(.interrupted)
      case .failure(let error): throw Failure(.unreachable, "\(profile.title) \(error); nothing was changed")
      case nil: throw Failure(.unreachable, "\(profile.title) was not asked; nothing was changed")
      }
    }
    do {
      return (try directory.description(of: id, in: answers), await network.quotas())
    } catch {
      switch error {
      case .unknownSymbol(let words):
        throw Failure(.failed, "\(profile.title) does not know \(shown(words)); nothing was changed")
      case .keyRefused: throw Failure(.keyMissing, "\(profile.title): \(error); nothing was changed")
      default: throw Failure(.unreachable, "\(profile.title) \(error); nothing was changed")
      }
    }
  }

  private func key(_ id: String) -> SeriesKey {
    SeriesKey(dataset: directory.described, provider: profile.name, providerSymbol: id, interval: .day1)
  }

  private func definition(_ id: String, _ macro: MacroSeries) -> SeriesDefinition {
    SeriesDefinition(key: key(id), asset: nil, quoteCurrency: nil, priority: 1, macro: macro)
  }
}
