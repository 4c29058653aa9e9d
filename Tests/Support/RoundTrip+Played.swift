import Market

extension RoundTrip {
  /// A request of one attempt that was answered at once; nothing is sent.
  ///
  /// - Parameter host: what stands before the target in its address.
  package init(_ request: Request, answered answer: Answer, by host: String = "") {
    self.init(
      request: request,
      attempts: [
        Attempt(
          url: host + request.target, startedAt: answer.receivedAt, elapsed: .zero, wireBytes: answer.body.count,
          result: .success(answer))
      ])
  }
}
