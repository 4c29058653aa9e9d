import Market
import SQLite
import Store

/// Reads kept answers into facts: the same few lines for live answers, captured ones, and those that a dead run left.
struct AnswerReader: Sendable {
  let providers: [ProviderName: any Provider]
  let recorder: Recorder

  /// What an answer came to: its reading with what storing it counted, or why it holds no facts.
  typealias Outcome = Result<(reading: Reading, counts: [StepCounts]), ReadingError>

  /// Reads one answer and stores its facts, known from the instant at which it was received.
  ///
  /// - Throws: `ReadingError` after noting it with the fetch; anything else is a fault of the file.
  func read(_ kept: KeptAnswer, step: StepID?) async throws -> (reading: Reading, counts: [StepCounts]) {
    try await read([kept], step: step)[0].get()
  }

  /// Reads answers and stores their facts together, in their order. One that cannot be read, or about a series that the
  /// file does not know, is noted with its fetch and stops none of the others.
  ///
  /// - Parameter isLastWord: whether all that can be had of their series is among them.
  /// - Throws: a fault of the file.
  func read(_ kept: [KeptAnswer], step: StepID?, isLastWord: Bool = false) async throws -> [Outcome] {
    let readings = kept.map { answer in
      Result { () throws(ReadingError) in try AnswerReader.reading(of: answer, providers) }
    }
    let outcomes = try await recorder.store(
      zip(kept, readings).map { answer, reading in
        ReadAnswer(
          reading, from: answer.fetch, receivedAt: answer.answer.receivedAt, step: step, isLastWord: isLastWord)
      })
    return zip(readings, outcomes).map { reading, outcome in
      switch (reading, outcome) {
      case (.success(let reading), .success(let counts)): .success((reading, counts))
      case (.failure(let error), _): .failure(error)
      case (.success, .failure(let error)):
        .failure(.shapeChanged(expected: "facts that the file can hold", found: error.description, offset: nil))
      }
    }
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
    let fetches = try await recorder { store in try store.vault.unreadFetches() }
    for fetch in fetches {
      do {
        let kept = try await recorder { store in try store.vault.keptAnswer(fetch) }
        _ = try await read(kept, step: nil)
      } catch is ReadingError {
        // Noted with its fetch; the step that asks again says the same.
      } catch let error as StoreError where error.isAboutOneAnswer {
        try await recorder { store in try store.vault.mark(fetch, .unreadable(error.description)) }
      }
    }
    return fetches.count
  }
}

extension Reading {
  /// The refused row that a decision is about; `nil` where the answer holds no such row.
  func refusal(_ decided: DecidedRow) -> Refusal? {
    parts.lazy.filter { $0.series == decided.series }.flatMap(\.refusals).first { decided.isAbout($0) }
  }
}
