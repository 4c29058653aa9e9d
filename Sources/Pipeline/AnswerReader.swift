import Market
import Store

/// Reads kept answers into facts: the same few lines for live answers, captured ones, and those that a dead run left.
struct AnswerReader: Sendable {
  let providers: [ProviderName: any Provider]
  let recorder: Recorder

  /// Reads one answer and stores its facts, known from the instant at which it was received.
  ///
  /// - Throws: `ReadingError` after noting it with the fetch; anything else is a fault of the file.
  func read(_ kept: KeptAnswer, step: StepID?) async throws -> (reading: Reading, counts: StepCounts) {
    let reading: Reading
    do {
      reading = try AnswerReader.reading(of: kept, providers)
    } catch {
      try await recorder { store in try store.mark(kept.fetch, .unreadable(error.description)) }
      throw error
    }
    let counts = try await recorder { store in
      try store.store(reading, from: kept.fetch, step: step, at: kept.answer.receivedAt)
    }
    return (reading, counts)
  }

  /// The facts in a kept answer, by the provider that gave it.
  static func reading(
    of kept: KeptAnswer, _ providers: [ProviderName: any Provider]
  ) throws(ReadingError) -> Reading {
    guard let provider = providers[kept.request.provider] else {
      throw .refused(status: kept.answer.status, message: "no provider \(kept.request.provider) is known")
    }
    return try provider.read(kept.answer, to: kept.request)
  }

  /// Reads what a dead run kept and never read. Returns how many answers there were.
  ///
  /// One that is damaged, or about a series that the file does not know, is noted as unreadable and stops nobody.
  func readLeftovers() async throws -> Int {
    let fetches = try await recorder { store in try store.unreadFetches() }
    for fetch in fetches {
      do {
        let kept = try await recorder { store in try store.keptAnswer(fetch) }
        _ = try await read(kept, step: nil)
      } catch is ReadingError {
        // Noted with its fetch; the step that asks again says the same.
      } catch let error as StoreError where error.isAboutOneAnswer {
        try await recorder { store in try store.mark(fetch, .unreadable(error.description)) }
      }
    }
    return fetches.count
  }
}
