extension QuotaState {
  /// A state whose window was not noted.
  package init(provider: ProviderName, windowStart: Instant, used: Int, notBefore: Instant? = nil) {
    self.init(provider: provider, window: 0, windowStart: windowStart, used: used, notBefore: notBefore)
  }
}

extension Politeness {
  /// The window that a state is about: the first where that was not noted; `nil` where the provider has none of that length
  /// any more.
  package func window(of state: QuotaState) -> Window? {
    state.window == 0 ? windows.first : windows.first { $0.seconds == state.window }
  }
}
