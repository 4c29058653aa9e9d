import Market

/// All quota windows of one provider. Pure.
struct Ration: Hashable, Sendable {
  private let provider: ProviderName
  private var windows: [QuotaWindow]

  init(_ politeness: Politeness, of provider: ProviderName, isKeyed: Bool) {
    self.provider = provider
    windows = politeness.windows.map {
      QuotaWindow(limit: isKeyed ? $0.limitWithKey : $0.limit, length: $0.seconds)
    }
  }

  /// Goes on from what an earlier run used of the window with this length in seconds.
  mutating func resume(from state: QuotaState, window seconds: Int64) {
    for index in windows.indices where windows[index].length == seconds { windows[index].resume(from: state) }
  }

  /// Seconds until `weight` more units fit into each window; 0 when they fit now.
  func wait(for weight: Int, at now: Instant) -> Int64 {
    windows.map { $0.wait(for: weight, at: now) }.max() ?? 0
  }

  /// Begins those windows anew that are waited out now, on a clock that need not have moved.
  mutating func close(fullFor weight: Int, at now: Instant) {
    for index in windows.indices where windows[index].wait(for: weight, at: now) > 0 { windows[index].close() }
  }

  /// Counts a request that is sent now.
  mutating func spend(_ weight: Int, at now: Instant) {
    for index in windows.indices { windows[index].spend(weight, at: now) }
  }

  /// Takes back a request that was counted and did not leave this machine.
  mutating func refund(_ weight: Int, countedAt instant: Instant) {
    for index in windows.indices { windows[index].refund(weight, countedAt: instant) }
  }

  /// The states to keep for the next run.
  ///
  /// - Parameters:
  ///   - notBefore: when the provider wants to be asked again; stands with the first window.
  ///   - known: since when anything is known, for a first window in which nothing is used.
  func states(notBefore: Instant?, known: Instant?) -> [QuotaState] {
    if windows.isEmpty, let known {
      return [QuotaState(provider: provider, window: 0, windowStart: known, used: 0, notBefore: notBefore)]
    }
    return windows.enumerated().compactMap { index, window in
      let isFirst = index == 0
      guard let start = window.start ?? (isFirst ? known : nil) else { return nil }
      return QuotaState(
        provider: provider, window: window.length, windowStart: start, used: window.used,
        notBefore: isFirst ? notBefore : nil)
    }
  }
}
