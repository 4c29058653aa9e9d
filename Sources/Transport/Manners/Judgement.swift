import Market

/// What one try means for the next ones. Pure.
struct Judgement: Hashable {
  /// Whether the same request may succeed when it is simply sent again.
  ///
  /// A request whose repetition could do harm is sent again only where the first one is known to have had no effect.
  var isWorthAnotherTry = false
  /// Seconds for which the provider wants to be left alone, by everybody.
  var holdOff: Int64?
  /// Seconds that this request should wait before it is sent again, at least.
  var delay: Int64?
  /// Whether the provider said that it was asked too often.
  var isThrottled = false
  /// Whether the provider has done its work: there is a whole answer, and it need not be asked for again.
  var isWhole = false

  /// - Parameter verdict: what the provider itself makes of an answer; `nil` where its status tells.
  init(_ result: Result<Answer, CurlFailure>, to request: Request, verdict: (Answer) -> RetryVerdict?) {
    switch result {
    case .failure(let failure):
      isWorthAnotherTry = failure.isTransient && (request.isRepeatable || failure.stage == .connecting)
    case .success(let answer):
      switch verdict(answer) {
      case .final?:
        isWhole = true
      case .retry(let seconds)?:
        isWorthAnotherTry = request.isRepeatable
        delay = seconds.map(Judgement.bounded)
      case .throttled(let seconds)?:
        isWorthAnotherTry = true
        isThrottled = true
        holdOff = seconds.map(Judgement.bounded)
      case nil:
        judgeByStatus(answer, to: request)
      }
    }
  }

  /// By the status alone.
  private mutating func judgeByStatus(_ answer: Answer, to request: Request) {
    let status = answer.status
    isThrottled = status == 429
    // Other answers carry a `Retry-After` that means something else.
    if [429, 503, 418].contains(status) { holdOff = RetryAfter.seconds(in: answer) }
    switch status {
    case 429, 503: isWorthAnotherTry = true
    case 408, 500, 502, 504: isWorthAnotherTry = request.isRepeatable
    default: isWorthAnotherTry = false
    }
    isWhole = status < 500 && ![408, 418, 429].contains(status)
  }

  private static func bounded(_ seconds: Int64) -> Int64 { min(max(seconds, 0), RetryAfter.longest) }
}

extension Request {
  /// Whether it may be sent again although the first one may have taken effect.
  fileprivate var isRepeatable: Bool { method == .get || isIdempotent }
}
