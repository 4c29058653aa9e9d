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

  /// How many of the requests are sent before the ration of the day is used up.
  package var requestsToday: Int { requests - (ration?.leftForTomorrow ?? 0) }

  /// - Parameters:
  ///   - weights: of the requests, in the order in which they are sent.
  ///   - quotas: what was used of rations; `nil` where we do not keep to them.
  init(
    _ profile: ProviderProfile, series: Int, weights: [Int], rows: Int, isKeyed: Bool, quotas: [QuotaState]?,
    at now: Instant
  ) {
    (self.profile, self.series, self.rows, requests) = (profile, series, rows, weights.count)
    ration = quotas.flatMap { PlannedRation(of: profile, isKeyed: isKeyed, $0, weights: weights, at: now) }
  }
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

  /// - Parameter weights: of the requests that would be sent, in their order.
  fileprivate init?(
    of profile: ProviderProfile, isKeyed: Bool, _ quotas: [QuotaState], weights: [Int], at now: Instant
  ) {
    guard let window = profile.politeness.windows.max(by: { $0.seconds < $1.seconds }) else { return nil }
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
      return PlannedSource(
        profile, series: lines.count, weights: lines.flatMap(\.requests).map(\.weight),
        rows: lines.reduce(0) { $0 + $1.rows }, isKeyed: keyed.contains(profile.name),
        quotas: isRationed(profile.name) ? quotas : nil, at: now)
    }
  }
}

extension PlannedSource {
  /// What it is for programs.
  ///
  /// - Parameter seconds: how long the requests of today take at the least.
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
