/// A day on which a market is closed, or closes early, that its rules do not know.
package struct Closure: Hashable, Sendable {
  /// Whose day it is: the name of its calendar.
  package let calendar: String
  /// The day, in the market's own clocks.
  package let day: Day
  /// When it closes; `nil`: it does not open.
  package let close: ClosingTime?

  /// Whether it says something of its calendar is the caller's to ask (`Calendar.objection(to:)`).
  package init(calendar: Calendar, day: Day, close: ClosingTime? = nil) {
    (self.calendar, self.day, self.close) = (calendar.rawValue, day, close)
  }

  /// As it is written in one line: `NYSE 2027-03-01 13:00`; `nil` for anything else.
  package init?(_ line: some StringProtocol) {
    let words = line.split(separator: " ")
    guard (2...3).contains(words.count), let calendar = Calendar(rawValue: String(words[0])),
      let day = Day(String(words[1]))
    else { return nil }
    let close = words.count == 3 ? ClosingTime(words[2]) : nil
    guard words.count == 2 || close != nil else { return nil }
    self.init(calendar: calendar, day: day, close: close)
  }
}

/// A time of day on a market's own clock, to the minute.
package struct ClosingTime: Hashable, Sendable, CustomStringConvertible {
  /// Past midnight.
  let seconds: Int64

  /// Reads `13:00`; `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2, let hours = Int64(parts[0]),
      let minutes = Int64(parts[1]), hours < 24, minutes < 60
    else { return nil }
    seconds = hours * 3600 + minutes * 60
  }

  init(seconds: Int64) { self.seconds = seconds }

  /// `13:00`
  package var description: String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
  }
}

/// What a file has noted of its markets besides their rules: closures, and early closes.
package struct Closures: Hashable, Sendable {
  /// A day stands in it once a calendar.
  let all: [Closure]

  /// - Parameter all: a day once a calendar, in any order.
  package init(_ all: [Closure]) { self.all = all }

  /// Those of files that noted nothing.
  package static let none = Closures([])
}

/// What was noted of one market, where its rules say otherwise.
struct NotedDays: Hashable, Sendable {
  /// Closed all day.
  var closed = ClosedDays([])
  /// When sessions end that are cut short, in seconds past midnight.
  var closes: [Day: Int64] = [:]

  /// The days in a stretch that are not as the rules have them.
  func changes(in days: ClosedRange<Day>) -> [Day] {
    closed.days.filter(days.contains) + closes.keys.filter(days.contains)
  }
}

extension Calendar {
  /// The same market with what a file has noted of it. What says nothing else than the rules, as these may have learnt of
  /// it since, is left out.
  package func noting(_ closures: Closures) -> Calendar {
    let own =
      closures.all.isEmpty ? [] : closures.all.filter { $0.calendar == rawValue && byRules.objection(to: $0) == nil }
    guard !own.isEmpty else { return self }
    var noted = NotedDays()
    noted.closed = ClosedDays(own.filter { $0.close == nil }.map(\.day))
    for closure in own { noted.closes[closure.day] = closure.close?.seconds }
    return Calendar(market, noted)
  }

  /// The same market without anything that was noted.
  private var byRules: Calendar { Calendar(market, NotedDays()) }

  /// Why a closure cannot be: the market rests then anyhow, or does not trade at that time; `nil` where it can.
  package func objection(to closure: Closure) -> ClosureObjection? {
    if isContinuous { return .neverCloses }
    if let rest = rest(on: closure.day) { return .rests(rest) }
    let times = earlyCloses(on: closure.day)
    guard let close = closure.close, !times.contains(close.seconds) else { return nil }
    return .outsideSession(ClosingTime(seconds: times.lowerBound)...ClosingTime(seconds: times.upperBound - 60))
  }
}

/// Why a closure cannot be.
package enum ClosureObjection: Hashable, Sendable {
  /// It is a market without sessions.
  case neverCloses
  /// There is no session on that day.
  case rests(Rest)
  /// The session is not running then; between which times it could end early.
  case outsideSession(ClosedRange<ClosingTime>)
}

extension ClosingTime: Comparable {
  /// Earlier on one day.
  package static func < (a: ClosingTime, b: ClosingTime) -> Bool { a.seconds < b.seconds }
}
