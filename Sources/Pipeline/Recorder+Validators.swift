import Following
import Market
import SQLite
import Store

extension Recorder {
  /// The request with the validators of the last answer to the same question, where the provider honours them; without
  /// them it is merely unconditional, as it is where something that was to come then is of the past now.
  func validating(_ request: Request, of provider: any Provider, at now: Instant) -> Request {
    guard provider.profile.answersConditionally, let last = try? store.vault.lastAnswer(to: request),
      (try? store.following.hasCome(of: provider.profile.name, since: last.fetch, by: now)) != true
    else { return request }
    let conditions = [("etag", "if-none-match"), ("last-modified", "if-modified-since")].compactMap { told, asked in
      last.headers.first { $0.name == told }.map { HeaderField(asked, $0.value) }
    }
    return request.adding(conditions)
  }

  /// Notes that nothing changed since the last answer, which is a fault where that was not the question.
  func unchanged(_ fetch: FetchID, _ asked: Request) async throws -> StepFailure? {
    let failure = asked.isConditional ? nil : StepFailure.unchangedSinceNothing
    try await self { store in
      try store.vault.mark(fetch, failure.map { .unreadable($0.detail) } ?? .unchanged)
    }
    return failure
  }
}

extension Request {
  fileprivate var isConditional: Bool {
    headers.contains { $0.name == "if-none-match" || $0.name == "if-modified-since" }
  }
}
