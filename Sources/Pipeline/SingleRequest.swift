import Market
import SQLite
import Store

/// What a step asks that has one request at a time in its hands: sent, kept, read.
struct SingleRequest: Sendable {
  let ingest: Ingest
  let run: RunID
  let provider: any Provider
  /// Whether an answer says mostly what the one before it said, so that it is kept beside that one.
  var repeatsItself = false

  /// What came of a request.
  struct Outcome: Sendable {
    /// Why it brought nothing; `nil` where it brought something, or nothing had changed.
    var failure: StepFailure?
    /// When our ration lets it be sent, where that is why.
    var rationedUntil: Instant?
  }

  /// Asks for it once, and stores what the answer says.
  func ask(_ request: Request, _ step: StepID, _ report: inout StepReport) async throws -> Outcome {
    let asked = ingest.recorder.validating(request, of: provider, at: ingest.dependencies.clock.now)
    let roundTrip = await ingest.dependencies.transport.roundTrip(asked)
    let isWhole = if case .success(let answer) = roundTrip.last?.result { answer.status == 200 } else { false }
    let packed = try PackedRoundTrip(
      roundTrip, beside: repeatsItself && isWhole ? ingest.recorder.store.vault.base(for: request) : nil)
    report.counts.add(packed.roundTrip)
    let quotas = await ingest.dependencies.quotas()
    let fetch = try await ingest.recorder.keep([packed], of: run, quotas: quotas)[0]
    switch packed.roundTrip.last?.result {
    case .success(let answer):
      ingest.clockLead.look(at: answer, of: provider.profile.name)
      guard let fetch else { return Outcome() }
      if answer.status == 304, provider.profile.answersConditionally {
        return Outcome(failure: try await ingest.recorder.unchanged(fetch, asked))
      }
      let kept = KeptAnswer(fetch: fetch, request: request, answer: answer)
      let reader = AnswerReader(providers: [provider.profile.name: provider], recorder: ingest.recorder)
      switch try await reader.read([kept], step: step)[0] {
      case .success(let read):
        report.counts = read.counts.reduce(report.counts, +)
        report.tell(whatIsMissingOf: read.reading)
        return Outcome()
      case .failure(let error): return Outcome(failure: StepFailure(error))
      }
    case .failure(let error):
      let wait: Int64? = if case .rationed(let seconds) = error { seconds } else { nil }
      return Outcome(
        failure: StepFailure(error, packed.roundTrip.last?.failure),
        rationedUntil: wait.map { ingest.dependencies.clock.now + $0 })
    case nil: return Outcome(failure: StepFailure(reason: .failed, detail: "no attempt was made", endsStep: true))
    }
  }
}

extension StepReport {
  /// Says what an answer holds that was not read.
  fileprivate mutating func tell(whatIsMissingOf reading: Reading) {
    if let damage = reading.damage {
      (outcome, reason, detail) = (.partial, .shapeChanged, "read in part: \(damage)")
    } else if reading.leftOut > 0 {
      detail = "\(reading.leftOut) older \(reading.leftOut == 1 ? "item" : "items") left out"
    }
  }
}
