import Market

/// What is used of one of a provider's quotas in the window that is open now, or how long it wants to be left alone.
package struct QuotaUse: Sendable {
  /// Whose quota it is.
  package let provider: ProviderName
  /// Units of `Request.weight` in the window, and how many it may have.
  package let used: Int
  /// Units that the window may have, with the key where one is set.
  package let limit: Int
  /// Seconds until the window ends.
  package let secondsLeft: Int64
  /// Seconds until it may be asked again; `nil` when it may be asked now.
  package let closedFor: Int64?

  /// `nil` where nothing is used and nothing is forbidden, and where the provider has no such quota any more.
  ///
  /// A window that is over, or that begins in the future because another clock wrote it, is void.
  init?(_ state: QuotaState, profile: ProviderProfile, isKeyed: Bool, at now: Instant) {
    let age = now - state.windowStart
    guard age >= 0 else { return nil }
    let window = profile.politeness.window(of: state)
    if window == nil, state.notBefore == nil { return nil }
    let length = window?.seconds ?? 0
    let isOpen = age < length
    provider = state.provider
    used = isOpen ? state.used : 0
    limit = window.map { isKeyed ? $0.limitWithKey : $0.limit } ?? 0
    secondsLeft = isOpen ? length - age : 0
    closedFor = state.notBefore.map { $0 - now }.flatMap { $0 > 0 ? $0 : nil }
    if used == 0, closedFor == nil { return nil }
  }
}
