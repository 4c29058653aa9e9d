import Market
import Store

/// Reads kept answers into facts: the same few lines for live answers, captured ones, and those that a dead run left.
struct AnswerReader: Sendable {
  let providers: [ProviderName: any Provider]
  let recorder: Recorder

  /// What an answer came to: its reading with what storing it counted, or why it holds no facts.
  typealias Outcome = Result<(reading: Reading, counts: StepCounts), ReadingError>

  /// Reads one answer and stores its facts, known from the instant at which it was received.
  ///
  /// - Throws: `ReadingError` after noting it with the fetch; anything else is a fault of the file.
  func read(_ kept: KeptAnswer, step: StepID?) async throws -> (reading: Reading, counts: StepCounts) {
    try await read([kept], step: step)[0].get()
  }

  /// Reads answers and stores their facts together, in their order. One that cannot be read is noted with its fetch
  /// and stops none of the others.
  ///
  /// - Throws: a fault of the file.
  func read(_ kept: [KeptAnswer], step: StepID?) async throws -> [Outcome] {
    let readings = kept.map { answer in
      Result { () throws(ReadingError) in try AnswerReader.reading(of: answer, providers) }
    }
    for (answer, reading) in zip(kept, readings) {
      guard case .failure(let error) = reading else { continue }
      try await recorder { store in try store.mark(answer.fetch, .unreadable(error.description)) }
    }
    let readable = zip(kept, readings).compactMap { answer, reading in
      // The others were noted.
      (try? reading.get()).map { ReadAnswer($0, from: answer.fetch, receivedAt: answer.answer.receivedAt) }
    }
    var counts = try await recorder { store in try store.store(readable, step: step) }[...]
    return readings.map { reading in reading.map { ($0, counts.removeFirst()) } }
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
