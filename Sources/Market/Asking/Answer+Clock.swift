extension Answer {
  /// Seconds by which our clock, when the answer was there, was ahead of the provider's; `nil` where it names no date.
  ///
  /// An answer out of a store bears the date at which it went in, and its age.
  package var clockLead: Int64? {
    guard let date = header("date").flatMap(Instant.init(httpDate:)) else { return nil }
    let age = header("age").flatMap { Int64($0) } ?? 0
    return receivedAt - (date + min(max(age, 0), 86_400 * 365))
  }
}
