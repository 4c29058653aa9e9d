/// An instant or a day as a flag takes it, or a time back from now: `2025-09-19`, `yesterday`, `2025-09-19T13:00Z`,
/// `90d`, `12h`, `10y`.
package struct Moment: Hashable, Sendable {
  /// Which of them it is.
  package enum Kind: Hashable, Sendable {
    case day(Day)
    case instant(Instant)
    case back(seconds: Int64)
    /// `today`, `yesterday`: so many days before the one that holds now.
    case daysAgo(Int)
  }
  /// Which of them it is.
  package let kind: Kind

  /// Reads one; `nil` for any other text.
  package init?(_ text: String) {
    if let day = Day(text) {
      kind = .day(day)
    } else if let instant = Instant(text) {
      kind = .instant(instant)
    } else if let span = TimeSpan(text) {
      kind = .back(seconds: span.seconds)
    } else if let days = Moment.spokenDays[text.lowercased()] {
      kind = .daysAgo(days)
    } else {
      return nil
    }
  }

  private static let spokenDays = ["today": 0, "yesterday": 1]

  /// The UTC day that is meant, spelled or spoken; `nil` for everything else.
  package func day(at now: Instant) -> Day? {
    switch kind {
    case .day(let day): day
    case .daysAgo(let days): now.day - days
    case .instant, .back: nil
    }
  }

  /// The first instant meant.
  package func first(at now: Instant) -> Instant {
    switch kind {
    case .day(let day): day.start
    case .instant(let instant): instant
    case .back(let seconds): now - seconds
    case .daysAgo(let days): (now.day - days).start
    }
  }

  /// The last instant meant: a day means all of it.
  package func last(at now: Instant) -> Instant {
    day(at: now).map { $0.end - 1 } ?? first(at: now)
  }
}
