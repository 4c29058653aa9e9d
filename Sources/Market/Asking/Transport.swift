/// Whatever answers requests: the network, a capture of recorded answers, or nothing at all when offline.
package protocol Transport: Sendable {
  /// Sends a request, as politely as the provider wants, and tries again where that can help.
  ///
  /// Never throws: what went wrong is in the attempts. Cancellation ends it early with `.cancelled`.
  func roundTrip(_ request: Request) async -> RoundTrip
}

/// A request with everything that came of it, oldest attempt first. Never empty.
package struct RoundTrip: Sendable {
  package let request: Request
  package let attempts: [Attempt]

  package init(request: Request, attempts: [Attempt]) {
    self.request = request
    self.attempts = attempts
  }

  /// The attempt that counts.
  package var last: Attempt? { attempts.last }
}

/// One try at a request.
package struct Attempt: Sendable {
  /// The address asked, without secrets.
  package let url: String
  package let startedAt: Instant
  package let elapsed: Duration
  /// Bytes that came over the wire, before decoding.
  package let wireBytes: Int
  package let result: Result<Answer, TransportError>
  /// Whether anything was asked at all; a request that was held back leaves no trace in the vault.
  package let wasSent: Bool
  /// Whether any of the request may have left this machine, and so may have had an effect.
  package let hasLeft: Bool

  /// - Parameters:
  ///   - isHeldBack: whether nothing was asked, although the result alone does not tell.
  ///   - hasLeft: whether any of it may have left this machine.
  package init(
    url: String, startedAt: Instant, elapsed: Duration, wireBytes: Int, result: Result<Answer, TransportError>,
    isHeldBack: Bool = false, hasLeft: Bool = true
  ) {
    self.url = url
    self.startedAt = startedAt
    self.elapsed = elapsed
    self.wireBytes = wireBytes
    self.result = result
    wasSent = !isHeldBack && result.mayHaveBeenSent
    self.hasLeft = hasLeft && wasSent
  }
}

extension Attempt {
  /// Why it brought no answer, in words that also make sense later; `nil` when it did.
  package var failure: String? {
    switch result {
    case .success: nil
    case .failure(.throttled(let seconds)): "not to be asked before \(startedAt + seconds)"
    case .failure(.rationed(let seconds)): "our own ration is used up; not before \(startedAt + seconds)"
    case .failure(let error): error.description
    }
  }
}

extension Result<Answer, TransportError> {
  fileprivate var mayHaveBeenSent: Bool {
    switch self {
    case .failure(.throttled), .failure(.rationed), .failure(.keyMissing), .failure(.offline), .failure(.unsendable),
      .failure(.outOfOrder):
      false
    case .success, .failure: true
    }
  }
}

/// Why no answer came.
package enum TransportError: Error, Hashable, Sendable {
  /// No connection, no name, no route, a time-out, an answer cut off: the reason in words.
  case unreachable(String)
  /// The certificate or the handshake was not acceptable.
  case insecure(String)
  /// More decoded bytes than the request allows.
  case tooLarge(limit: Int)
  /// A redirect to another host or scheme.
  case redirected(to: String)
  /// The provider asked us to wait longer than a run can.
  case throttled(retryAfter: Int64)
  /// Not asked: what we grant ourselves of this provider is used up for so many seconds. Not the provider's wish.
  case rationed(retryAfter: Int64)
  /// Left alone for the rest of the run: it answered with this status again and again.
  case outOfOrder(status: Int)
  /// Not asked: the request itself is not one that may be sent. The reason in words.
  case unsendable(String)
  /// The provider takes requests only with a key and there is none.
  case keyMissing(setting: String)
  /// Not asked: `--offline`, or a capture that does not hold it.
  case offline
  /// Not asked, or not to its end: the run has asked for so many seconds as it may.
  case outOfTime(seconds: Int64)
  case cancelled

  package var isTransient: Bool {
    switch self {
    case .unreachable, .throttled, .rationed: true
    case .insecure, .tooLarge, .redirected, .outOfOrder, .unsendable, .keyMissing, .offline, .outOfTime, .cancelled:
      false
    }
  }
}

extension TransportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let reason): "cannot be reached: \(reason)"
    case .insecure(let reason): "connection not secure: \(reason)"
    case .tooLarge(let limit): "answer longer than \(limit) bytes"
    case .redirected(let address): "redirects to \(address), which is not followed"
    case .throttled(let seconds): "not to be asked for \(waitText(seconds))"
    case .rationed(let seconds): "our own ration is used up for \(seconds) s"
    case .outOfOrder(let status): "left alone for this run, after HTTP \(status) again and again"
    case .unsendable(let reason): "not sent: \(reason)"
    case .keyMissing(let setting): "needs a key in \(setting)"
    case .offline: "not asked, offline"
    case .outOfTime(let seconds): "the run's time for asking was up after \(seconds) s (INGEST_TIME_LIMIT)"
    case .cancelled: "cancelled"
    }
  }
}

/// How much of a provider's quota is used in one of its windows; kept in the file, so that it survives a restart.
package struct QuotaState: Hashable, Sendable {
  package let provider: ProviderName
  /// The length of the window in seconds; 0 where it was not noted, of a provider that had only one.
  package let window: Int64
  /// When the current window began. A window that begins in the future is void.
  package var windowStart: Instant
  package var used: Int
  /// No request before this instant: the provider said so.
  package var notBefore: Instant?

  package init(
    provider: ProviderName, window: Int64, windowStart: Instant, used: Int, notBefore: Instant? = nil
  ) {
    self.provider = provider
    self.window = window
    self.windowStart = windowStart
    self.used = used
    self.notBefore = notBefore
  }
}
