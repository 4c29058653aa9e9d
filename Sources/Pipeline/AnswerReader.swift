import Market
import Store

/// Reads kept answers into facts: the same few lines for live answers, captured ones, and those that a dead run left.
struct AnswerReader: Sendable {
  let providers: [ProviderName: any Provider]
  let recorder: Recorder

  /// Reads one answer and stores its facts.
  ///
  /// - Throws: `ReadingError` after noting it with the fetch; anything else is a fault of the file.
  func read(_ kept: KeptAnswer, step: StepID?, at now: Instant) async throws -> (series: SeriesKey, counts: StepCounts)
  {
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
    return (reading.series, counts)
  }

  /// Reads what a dead run kept and never read. Returns how many answers there were.
  func readLeftovers(at now: Instant) async throws -> Int {
    let answers = try await recorder { store in try store.unreadAnswers() }
    for kept in answers {
      do {
        _ = try await read(kept, step: nil, at: now)
      } catch is ReadingError {
        // Noted with its fetch; the step that asks again says the same.
      }
    }
    return answers.count
  }
}
