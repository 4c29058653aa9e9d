import Formats
import Market

/// The economic calendar of a week, as Forex Factory gives it away: Sunday to Saturday by New York's clocks, what is
/// expected of each figure and what it was before, never what came. Documented nowhere.
///
/// Facts from recorded answers and from public notes about them.
package struct WeekCalendar: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "calendar"
  /// Its only series.
  package static let week = SeriesKey(
    dataset: .eventItem, provider: name, providerSymbol: "week", interval: .day1)
  static let path = "/ff_calendar_thisweek.json"

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: it refuses whoever asks more than now and then.
  package let profile = ProviderProfile(
    name: name, title: "Forex Factory calendar", baseURL: "https://nfs.faireconomy.media",
    homepage: "https://www.forexfactory.com/calendar",
    politeness: Politeness(
      windows: [.init(limit: 2, seconds: 300), .init(limit: 12, seconds: 86_400)], concurrency: 1, spacing: .seconds(2)),
    patience: Patience(tries: 1), safety: 0, probe: WeekCalendar.request)

  private static let request = Request(provider: name, path: path, maximumBytes: 4 << 20, timeLimit: 30)

  /// This week, every six hours, as forecasts arrive in the course of it.
  package var questions: [Question] {
    [Question(provider: Self.name, name: "week", step: .events, every: 6 * 3600, about: .eventItem)]
  }

  /// One request for the week as it stands.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard case .question(let question) = want.subject, question.provider == Self.name else { return [] }
    return [WeekCalendar.request]
  }

  /// The events of the week. What is left out of it is no longer told.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let verdict = HTTPVerdict(answer, messageAt: [["message"], ["error"]])
    if let objection = verdict.objection(symbol: nil, takesKey: false) { throw objection }
    guard request.path == Self.path else { throw .notOurs(request) }
    return try WeekCalendarReading(answer).reading()
  }

  /// The text of a row that says a figure.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    guard request.path == Self.path else { return nil }
    return (try? WeekCalendarReading(answer))?.place(of: figure)
  }
}
