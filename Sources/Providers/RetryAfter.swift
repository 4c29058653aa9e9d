import Market

/// How long an answer asks us to wait.
enum RetryAfter {
  /// The `Retry-After` header in seconds, given in seconds or as a date (RFC 9110, 10.2.3); `nil` without one that makes
  /// sense. A date that is past means 0.
  static func seconds(in answer: Answer) -> Int64? {
    guard let text = answer.header("retry-after") else { return nil }
    let trimmed = text.split(separator: " ").joined(separator: " ")
    if let seconds = Int64(trimmed) { return seconds >= 0 ? seconds : nil }
    return instant(ofHTTPDate: trimmed).map { max(0, $0 - answer.receivedAt) }
  }

  /// `Wed, 21 Oct 2015 07:28:00 GMT`
  static func instant(ofHTTPDate text: String) -> Instant? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Day(dayMonthYear: words[1...3].joined(separator: " ")) else {
      return nil
    }
    return Instant("\(day)T\(words[4])Z")
  }
}

extension Day {
  /// Reads `11 Jan 2024` and nothing else.
  init?(dayMonthYear text: String) {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let words = text.split(separator: " ")
    guard words.count == 3, words[0].utf8.count <= 2, words[2].utf8.count == 4,
      words[0].utf8.allSatisfy({ (48...57).contains($0) }), words[2].utf8.allSatisfy({ (48...57).contains($0) }),
      let day = Int(words[0]), let month = months.firstIndex(of: String(words[1])), let year = Int(words[2])
    else { return nil }
    self.init(year: year, month: month + 1, day: day)
  }
}
