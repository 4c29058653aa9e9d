/// What an answer means for asking again, as the provider that gave it means it.
///
/// By rights the status says so. For providers that say it in the body, under HTTP 200 even, a profile has a function.
package enum RetryVerdict: Hashable, Sendable {
  /// It is taken as it is, whatever its status: the same request would bring the same.
  case final
  /// The same request may succeed when it is sent again: after so many seconds where the provider says so, else after the
  /// usual back-off. A POST that is not idempotent is not.
  case retry(after: Int64?)
  /// Asked too often: nobody asks the provider again before so many seconds are over. The request is sent again if that
  /// can be waited for, a POST too, since it had no effect. `nil` where the provider does not say for how long.
  case throttled(retryAfter: Int64?)
}
