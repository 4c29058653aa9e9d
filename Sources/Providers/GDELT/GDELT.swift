import Formats
import Market

/// GDELT's index of the world's online news: of a theme, which is a query in its language, how many articles of a day are
/// about it, of how many in all, and how they are worded. Needs no key. Its lists of articles are never asked for.
///
/// Facts from recorded answers and from the public issues of alex9smith/gdelt-doc-api and jsonlite.
package struct GDELT: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "gdelt"

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: it wishes for five seconds between two requests, and refuses those that keep to
  /// just that. Addresses that many share may be refused for hours.
  package let profile = ProviderProfile(
    name: name, title: "GDELT", baseURL: "https://api.gdeltproject.org", homepage: "https://www.gdeltproject.org",
    politeness: Politeness(limit: 9, window: 60, concurrency: 1, spacing: .milliseconds(6500)), safety: 0,
    probe: GDELTAddress.probe, verdict: GDELTErrors.retry)

  /// The volume and the tone of every stretch of thirty days that reaches into what is wanted. An answer about fewer days
  /// would come by the hour, so that none is asked for less.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.provider == Self.name, series.dataset == .themeValue,
      GDELTAddress.isQuery(series.providerSymbol)
    else { return [] }
    let span = want.span.clamped(to: Instant.representable)
    let last = min(span.upperBound.day, now.day - 1)
    let first = max(span.lowerBound.day, GDELTAddress.firstDay)
    guard first <= last else { return [] }
    let count = (last - first) / GDELTAddress.days + 1
    return (0..<count).reversed().flatMap { number in
      let end = last - number * GDELTAddress.days
      return GDELTTimeline.Mode.allCases.map {
        GDELTAddress.timeline($0, series.providerSymbol, end - (GDELTAddress.days - 1)...end)
      }
    }
  }

  /// Two figures a day, or one, of the days that were over when the answer was made.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    guard let question = GDELTQuestion(request) else { throw .notOurs(request) }
    try GDELTErrors.check(answer, about: question.query)
    return try GDELTReading(question: question).read(answer)
  }

  /// The number in the row that bears the day.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    GDELTQuestion(request).flatMap { GDELTReading(question: $0).place(of: figure, in: answer.body) }
  }
}

extension GDELT: MacroDirectory {
  /// Themes.
  package var described: Dataset { .themeValue }
  /// What a theme looks like.
  package var idHint: String {
    "a theme is a query of 3 to 250 bytes in its language, such as '(exchange OR wallet) (hack OR exploit)'"
  }

  /// Each day.
  package var usualFrequency: Frequency? { .daily }

  /// As it was typed, without the blanks around it and with one between words: its operators are words in capitals.
  package func spelled(_ id: String) -> String { id.split { $0 == " " || $0 == "\t" }.joined(separator: " ") }

  /// How much was written about it in the thirty days before: whether it takes the query shows there.
  package func requests(about id: String, isKeyed: Bool, at now: Instant) -> [Request] {
    guard GDELTAddress.isQuery(id) else { return [] }
    let last = now.day - 1
    return [GDELTAddress.timeline(.volume, id, last - (GDELTAddress.days - 1)...last)]
  }

  /// Counted by the day; the title is the query until somebody says a better one.
  package func description(
    of id: String, in answers: [(answer: Answer, request: Request)]
  ) throws(ReadingError) -> MacroSeries {
    guard let (answer, request) = answers.first else { throw .unknownSymbol(id) }
    _ = try read(answer, to: request)
    return MacroSeries(title: id, units: nil, frequency: .daily)
  }
}
