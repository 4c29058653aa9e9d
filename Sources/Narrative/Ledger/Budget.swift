import Market
import Synchronization

/// What may still be spent: looked at before each call by the most that it can cost, and set right afterwards.
package final class Budget: Sendable {
  private struct State {
    var day: Spending
    var run = Spending()
    /// Of those, what is set aside for calls that are under way.
    var held = Spending()
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>
  private let dayLimit: SpendingLimit?
  private let runLimit: SpendingLimit?

  /// - Parameter spent: what the day has used so far.
  init(day dayLimit: SpendingLimit?, run runLimit: SpendingLimit?, spent: Spending) {
    self.dayLimit = dayLimit
    self.runLimit = runLimit
    state = Mutex(State(day: spent))
  }

  /// What this run has used.
  var used: Spending { state.withLock { $0.run } }

  /// Sets aside what a call can cost at most. Where it would fit but for what is set aside for others, it waits until one of
  /// them is settled, as most calls cost a part of what they may.
  ///
  /// - Returns: the setting whose limit would be passed, with it; `nil` where the call may be made.
  func reserve(_ bound: Spending) async -> String? {
    while true {
      switch attempt(bound) {
      case .granted: return nil
      case .passed(let limit): return limit
      case .wait: await settlement()
      }
    }
  }

  private enum Attempt {
    case granted
    case passed(String)
    case wait
  }

  private func attempt(_ bound: Spending) -> Attempt {
    state.withLock { state in
      if let limit = limit(passedBy: bound, on: state.day - state.held, state.run - state.held) {
        return .passed(limit)
      }
      if limit(passedBy: bound, on: state.day, state.run) != nil { return .wait }
      state.day += bound
      state.run += bound
      state.held += bound
      return .granted
    }
  }

  private func limit(passedBy more: Spending, on day: Spending, _ run: Spending) -> String? {
    if let limit = dayLimit, Budget.passes(limit, day, more) { return "LLM_BUDGET_DAY, \(limit.text)" }
    if let limit = runLimit, Budget.passes(limit, run, more) { return "LLM_BUDGET_RUN, \(limit.text)" }
    return nil
  }

  /// Waits until a call that is under way is settled; not at all where none is.
  private func settlement() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.held == Spending() { return true }
        state.waiting.append(continuation)
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  /// Puts what a call did cost in the place of what was set aside for it.
  func settle(_ bound: Spending, as actual: Spending) {
    let waiting = state.withLock { state in
      state.day += actual - bound
      state.run += actual - bound
      state.held += Spending() - bound
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private static func passes(_ limit: SpendingLimit, _ used: Spending, _ more: Spending) -> Bool {
    switch limit {
    case .tokens(let most): used.tokens + more.tokens > most
    case .money(let most): used.cost + more.cost > most
    }
  }
}

extension Spending {
  static func += (a: inout Spending, b: Spending) {
    a.tokens += b.tokens
    a.cost += b.cost
  }

  static func - (a: Spending, b: Spending) -> Spending {
    Spending(tokens: a.tokens - b.tokens, cost: a.cost - b.cost)
  }

  /// What some tokens come to.
  init(_ usage: TokenUsage, _ price: TokenPrice?) {
    self.init(tokens: (usage.input ?? 0) + (usage.output ?? 0), cost: price?.cost(of: usage) ?? 0)
  }
}
