import Market

/// What is used of a provider's quota in the window that is open now, or how long it wants to be left alone.
package struct QuotaUse: Sendable {
  package let provider: ProviderName
  /// Units of `Request.weight` in the window, and how many it may have.
  package let used: Int
  package let limit: Int
  /// Seconds until the window ends.
  package let secondsLeft: Int64
  /// Seconds until it may be asked again; `nil` when it may be asked now.
  package let closedFor: Int64?

  /// `nil` where nothing is used and nothing is forbidden.
  ///
  /// A window that is over, or that begins in the future because another clock wrote it, is void.
  init?(_ state: QuotaState, profile: ProviderProfile, isKeyed: Bool, at now: Instant) {
    let age = now - state.windowStart
    guard age >= 0 else { return nil }
    let isOpen = age < profile.politeness.window
    provider = state.provider
    used = isOpen ? state.used : 0
    limit = isKeyed ? profile.politeness.limitWithKey : profile.politeness.limit
    secondsLeft = isOpen ? profile.politeness.window - age : 0
    closedFor = state.notBefore.map { $0 - now }.flatMap { $0 > 0 ? $0 : nil }
    if used == 0, closedFor == nil { return nil }
  }
}
