/// How a provider wants to be asked.
package struct Politeness: Hashable, Sendable {
  /// A ration: at most so many units of `Request.weight` in so many seconds.
  package struct Window: Hashable, Sendable {
    package let limit: Int
    /// With a key; the same as `limit` where a key changes nothing.
    package let limitWithKey: Int
    /// What tells the windows of a provider apart: no two of them are of one length.
    package let seconds: Int64

    package init(limit: Int, limitWithKey: Int? = nil, seconds: Int64) {
      self.limit = limit
      self.limitWithKey = limitWithKey ?? limit
      self.seconds = seconds
    }
  }

  /// All of them hold at once: five a minute and 25 a day. Empty where nothing is rationed.
  package let windows: [Window]
  /// Requests under way at the same time.
  package let concurrency: Int
  /// The least time between the starts of two requests.
  package let spacing: Duration

  package init(windows: [Window], concurrency: Int, spacing: Duration = .zero) {
    self.windows = windows
    self.concurrency = concurrency
    self.spacing = spacing
  }

  /// The usual case of a single window.
  package init(limit: Int, window: Int64, limitWithKey: Int? = nil, concurrency: Int, spacing: Duration = .zero) {
    self.init(
      windows: [Window(limit: limit, limitWithKey: limitWithKey, seconds: window)], concurrency: concurrency,
      spacing: spacing)
  }
}

/// How long one server is borne with before it is left alone for the rest of a run. A whole answer that need not be asked
/// for again sets all of it back; waiting for our own ration and spacing is no part of it.
package struct Patience: Hashable, Sendable {
  /// Failed tries in a row, the first included.
  package let tries: Int
  /// Back-off and `Retry-After` together. Where a provider wishes for more, it is not waited for.
  package let waiting: Duration
  /// Transfers without a whole answer; the time in which several run side by side counts once.
  package let transfer: Duration

  /// Three tries, 15 seconds of waiting, a minute of transfer. Something slow, such as a model, may be given more.
  package init(tries: Int = 3, waiting: Duration = .seconds(15), transfer: Duration = .seconds(60)) {
    self.tries = tries
    self.waiting = waiting
    self.transfer = transfer
  }
}

extension Politeness {
  /// The window that a state is about: the first where that was not noted; `nil` where there is none of that length any
  /// more.
  package func window(of state: QuotaState) -> Window? {
    state.window == 0 ? windows.first : windows.first { $0.seconds == state.window }
  }
}
