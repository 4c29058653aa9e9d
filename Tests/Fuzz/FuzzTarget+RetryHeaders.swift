#if DEBUG
  import Market
  @testable import Providers

  extension FuzzTarget {
    /// The wait that a provider's reading tells.
    static let retryHeaders = [
      FuzzTarget("http-date", texts: ["Wed, 21 Oct 2015 07:28:00 GMT", "120", "Sun, 06 Nov 1994 08:49:37 GMT"]) {
        bytes in
        let header = HeaderField("retry-after", String(decoding: bytes, as: UTF8.self))
        let answer = Answer(
          status: 429, headers: [header], body: [], receivedAt: Instant(epochSeconds: 1_758_321_000))
        guard let seconds = RetryAfter.seconds(in: answer) else { return nil }
        return seconds >= 0 ? nil : "\(seconds) s"
      }
    ]
  }
#endif
