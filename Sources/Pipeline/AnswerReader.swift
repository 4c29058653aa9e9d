import Market
import Store

/// Reads kept answers into facts: the same few lines for live answers, captured ones, and those that a dead run left.
struct AnswerReader: Sendable {
  let providers: [ProviderName: any Provider]
  let recorder: Recorder

  /// What an answer came to: its reading with what storing it counted, or why it holds no facts.
  typealias Outcome = Result<(reading: Reading, counts: StepCounts), ReadingError>

  /// Reads one answer and stores its facts.
  ///
  /// - Throws: `ReadingError` after noting it with the fetch; anything else is a fault of the file.
  func read(_ kept: KeptAnswer, step: StepID?, at now: Instant) async throws -> (reading: Reading, counts: StepCounts) {
    try await read([kept], step: step, at: now)[0].get()
  }

  /// Reads answers and stores their facts together, in their order. One that cannot be read is noted with its fetch
  /// and stops none of the others.
  ///
  /// - Throws: a fault of the file.
  func read(_ kept: [KeptAnswer], step: StepID?, at now: Instant) async throws -> [Outcome] {
    let readings = kept.map(reading)
    for (answer, reading) in zip(kept, readings) {
      guard case .failure(let error) = reading else { continue }
      try await recorder { store in try store.mark(answer.fetch, .unreadable(error.description)) }
    }
    let readable = zip(kept, readings).compactMap { answer, reading in
      (try? reading.get()).map { ReadAnswer($0, from: answer.fetch) }  // The others were noted.
    }
    var counts = try await recorder { store in try store.store(readable, step: step, at: now) }[...]
    return readings.map { reading in reading.map { ($0, counts.removeFirst()) } }
  }

  private func reading(of kept: KeptAnswer) -> Result<Reading, ReadingError> {
    guard let provider = providers[kept.request.provider] else {
      return .failure(
        .refused(status: kept.answer.status, message: "no provider \(kept.request.provider) is known"))
    }
    return Result { () throws(ReadingError) in try provider.read(kept.answer, to: kept.request) }
  }

  /// Reads what a dead run kept and never read. Returns how many answers there were.
  ///
  /// One that is damaged, or about a series that the file does not know, is noted as unreadable and stops nobody.
  func readLeftovers(at now: Instant) async throws -> Int {
    let fetches = try await recorder { store in try store.unreadFetches() }
    for fetch in fetches {
      do {
        let kept = try await recorder { store in try store.keptAnswer(fetch) }
        _ = try await read(kept, step: nil, at: now)
      } catch is ReadingError {
        // Noted with its fetch; the step that asks again says the same.
      } catch let error as StoreError where error.isAboutOneAnswer {
        try await recorder { store in try store.mark(fetch, .unreadable(error.description)) }
      }
    }
    return fetches.count
  }
}
