import Market
import Rendering
import Store

/// What the first run that asks for some series will cost at one provider.
package struct AskingCost: Hashable, Sendable {
  /// Who is asked.
  package let provider: ProviderName
  /// Its name for people.
  package let title: String
  /// Requests that will be sent.
  package let requests: Int
  /// Seconds that they take at least, at the pace that the provider wants.
  package let seconds: Int64
  /// Seconds between two of them at least.
  package let spacing: Int64

  /// Of new series, each asked as far back as a first run does; what only stands in for another is not counted.
  ///
  /// - Parameter keyed: of whom a key is set: whoever needs one and has none costs nothing.
  package static func of(
    _ series: [SeriesDefinition], classes: [String: AssetClass], providers: [any Provider], keyed: Set<ProviderName>,
    at now: Instant
  ) -> [AskingCost] {
    var counts: [ProviderName: Int] = [:]
    for series in firstOnes(of: series) {
      guard let provider = providers.first(where: { $0.profile.name == series.key.provider }),
        !series.needsKey || keyed.contains(series.key.provider)
      else { continue }
      let rhythm = series.key.rhythm(
        of: series.asset.flatMap { classes[$0] }, safety: provider.profile.safety,
        publication: series.macro.map { Publication($0.frequency) })
      let want = Want(
        series: series.key, span: now - rhythm.firstReach...now, frequency: series.macro?.frequency,
        isKeyed: keyed.contains(series.key.provider))
      counts[series.key.provider, default: 0] += provider.requests(for: want, at: now).count
    }
    return of(counts, providers: providers, keyed: keyed)
  }

  /// Of so many requests to each.
  package static func of(
    _ counts: [ProviderName: Int], providers: [any Provider], keyed: Set<ProviderName>
  ) -> [AskingCost] {
    providers.compactMap { provider in
      counts[provider.profile.name].flatMap { $0 > 0 ? AskingCost(provider.profile, requests: $0, keyed) : nil }
    }
  }

  /// Of what may answer for another, the first.
  private static func firstOnes(of series: [SeriesDefinition]) -> [SeriesDefinition] {
    let groups = Dictionary(grouping: series) { series in
      "\(series.asset ?? series.key.providerSymbol) \(series.key.interval) \(series.key.answered.rawValue)"
    }
    return groups.values.compactMap { $0.min { $0.priority < $1.priority } }
  }

  private init(_ profile: ProviderProfile, requests: Int, _ keyed: Set<ProviderName>) {
    (provider, title, self.requests) = (profile.name, profile.title, requests)
    spacing = profile.politeness.spacing.components.seconds
    let hasKey = keyed.contains(profile.name)
    let rationed = profile.politeness.windows.map { window in
      Int64((requests - 1) / max(1, hasKey ? window.limitWithKey : window.limit)) * window.seconds
    }
    seconds = max(Int64(requests - 1) * spacing, rationed.max() ?? 0)
  }

  /// `92 requests to Yahoo Finance, 2 s apart: 3 min`
  package var words: String {
    let pace = spacing > 0 && requests > 1 ? ", \(spacing) s apart" : ""
    let time = seconds > 0 ? ": \(humanDuration(seconds: seconds))" : ""
    return "\(counted(requests, "request")) to \(title)\(pace)\(time)"
  }

  /// What it is for programs.
  package var json: JSONValue {
    [
      "source": .string(provider.description), "requests": .integer(Int64(requests)), "seconds": .integer(seconds),
    ]
  }
}
