import Market

/// Plays one run of a capture: whoever asks what was asked then gets what was answered then.
///
/// Requests are the same when provider, method, path, query (in any order) and body are; headers do not count. Where a
/// request was answered several times in the run, all answers come as attempts, oldest first. What the run does not hold
/// is `TransportError.offline`.
package struct CaptureTransport: Transport {
  private let instant: Instant
  private let answers: [Question: [Answer]]

  /// A transport that knows the answers of one run.
  package init(_ run: CapturedRun) {
    instant = run.instant
    answers = Dictionary(grouping: run.roundTrips, by: { Question($0.request) }).mapValues { $0.map(\.answer) }
  }

  /// Whether the run has an answer to the request.
  package func holds(_ request: Request) -> Bool { answers[Question(request)] != nil }

  /// What the run answered, as attempts at its instant that took no time. Never throws and never waits.
  package func roundTrip(_ request: Request) async -> RoundTrip {
    let results: [Result<Answer, TransportError>] =
      if Task.isCancelled {
        [.failure(.cancelled)]
      } else if let answers = answers[Question(request)] {
        answers.map {
          $0.body.count > request.maximumBytes ? .failure(.tooLarge(limit: request.maximumBytes)) : .success($0)
        }
      } else {
        [.failure(.offline)]
      }
    return RoundTrip(request: request, attempts: results.map { attempt(request, $0) })
  }

  private func attempt(_ request: Request, _ result: Result<Answer, TransportError>) -> Attempt {
    let bytes = if case .success(let answer) = result { answer.body.count } else { 0 }
    return Attempt(
      url: "capture://\(request.provider.pathName)\(request.target)", startedAt: instant, elapsed: .zero,
      wireBytes: bytes, result: result)
  }
}

/// What makes two requests the same question.
private struct Question: Hashable {
  let provider: ProviderName
  let method: Request.Method
  let path: String
  let query: [QueryItem: Int]
  let body: [UInt8]

  init(_ request: Request) {
    provider = request.provider
    method = request.method
    path = request.path
    query = Dictionary(request.query.map { ($0, 1) }, uniquingKeysWith: +)
    body = request.body
  }
}
