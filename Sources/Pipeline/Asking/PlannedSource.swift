import Market

/// What a run would ask of one provider.
package struct PlannedSource: Sendable {
  /// Who would be asked.
  package let profile: ProviderProfile
  /// How many series, and questions about many of them, would be asked for.
  package let series: Int
  /// How many requests would be sent.
  package let requests: Int
  /// How many rows the answers should hold, those among them that are stored already.
  package let rows: Int
  /// What of its longest ration is left for them; `nil` where nothing is rationed.
  package let ration: PlannedRation?
}

/// How much of a ration is used, and how far the rest of it reaches.
package struct PlannedRation: Sendable {
  /// Units of `Request.weight` in so many seconds.
  package let limit: Int
  /// The length of its window.
  package let seconds: Int64
  /// Units that were used in the window that is open now.
  package let used: Int
  /// How many of the requests do not fit into it any more and wait for the next day; 0 where a window is shorter.
  package let leftForTomorrow: Int

  /// Units that are left in the window.
  package var left: Int { max(0, limit - used) }

  /// - Parameters:
  ///   - isInForce: whether we keep to it at all.
  ///   - weights: of the requests that would be sent, in their order.
  fileprivate init?(
    of profile: ProviderProfile, isKeyed: Bool, isInForce: Bool, _ quotas: [QuotaState], weights: [Int],
    at now: Instant
  ) {
    guard isInForce, let window = profile.politeness.windows.max(by: { $0.seconds < $1.seconds }) else { return nil }
    limit = isKeyed ? window.limitWithKey : window.limit
    seconds = window.seconds
    let open = quotas.first {
      $0.provider == profile.name && profile.politeness.window(of: $0) == window
        && (0..<window.seconds).contains(now - $0.windowStart)
    }
    used = open?.used ?? 0
    var (room, fitting) = (max(0, limit - used), 0)
    for weight in weights where weight <= room {
      room -= weight
      fitting += 1
    }
    leftForTomorrow = seconds >= 86_400 ? weights.count - fitting : 0
  }
}

extension RunPlan {
  /// What would be asked of each provider, without what is asked only if others fall short and what is too much for a run;
  /// in the order of the profiles.
  ///
  /// - Parameters:
  ///   - keyed: those whose key is set.
  ///   - quotas: what was used of their rations.
  ///   - isRationed: whether we keep to the rations of a provider at all.
  package func sources(
    _ profiles: [ProviderProfile], keyed: Set<ProviderName>, quotas: [QuotaState],
    isRationed: (ProviderName) -> Bool, at now: Instant
  ) -> [PlannedSource] {
    let asked = Dictionary(
      grouping: lines.filter { !$0.requests.isEmpty && !$0.isFallback && !$0.isTooMuch }, by: \.source)
    return profiles.compactMap { profile in
      guard let lines = asked[profile.name] else { return nil }
      let requests = lines.flatMap(\.requests)
      return PlannedSource(
        profile: profile, series: lines.count, requests: requests.count, rows: lines.reduce(0) { $0 + $1.rows },
        ration: PlannedRation(
          of: profile, isKeyed: keyed.contains(profile.name), isInForce: isRationed(profile.name), quotas,
          weights: requests.map(\.weight), at: now))
    }
  }
}

extension PlannedSource {
  /// What it is for programs.
  ///
  /// - Parameter seconds: how long the requests take at the least.
  package func json(atLeast seconds: Int64) -> JSONValue {
    [
      "source": .string(profile.name.description), "series": .integer(Int64(series)),
      "requests": .integer(Int64(requests)), "rows": .integer(Int64(rows)), "seconds": .integer(seconds),
      "ration": ration.map(\.json) ?? .null, "left_for_tomorrow": .integer(Int64(ration?.leftForTomorrow ?? 0)),
    ]
  }
}

extension PlannedRation {
  fileprivate var json: JSONValue {
    [
      "limit": .integer(Int64(limit)), "seconds": .integer(seconds), "used": .integer(Int64(used)),
      "left": .integer(Int64(left)),
    ]
  }
}
