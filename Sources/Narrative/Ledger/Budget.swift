import Market
import Synchronization

/// What may still be spent: looked at before each call by the most that it can cost, and set right afterwards.
package final class Budget: Sendable {
  private struct State {
    var day: Spending
    var run = Spending()
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

  /// Sets aside what a call can cost at most.
  ///
  /// - Returns: the setting whose limit would be passed, with it; `nil` where the call may be made.
  func reserve(_ bound: Spending) -> String? {
    state.withLock { state in
      if let limit = dayLimit, Budget.passes(limit, state.day, bound) { return "LLM_BUDGET_DAY, \(limit.text)" }
      if let limit = runLimit, Budget.passes(limit, state.run, bound) { return "LLM_BUDGET_RUN, \(limit.text)" }
      state.day += bound
      state.run += bound
      return nil
    }
  }

  /// Puts what a call did cost in the place of what was set aside for it.
  func settle(_ bound: Spending, as actual: Spending) {
    state.withLock { state in
      state.day += actual - bound
      state.run += actual - bound
    }
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
