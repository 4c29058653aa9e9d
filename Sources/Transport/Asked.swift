import Market

/// One try that reached the network, before it is known what it means.
struct Asked {
  let url: String
  let startedAt: Instant
  let elapsed: Duration
  let wireBytes: Int
  let result: Result<Answer, CurlFailure>
  /// What was sent along and must not be shown.
  let secrets: [Secret]

  /// Whether any of the request may have left this machine.
  var hasLeft: Bool {
    if case .failure(let failure) = result { return failure.stage != .connecting }
    return true
  }

  /// The attempt as others see it. A redirect that is not followed is a failure; a provider that repeats the key in
  /// an address of its own must not bring it into ours.
  func attempt(for redirect: Redirect) -> Attempt {
    var shown = result.mapError { $0.error.mapped { Redaction.removing(secrets, from: $0) } }
    if case .refuse(let target) = redirect {
      shown = .failure(.redirected(to: Redaction.removing(secrets, from: target)))
    }
    return Attempt(
      url: Redaction.removing(secrets, from: url), startedAt: startedAt, elapsed: elapsed, wireBytes: wireBytes,
      result: shown, hasLeft: hasLeft)
  }
}

extension TransportError {
  /// The same with the words that came from outside changed.
  fileprivate func mapped(_ change: (String) -> String) -> TransportError {
    switch self {
    case .unreachable(let reason): .unreachable(change(reason))
    case .insecure(let reason): .insecure(change(reason))
    case .redirected(let target): .redirected(to: change(target))
    case .unsendable(let reason): .unsendable(change(reason))
    case .tooLarge, .throttled, .rationed, .outOfOrder, .keyMissing, .offline, .outOfTime, .cancelled: self
    }
  }
}
