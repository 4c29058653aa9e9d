import Market
import Store

/// Has a model write the text about one day of one subject: asked once, a second time where sentences could not be kept.
struct SummaryWriter: Sendable {
  let client: ModelClient
  /// What assets are called, by symbol.
  let names: [String: String]

  /// What became of a text.
  enum Outcome: Sendable {
    case written(SummaryRow)
    /// The model had no text that can be kept, for this reason.
    case nothing(String)
    /// Nobody is to be asked any more in this run.
    case stopped(RoundStop)
  }

  /// The question about a text of the rules.
  static func request(_ data: PromptData, _ settings: ModelSettings) -> ModelRequest {
    ModelRequest(
      purpose: DayPrompt.purpose, model: settings.model,
      messages: [.init(role: .system, text: DayPrompt.system), .init(role: .user, text: DayPrompt.question(data))],
      maxOutput: settings.maxOutput)
  }

  /// Writes beside what the rules wrote.
  func write(beside row: SummaryRow) async throws -> Outcome {
    guard let reader = FactReader(row) else { return .nothing("its facts cannot be read") }
    let data = reader.data(names: names, language: client.settings.language)
    return try await write(data, row, mayShorten: true)
  }

  private func write(_ data: PromptData, _ row: SummaryRow, mayShorten: Bool) async throws -> Outcome {
    let request = SummaryWriter.request(data, client.settings)
    switch try await client.ask(request) {
    case .silence(let silence): return .stopped(RoundStop(silence))
    case .fault(let fault):
      if fault.action == .shorten, mayShorten, let shorter = data.shortened {
        return try await write(shorter, row, mayShorten: false)
      }
      return RoundStop(fault).map(Outcome.stopped) ?? .nothing(fault.message)
    case .read(let reading, let call):
      guard reading.answer.finish == .complete, let text = reading.answer.text else {
        return .nothing(reading.answer.detail ?? reading.answer.finish.name)
      }
      let complaint = SummaryWriter.complaint(about: reading)
      guard let complaint else { return outcome(reading.judged, call, row) }
      return try await second(request.continued(text, complaint), after: reading, call, row)
    }
  }

  private static func complaint(about reading: CallReading) -> String? {
    if let fault = reading.formFault { return DayPrompt.complaint(aboutForm: fault) }
    guard let dropped = reading.judged?.dropped, !dropped.isEmpty else { return nil }
    return DayPrompt.complaint(dropped)
  }

  /// The second answer where something of it can be kept, else what of the first can.
  private func second(
    _ request: ModelRequest, after first: CallReading, _ firstCall: Int64, _ row: SummaryRow
  ) async throws -> Outcome {
    if case .read(let reading, let call) = try await client.ask(request), let judged = reading.judged,
      !judged.kept.isEmpty
    {
      return outcome(judged, call, row)
    }
    if let fault = first.formFault { return .nothing(fault) }
    return outcome(first.judged, firstCall, row)
  }

  private func outcome(_ judged: JudgedText?, _ call: Int64, _ row: SummaryRow) -> Outcome {
    guard let judged, !judged.kept.isEmpty else { return .nothing("no sentence of it could be kept") }
    return .written(
      SummaryRow(
        day: row.day, asset: row.asset, kind: row.kind, profile: row.profile, maker: client.settings.model, call: call,
        text: judged.text, facts: row.facts))
  }
}

/// Why a run asks a model no more.
package struct RoundStop: Hashable, Sendable {
  /// What kind of end it is, for an exit code.
  package enum Kind: Sendable { case budget, unreachable, userMustAct, interrupted }

  package let kind: Kind
  /// In words.
  package let reason: String

  init(kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }

  init(_ silence: ModelClient.Silence) {
    switch silence {
    case .budget(let limit): self.init(kind: .budget, reason: "the budget is reached (\(limit))")
    case .transport(.cancelled): self.init(kind: .interrupted, reason: "interrupted")
    case .transport(.keyMissing(let setting)): self.init(kind: .userMustAct, reason: "it needs a key in \(setting)")
    case .transport(let error): self.init(kind: .unreachable, reason: "\(error)")
    }
  }

  /// `nil` where others may still be asked.
  init?(_ fault: ModelFault) {
    let words = "HTTP \(fault.status): \(fault.message)"
    switch fault.action {
    case .userMustAct: self.init(kind: .userMustAct, reason: words)
    case .giveUp where fault.finish == .context: return nil
    case .giveUp, .again: self.init(kind: .unreachable, reason: words)
    case .change:
      let hint = fault.field == .cap ? "; LLM_MAX_OUTPUT sets how many tokens an answer may have" : ""
      self.init(kind: .userMustAct, reason: words + hint)
    case .shorten, .leave: return nil
    }
  }
}
