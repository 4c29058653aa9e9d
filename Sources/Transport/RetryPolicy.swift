import Market

/// When another try can help, and how long to wait before it. Pure.
enum RetryPolicy {
  /// Tries for one request, the first included.
  static let tries = 3
  /// Seconds of waiting for one provider, in the life of a transport, before it is given up.
  static let budget = Duration.seconds(15)
  /// A provider, or a quota, that wants us to wait longer than this many seconds is not waited for.
  static let longestWait: Int64 = 60
  /// Seconds for which a provider is left alone that said "too often" in all tries and never for how long.
  static let silence: Int64 = 60

  /// Whether the same request may succeed when it is simply sent again.
  ///
  /// A request with a body is sent again only where the first one is known to have had no effect.
  static func isWorthAnotherTry(_ result: Result<Answer, CurlFailure>, method: Request.Method) -> Bool {
    switch (result, method) {
    case (.success(let answer), .get): [408, 429, 500, 502, 503, 504].contains(answer.status)
    case (.success(let answer), .post): [429, 503].contains(answer.status)
    case (.failure(let failure), .get): failure.isTransient
    case (.failure(let failure), .post): failure.isTransient && failure.stage == .connecting
    }
  }

  /// Whether the `Retry-After` of such an answer binds us; other answers carry one that means something else.
  static func isThrottling(_ status: Int) -> Bool {
    status == 429 || status == 503 || status == 418
  }

  /// One second after the first try, two after the second, each shortened at random by up to a half, so that many
  /// askers do not come back at the same time.
  ///
  /// - Parameter random: from 0 up to 1.
  static func backOff(afterTry number: Int, random: Double) -> Duration {
    .seconds(1) * (1 << min(max(number - 1, 0), 8)) * (0.5 + 0.5 * min(max(random, 0), 1))
  }
}
