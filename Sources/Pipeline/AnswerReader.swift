import Market
import Store

/// Reads kept answers into facts: the same few lines for live answers, captured ones, and those that a dead run left.
struct AnswerReader: Sendable {
  let providers: [ProviderName: any Provider]
  let recorder: Recorder

  /// Reads one answer and stores its facts.
  ///
  /// - Throws: `ReadingError` after noting it with the fetch; anything else is a fault of the file.
  func read(_ kept: KeptAnswer, step: StepID?, at now: Instant) async throws -> (reading: Reading, counts: StepCounts) {
    guard let provider = providers[kept.request.provider] else {
      throw ReadingError.refused(status: kept.answer.status, message: "no provider \(kept.request.provider) is known")
    }
    let reading: Reading
    do {
      reading = try provider.read(kept.answer, to: kept.request)
    } catch {
      try await recorder { store in try store.mark(kept.fetch, .unreadable(error.description)) }
      throw error
    }
    let counts = try await recorder { store in try store.store(reading, from: kept.fetch, step: step, at: now) }
    return (reading, counts)
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
