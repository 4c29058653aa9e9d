import ArgumentParser
import Market

/// An instant or a day as a flag takes it, or a time back from now: `2025-09-19`, `yesterday`, `2025-09-19T13:00Z`,
/// `90d`, `12h`, `10y`.
struct Moment: ExpressibleByArgument, Sendable {
  enum Kind: Sendable {
    case day(Day)
    case instant(Instant)
    case back(seconds: Int64)
    /// `today`, `yesterday`: so many days before the one that holds now.
    case daysAgo(Int)
  }
  let kind: Kind

  init?(argument: String) {
    if let day = Day(argument) {
      kind = .day(day)
    } else if let instant = Instant(argument) {
      kind = .instant(instant)
    } else if let span = TimeSpan(argument: argument) {
      kind = .back(seconds: span.seconds)
    } else if let days = Moment.spokenDays[argument.lowercased()] {
      kind = .daysAgo(days)
    } else {
      return nil
    }
  }

  private static let spokenDays = ["today": 0, "yesterday": 1]

  /// The UTC day that is meant, spelled or spoken; `nil` for everything else.
  func day(at now: Instant) -> Day? {
    switch kind {
    case .day(let day): day
    case .daysAgo(let days): now.day - days
    case .instant, .back: nil
    }
  }

  /// The first instant meant.
  func first(at now: Instant) -> Instant {
    switch kind {
    case .day(let day): day.start
    case .instant(let instant): instant
    case .back(let seconds): now - seconds
    case .daysAgo(let days): (now.day - days).start
    }
  }

  /// The last instant meant: a day means all of it.
  func last(at now: Instant) -> Instant {
    day(at: now).map { $0.end - 1 } ?? first(at: now)
  }
}

/// A length of time: `30m`, `24h`, `90d`, `2w`, `10y`.
struct TimeSpan: ExpressibleByArgument, Sendable {
  let seconds: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_557_600]
    guard let last = argument.last, let unit = units[last],
      argument.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
      let count = Int64(argument.dropLast()), count > 0
    else { return nil }
    let (seconds, overflows) = count.multipliedReportingOverflow(by: unit)
    // A thousand years reach back before every market.
    guard !overflows, seconds <= 1000 * 31_557_600 else { return nil }
    self.seconds = seconds
  }

  init(seconds: Int64) { self.seconds = seconds }
  static func hours(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 3600) }
  static func days(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 86_400) }
}

extension TimeSpan: CustomStringConvertible {
  /// `24 h`, `30 days`, `10 years`; as people say it, not in the largest units.
  var description: String {
    if seconds % 31_557_600 == 0 { return TimeSpan.counted(seconds / 31_557_600, "year") }
    if seconds % 86_400 == 0, seconds > 86_400 { return TimeSpan.counted(seconds / 86_400, "day") }
    if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
    return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
  }

  private static func counted(_ count: Int64, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
}

/// A list that repeats and takes commas: `--asset BTC --asset ETH` is `--asset BTC,ETH`.
///
/// - Throws: where the flag is given and names nothing, as an unset variable of a shell does.
func split(_ values: [String], flag: String) throws -> [String] {
  let names = values.flatMap { $0.split(separator: ",").map { $0.trimmed } }.filter { !$0.isEmpty }
  guard !names.isEmpty || values.isEmpty else {
    throw Failure(.usage, "\(flag): it names nothing; leave it away for all")
  }
  return names
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
