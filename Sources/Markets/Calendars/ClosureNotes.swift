import Following
import Market
import Rendering

/// What a file has noted of the markets' days, as commands show it.
struct ClosureNotes {
  private let all: [NotedClosure]

  init(_ all: [NotedClosure]) { self.all = all }

  /// The calendar with what is noted of it.
  func applied(to calendar: Market.Calendar) -> Market.Calendar { calendar.noting(Closures(all.map(\.closure))) }

  /// Those of one calendar that lie among these days.
  func about(_ calendar: Market.Calendar, _ days: ClosedRange<Day>) -> ClosureNotes {
    ClosureNotes(all.filter { $0.closure.calendar == calendar.rawValue && days.contains($0.closure.day) })
  }

  /// Those of the session that runs, or of the days over which a closed market rests.
  func about(_ state: MarketState) -> ClosureNotes {
    about(state.calendar, state.session.map { $0.day...$0.day } ?? state.last.day...state.next.day)
  }

  /// Why a market is closed that would be open by its rules; `nil` where nobody noted that.
  func reason(for state: MarketState) -> String? {
    guard !state.isOpen else { return nil }
    return about(state).all.first { $0.closure.close == nil }.map { TerminalText.escaped($0.reason) }
  }

  /// What is noted of one day.
  func note(of calendar: Market.Calendar, on day: Day) -> NotedClosure? { about(calendar, day...day).all.first }

  /// A line each: `2027-03-01 closed: day of mourning`.
  var lines: [String] { all.map(\.words) }

  var json: JSONValue { .array(all.map(\.json)) }
}

extension NotedClosure {
  /// `2027-03-01 closes at 13:00: storm`
  var words: String { "\(closure.day) \(state): \(TerminalText.escaped(reason))" }

  private var state: String { closure.close.map { "closes at \($0)" } ?? "closed" }

  var json: JSONValue {
    [
      "day": .string(closure.day.description), "close": .optional(closure.close?.description),
      "reason": .string(reason),
    ]
  }
}
