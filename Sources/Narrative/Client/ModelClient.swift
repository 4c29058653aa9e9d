import Formats
import Market
import SQLite
import Store
import Synchronization
import Threads

/// Asks one model: what was asked before is not asked again, what can be spent is looked at before, and every answer is in
/// the vault before it is read.
package final class ModelClient: Sendable {
  package let settings: ModelSettings
  let ledger: ModelLedger
  let rules: GuardRules
  private let profile: ProviderProfile
  private let transport: any Transport
  private let budget: Budget
  private let dialect: Mutex<ChatDialect>
  private let isLocal: Bool
  private let isAnew: Bool
  private let tally = Mutex(StepCounts())

  /// - Parameters:
  ///   - profile: how its server is asked, as `transport` knows it.
  ///   - isLocal: whether that is on this machine, where a model may take its time.
  ///   - isAnew: whether what was asked before is asked again.
  ///   - day: the day to whose budget it counts.
  package init(
    _ settings: ModelSettings, profile: ProviderProfile, over transport: any Transport, store: Store, rules: GuardRules,
    isLocal: Bool, isAnew: Bool = false, on day: Day
  ) throws {
    self.settings = settings
    self.profile = profile
    self.transport = transport
    self.rules = rules
    self.isLocal = isLocal
    self.isAnew = isAnew
    ledger = ModelLedger(store)
    dialect = Mutex(ChatDialect(settings.kind))
    budget = Budget(day: settings.dayLimit, run: settings.runLimit, spent: try ledger.spent(on: day))
  }

  /// What this run has used so far.
  package var used: Spending { budget.used }
  /// Requests and bytes of this run.
  package var counts: StepCounts { tally.withLock { $0 } }

  /// What came of a question.
  enum Reply: Sendable {
    case read(CallReading, call: Int64)
    case fault(ModelFault)
    /// Nothing was asked, or nothing came back.
    case silence(Silence)
  }

  /// Why there is no answer.
  enum Silence: Hashable, Sendable {
    case budget(String)
    case transport(TransportError)
  }

  /// The answer to a question: the one that is kept, else that of the server. A field that the server refuses is asked for
  /// otherwise, each once.
  func ask(_ request: ModelRequest) async throws -> Reply {
    var dialect = dialect.withLock { $0 }
    while true {
      let reply = try await ask(request, in: dialect)
      guard case .fault(let fault) = reply, fault.action == .change, let adapted = dialect.adapted(to: fault) else {
        return reply
      }
      dialect = adapted
      self.dialect.withLock { $0 = adapted }
    }
  }

  private func ask(_ request: ModelRequest, in dialect: ChatDialect) async throws -> Reply {
    let body = dialect.body(of: request)
    let identity = identity(of: request, body)
    if !isAnew, let kept = try await blocking({ [ledger] in try ledger.answer(to: identity) }) {
      return try await read(kept)
    }
    let bound = Spending(identity.bound, settings.price)
    if let limit = await budget.reserve(bound) { return .silence(.budget(limit)) }
    // Whatever goes wrong, what may have been paid for is not given back.
    var spent = bound
    defer { budget.settle(bound, as: spent) }
    let roundTrip = await transport.roundTrip(
      .post(
        body, contentType: "application/json", to: profile.name, path: "/chat/completions",
        timeLimit: isLocal ? 600 : 120))
    count(roundTrip)
    let kept = try await blocking { [ledger, profile] in
      try ledger.keep(try PackedRoundTrip(roundTrip), as: identity, of: profile)
    }
    guard let kept else {
      let error: TransportError = if case .failure(let error)? = roundTrip.last?.result { error } else { .cancelled }
      if roundTrip.last?.hasLeft != true { spent = Spending() }
      return .silence(.transport(error))
    }
    let reply = try await read(kept)
    if case .read(let reading, _) = reply {
      spent = Spending(reading.booked.usage, settings.price)
    } else {
      spent = Spending()
    }
    return reply
  }

  /// Reads an answer that is in the vault, and notes what it comes to.
  private func read(_ kept: ModelLedger.Kept) async throws -> Reply {
    try await blocking { [ledger, rules] in
      let answer = try ledger.store.vault.keptAnswer(kept.fetch)
      let reading = CallReading(sent: answer.request.body, answer.answer, rules)
      try ledger.note(kept.call, reading)
      return ModelFault(answer.answer).map(Reply.fault) ?? .read(reading, call: kept.call)
    }
  }

  private func identity(of request: ModelRequest, _ body: [UInt8]) -> ModelLedger.Identity {
    ModelLedger.Identity(
      purpose: request.purpose, model: request.model, input: PackedBody.hash(of: body), price: settings.price,
      bound: TokenUsage(input: Int64(body.count), output: Int64(request.maxOutput)))
  }

  private func count(_ roundTrip: RoundTrip) {
    tally.withLock { $0.add(roundTrip) }
  }
}
