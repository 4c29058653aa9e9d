import Formats
import Market

/// CNN's Fear & Greed Index of the American stock market: one value a session, and the nine figures that it is made from.
/// Documented nowhere; it answers browsers only.
///
/// Facts from recorded answers and from the public issues of whit3rabbit/fear-greed-data and koala73/worldmonitor.
package struct CNN: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "cnn"
  /// The name of the index, as a series spells it.
  package static let index = "fgi"
  /// Before it the series held long runs of one value: nothing of it is believed.
  static let firstDay = Day(year: 2021, month: 2, day: 1)!  // A day written here.

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: once in two seconds.
  package let profile = ProviderProfile(
    name: name, title: "CNN Fear & Greed", baseURL: "https://production.dataviz.cnn.io",
    homepage: "https://www.cnn.com/markets/fear-and-greed",
    politeness: Politeness(limit: 30, window: 60, concurrency: 1, spacing: .seconds(2)), safety: 0,
    probe: CNNAddress.current,
    // A teapot is no passing fault: it takes us for a robot.
    verdict: { $0.status == 418 ? .final : nil }, userAgent: { "Mozilla/5.0 (compatible; \($0))" })

  /// One request for all days from the first one wanted.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .sentiment, series.provider == Self.name,
      want.span.lowerBound <= now
    else { return [] }
    return [CNNAddress.days(from: max(want.span.lowerBound.clamped(to: Instant.representable).day, Self.firstDay))]
  }

  /// The index by session, and its components. A day counts from a quarter of an hour after its close.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    if answer.status == 418 {
      throw .blocked(message: "HTTP 418: \(Excerpt.of(answer.body, limit: 80))")
    }
    let verdict = HTTPVerdict(answer, messageAt: [["error"], ["message"]])
    if let objection = verdict.objection(symbol: nil, takesKey: false) { throw objection }
    guard request.path.hasPrefix(CNNAddress.path) else { throw .notOurs(request) }
    let payload = try readingDocument(answer.body) { (cursor) throws(JSONFault) in try CNNPayload(&cursor) }
    return try CNNReading(answer).read(payload)
  }

  /// The point of a day, or the score at the head of a component.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    CNNPlaces.place(of: figure, in: answer.body)
  }
}

/// What is asked of CNN.
enum CNNAddress {
  static let path = "/index/fearandgreed/graphdata"

  static func days(from first: Day) -> Request { ask("\(path)/\(first)") }
  static let current = ask("\(path)/current")

  private static func ask(_ path: String) -> Request {
    Request(
      provider: CNN.name, path: path,
      headers: [
        HeaderField("referer", "https://www.cnn.com/markets/fear-and-greed"),
        HeaderField("origin", "https://www.cnn.com"),
      ], maximumBytes: 8 << 20, timeLimit: 30)
  }
}

/// The series of an answer and their members.
enum CNNSeries {
  static let index = "fear_and_greed_historical"
  /// What the index is made from.
  static let components = [
    "market_momentum_sp500", "market_momentum_sp125", "stock_price_strength", "stock_price_breadth", "put_call_options",
    "market_volatility_vix", "market_volatility_vix_50", "junk_bond_demand", "safe_haven_demand",
  ]
}
