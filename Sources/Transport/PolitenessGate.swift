import Market
import Threads

/// The door to one provider: lets requests through as the provider wants them, and remembers what it told us.
///
/// Requests wait here for their turn, so that one provider's waiting never holds up another's. An actor, because all
/// requests to a provider share its quota, its patience and its mood.
actor PolitenessGate {
  /// What one provider is granted.
  struct Rules: Sendable {
    let politeness: Politeness
    let isKeyed: Bool
    /// No ration and no spacing: the provider was moved to this machine.
    let isFree: Bool
    /// A longer spacing that the user asked for.
    let spacing: Duration?
  }

  enum Admission: Hashable, Sendable {
    /// Ask now, then call `leave()`.
    case granted
    /// Do not ask.
    case refused(TransportError)
  }

  enum Next: Hashable, Sendable {
    case end
    /// Try again, after so long and another `admit`.
    case again(after: Duration)
  }

  private let provider: ProviderName
  private let rules: Rules
  private let clock: Clock
  private let stopwatch: Stopwatch
  private let random: @Sendable () -> Double

  private let seats: Slots
  /// Whoever is next to start; the others wait behind, so that they start in the order in which they came.
  private let turn = Slots(1)
  private var window: QuotaWindow
  private var notBefore: Instant?
  private var knownSince: Instant?
  private var lastStart: Duration?
  private var patience = RetryPolicy.budget
  private var outOfReach: TransportError?

  init(
    _ provider: ProviderName, rules: Rules, state: QuotaState?, clock: Clock, stopwatch: Stopwatch,
    random: @escaping @Sendable () -> Double
  ) {
    self.provider = provider
    self.rules = rules
    self.clock = clock
    self.stopwatch = stopwatch
    self.random = random
    seats = Slots(rules.politeness.concurrency)
    let politeness = rules.politeness
    window = QuotaWindow(limit: rules.isKeyed ? politeness.limitWithKey : politeness.limit, length: politeness.window)
    // A state from this clock's future was written by another clock: nothing in it can be compared with ours.
    if let state, state.windowStart <= clock.now, state.isRepresentable {
      window.resume(from: state)
      notBefore = state.notBefore
      knownSince = state.windowStart
    }
  }

  /// Waits until the provider may be asked.
  func admit(weight: Int) async -> Admission {
    guard await seats.enter() else { return .refused(.cancelled) }
    guard await turn.enter() else {
      seats.leave()
      return .refused(.cancelled)
    }
    defer { turn.leave() }
    do {
      try await waitOutHoldOff()
      try await waitForRation(of: weight)
      try await waitForSpacing()
      // Whoever was still under way may have learned more in the meantime.
      try await waitOutHoldOff()
      try Task.checkCancellation()
      return .granted
    } catch {
      seats.leave()
      return .refused(error as? TransportError ?? .cancelled)
    }
  }

  /// Ends what `admit` granted.
  func leave() { seats.leave() }

  /// The state to keep for the next run; `nil` when there is nothing to remember.
  var quota: QuotaState? {
    guard let start = window.start ?? knownSince else { return nil }
    return QuotaState(
      provider: provider, window: window.length, windowStart: start, used: window.used, notBefore: notBefore)
  }
}

// Before a request.
extension PolitenessGate {
  /// The provider said when it wants to be asked again. That waiting is at its wish, and our patience is limited.
  private func waitOutHoldOff() async throws {
    if let outOfReach { throw outOfReach }
    guard let until = notBefore else { return }
    let seconds = until - clock.now
    if seconds > 0 {
      guard seconds <= RetryPolicy.longestWait, spendPatience(.seconds(seconds)) else {
        throw TransportError.throttled(retryAfter: seconds)
      }
      try await clock.sleep(for: .seconds(seconds))
    }
    if notBefore == until { notBefore = nil }
    try await waitOutHoldOff()
  }

  private func waitForRation(of weight: Int) async throws {
    guard !rules.isFree else { return }
    let seconds = window.wait(for: weight, at: clock.now)
    if seconds > 0 {
      guard seconds <= RetryPolicy.longestWait else { throw TransportError.throttled(retryAfter: seconds) }
      try await clock.sleep(for: .seconds(seconds))
      window.close()
    }
    window.spend(weight, at: clock.now)
  }

  private func waitForSpacing() async throws {
    guard !rules.isFree else { return }
    let spacing = max(rules.politeness.spacing, rules.spacing ?? .zero)
    // Time that was slept by a clock that does not really wait counts as passed.
    var start = max(stopwatch.now, lastStart ?? .zero)
    if let lastStart, start < lastStart + spacing {
      try await clock.sleep(for: lastStart + spacing - start)
      start = max(stopwatch.now, lastStart + spacing)
    }
    lastStart = start
  }

  private func spendPatience(_ wait: Duration) -> Bool {
    guard wait <= patience else { return false }
    patience -= wait
    return true
  }
}

// After a request.
extension PolitenessGate {
  /// Decides about another try, and remembers what the provider said about itself.
  ///
  /// - Parameter tries: made so far for this request.
  func next(after result: Result<Answer, CurlFailure>, method: Request.Method, tries: Int) -> Next {
    let wish = heedWish(in: result)
    guard RetryPolicy.isWorthAnotherTry(result, method: method), outOfReach == nil else { return .end }
    guard tries < RetryPolicy.tries else { return giveUp(result, wish) }
    if let wish, wish > 0 {
      // `admit` does the waiting, for all requests to this provider at once.
      return wish <= RetryPolicy.longestWait && .seconds(wish) <= patience ? .again(after: .zero) : .end
    }
    let wait = RetryPolicy.backOff(afterTry: tries, random: random())
    return spendPatience(wait) ? .again(after: wait) : giveUp(result, wish)
  }

  /// Seconds for which the provider asks to be left alone.
  private func heedWish(in result: Result<Answer, CurlFailure>) -> Int64? {
    guard case .success(let answer) = result, RetryPolicy.isThrottling(answer.status),
      let seconds = RetryAfter.seconds(in: answer)
    else { return nil }
    holdOff(seconds)
    return seconds
  }

  private func holdOff(_ seconds: Int64) {
    guard seconds > 0 else { return }
    let now = clock.now
    notBefore = max(notBefore ?? now, now + seconds)
    knownSince = min(knownSince ?? now, now)
  }

  private func giveUp(_ result: Result<Answer, CurlFailure>, _ wish: Int64?) -> Next {
    switch result {
    case .failure(let failure) where failure.provesUnreachable: outOfReach = failure.error
    case .success(let answer) where answer.status == 429 && wish == nil: holdOff(RetryPolicy.silence)
    default: break
    }
    return .end
  }
}

extension QuotaState {
  /// Whether time can be reckoned with it; what was read from a damaged file may hold any number.
  fileprivate var isRepresentable: Bool {
    Instant.representable.contains(windowStart) && notBefore.map(Instant.representable.contains) ?? true
  }
}
