import Market
import Threads

/// The door to one provider: lets requests through as the provider wants them, and remembers what it told us.
///
/// Requests wait here for their turn, so that one provider's waiting never holds up another's. An actor, because all
/// requests to a provider share its rations and its moods.
actor PolitenessGate {
  /// What one provider is granted.
  struct Rules: Sendable {
    let politeness: Politeness
    let patience: Patience
    let verdict: @Sendable (Answer) -> RetryVerdict?
    let isKeyed: Bool
    /// No ration and no spacing: the provider was moved to this machine.
    let isFree: Bool
    /// A longer spacing that the user asked for.
    let spacing: Duration?
    /// Whether each server that a request names has moods of its own.
    let hasManyServers: Bool
  }

  /// What one request was let through with; shown again at `leave`.
  struct Pass: Hashable, Sendable {
    /// How long the transfer may take, as far as patience goes.
    let transfer: Duration
    /// When it was counted.
    let countedAt: Instant
  }

  enum Admission: Hashable, Sendable {
    /// Ask now, then call `leave`.
    case granted(Pass)
    /// Do not ask.
    case refused(TransportError)
  }

  enum Next: Hashable, Sendable {
    case end
    /// Try again, after so long and another `admit`.
    case again(after: Duration)
  }

  private let rules: Rules
  private let clock: Clock
  private let stopwatch: Stopwatch
  private let random: @Sendable () -> Double

  private let seats: Slots
  /// Whoever is next to start; the others wait behind, so that they start in the order in which they came.
  private let turn = Slots(1)
  private var ration: Ration
  /// By the server that a request names; one for all of a provider's own.
  private var moods: [RequestHost?: Mood] = [:]
  private var knownSince: Instant?
  private var lastStart: Duration?

  init(
    _ provider: ProviderName, rules: Rules, states: [QuotaState], clock: Clock, stopwatch: Stopwatch,
    random: @escaping @Sendable () -> Double
  ) {
    self.rules = rules
    self.clock = clock
    self.stopwatch = stopwatch
    self.random = random
    seats = Slots(rules.politeness.concurrency)
    ration = Ration(rules.politeness, of: provider, isKeyed: rules.isKeyed)
    var mood = Mood(rules.patience)
    // A state from this clock's future was written by another clock: nothing in it can be compared with ours.
    for state in states where state.windowStart <= clock.now && state.isRepresentable {
      if let window = rules.politeness.window(of: state) { ration.resume(from: state, window: window.seconds) }
      if let until = state.notBefore { mood.notBefore = max(until, mood.notBefore ?? until) }
      knownSince = min(state.windowStart, knownSince ?? state.windowStart)
    }
    moods[nil] = mood
  }

  /// Waits until the provider may be asked.
  func admit(_ request: Request) async -> Admission {
    guard await seats.enter() else { return .refused(.cancelled) }
    do {
      // One server among many that wants to be left alone for a while holds up none of the others.
      if rules.hasManyServers { try await waitOutHoldOff(by: request) }
      guard await turn.enter() else { throw TransportError.cancelled }
      defer { turn.leave() }
      try await waitOutHoldOff(by: request)
      try await waitForRation(of: request.weight)
      try await waitForSpacing()
      // Whoever was still under way may have learned more in the meantime.
      try await waitOutHoldOff(by: request)
      try Task.checkCancellation()
      return .granted(start(request))
    } catch {
      seats.leave()
      return .refused(error as? TransportError ?? .cancelled)
    }
  }

  /// Ends what `admit` granted.
  ///
  /// - Parameter hasLeft: whether any of the request may have left this machine; otherwise it does not count.
  func leave(_ request: Request, _ pass: Pass, hasLeft: Bool) {
    seats.leave()
    self[request].end(at: stopwatch.now)
    if !hasLeft, !rules.isFree { ration.refund(request.weight, countedAt: pass.countedAt) }
  }

  /// The states to keep for the next run.
  ///
  /// What a server said that a request named is forgotten: it does not hold for its provider's other servers.
  var quotas: [QuotaState] { ration.states(notBefore: moods[nil]?.notBefore, known: knownSince) }

  /// The mood of the server that a request is meant for.
  private subscript(request: Request) -> Mood {
    get { moods[server(of: request)] ?? Mood(rules.patience) }
    set { moods[server(of: request)] = newValue }
  }

  private func server(of request: Request) -> RequestHost? { rules.hasManyServers ? request.host : nil }
}

// Before a request.
extension PolitenessGate {
  /// The provider said when it wants to be asked again. That waiting is at its wish, and our patience is limited.
  private func waitOutHoldOff(by request: Request) async throws {
    if let error = self[request].givenUp { throw error }
    guard let until = self[request].notBefore else { return }
    let seconds = until - clock.now
    if seconds > 0 {
      guard seconds <= RetryPolicy.longestWait, self[request].spend(.seconds(seconds)) else {
        throw TransportError.throttled(retryAfter: seconds)
      }
      try await clock.sleep(for: .seconds(seconds))
    }
    if self[request].notBefore == until { self[request].notBefore = nil }
    try await waitOutHoldOff(by: request)
  }

  private func waitForRation(of weight: Int) async throws {
    guard !rules.isFree else { return }
    let seconds = ration.wait(for: weight, at: clock.now)
    guard seconds > 0 else { return }
    guard seconds <= RetryPolicy.longestWait else { throw TransportError.rationed(retryAfter: seconds) }
    try await clock.sleep(for: .seconds(seconds))
    ration.close(fullFor: weight, at: clock.now)
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

  private func start(_ request: Request) -> Pass {
    let now = clock.now
    if !rules.isFree { ration.spend(request.weight, at: now) }
    let left = max(self[request].transferLeft(at: stopwatch.now), Mood.shortestTransfer)
    self[request].begin(at: stopwatch.now)
    return Pass(transfer: left, countedAt: now)
  }
}

// After a request.
extension PolitenessGate {
  /// Decides about another try, and remembers what the provider said about itself.
  ///
  /// - Parameter tries: made so far for this request.
  func next(after result: Result<Answer, CurlFailure>, to request: Request, tries: Int) -> Next {
    let judgement = Judgement(result, to: request, verdict: rules.verdict)
    if let wish = judgement.holdOff { holdOff(wish, by: request) }
    if judgement.isWhole {
      self[request].setBack(at: stopwatch.now)
    } else if !result.isCancelled {
      self[request].fail()
      if self[request].hasFailedTooOften || !self[request].hasTransferLeft(at: stopwatch.now) {
        abandon(request, after: result, judgement)
      }
    }
    guard judgement.isWorthAnotherTry, self[request].givenUp == nil else { return .end }
    guard tries < self[request].tries else { return giveUp(result, judgement, request) }
    if let wish = judgement.holdOff, wish > 0 {
      // `admit` does the waiting, for all requests to this provider at once.
      return wish <= RetryPolicy.longestWait && self[request].bears(.seconds(wish)) ? .again(after: .zero) : .end
    }
    return wait(afterTry: tries, result, judgement, request)
  }

  private func wait(
    afterTry number: Int, _ result: Result<Answer, CurlFailure>, _ judgement: Judgement, _ request: Request
  ) -> Next {
    let delay = judgement.delay ?? 0
    guard delay <= RetryPolicy.longestWait else { return .end }
    let wait = max(RetryPolicy.backOff(afterTry: number, random: random()), .seconds(delay))
    if self[request].spend(wait) { return .again(after: wait) }
    // One that wants no more than the usual back-off has been waited for over and over.
    if delay == 0, !judgement.isThrottled { abandon(request, after: result, judgement) }
    return giveUp(result, judgement, request)
  }

  private func holdOff(_ seconds: Int64, by request: Request) {
    guard seconds > 0 else { return }
    let now = clock.now
    self[request].notBefore = max(self[request].notBefore ?? now, now + seconds)
    if server(of: request) == nil { knownSince = min(knownSince ?? now, now) }
  }

  /// Leaves a server alone for good.
  private func abandon(_ request: Request, after result: Result<Answer, CurlFailure>, _ judgement: Judgement) {
    switch result {
    case .success where judgement.isThrottled:
      let silence = judgement.holdOff ?? RetryPolicy.silence
      if judgement.holdOff == nil { holdOff(silence, by: request) }
      self[request].givenUp = .throttled(retryAfter: silence)
    case .success(let answer): self[request].givenUp = .outOfOrder(status: answer.status)
    case .failure(let failure): self[request].givenUp = failure.error
    }
  }

  private func giveUp(_ result: Result<Answer, CurlFailure>, _ judgement: Judgement, _ request: Request) -> Next {
    if case .failure(let failure) = result, failure.provesUnreachable {
      self[request].givenUp = failure.error
    } else if judgement.isThrottled, judgement.holdOff == nil {
      holdOff(RetryPolicy.silence, by: request)
    }
    return .end
  }
}

extension Result<Answer, CurlFailure> {
  fileprivate var isCancelled: Bool {
    if case .failure(let failure) = self { failure.error == .cancelled } else { false }
  }
}

extension QuotaState {
  /// Whether time can be reckoned with it; what was read from a damaged file may hold any number.
  fileprivate var isRepresentable: Bool {
    Instant.representable.contains(windowStart) && notBefore.map(Instant.representable.contains) ?? true
  }
}
