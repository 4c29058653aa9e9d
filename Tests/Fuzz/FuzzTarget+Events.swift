import Market
import Providers

extension FuzzTarget {
  /// What tells of events: the week's calendar, the days on which companies report.
  static let events: [FuzzTarget] = [
    question(
      WeekCalendar(), "week", payloads: "payloads/calendar",
      """
      [{"title":"CPI m\\/m","country":"USD","date":"2025-09-18T08:30:00-04:00","impact":"High","forecast":"0.3%",
      "previous":"-12.15B"},{"title":"Votes","country":"GBP","date":"","impact":"Holiday","forecast":"3-0-6"},
      {"title":"CPI m\\/m","country":"USD","date":"2025-09-19T08:30:00-04:00","impact":"Low","previous":"4.5|2.5"}]
      """, "<html>Denied</html>"),
    question(
      AlphaVantage(), "earnings", payloads: "payloads/alphavantage",
      "symbol,name,reportDate,fiscalDateEnding,estimate,currency,timeOfTheDay\r\n"
        + "IBM,IBM,2025-10-22,2025-09-30,2.45,USD,post-market\r\nA,A,2025-11-24,2025-10-31,,USD,\r\n",
      #"{"Information":"Our standard API rate limit is 25 requests per day."}"#),
  ]

  /// Each figure that can be pointed at must mean what was read.
  private static func question(
    _ provider: any Provider, _ name: String, payloads: String, _ texts: String...
  ) -> FuzzTarget {
    let questions = provider.questions.filter { $0.name == name }
    let requests = questions.flatMap { question in
      provider.requests(for: Want(question: question, span: madeAt...madeAt, tickers: [name]), at: madeAt)
    }
    let key = SeriesKey(
      dataset: .eventItem, provider: provider.profile.name, providerSymbol: name, interval: .day1)
    return FuzzTarget("events-\(name)", texts: texts, payloads: payloads) { bytes in
      for request in requests {
        let answer = Answer(status: 200, headers: [], body: bytes, receivedAt: madeAt)
        guard let reading = try? provider.read(answer, to: request) else { continue }
        for part in reading.parts {
          if part.series != key { return "events of \(part.series)" }
          if let fault = faultOfEvents(part.facts) { return fault }
          for index in 0..<min(part.facts.count, 2) {
            for (field, value) in zip(FactShape.eventItem.fields, part.facts.figures(at: index)) {
              let figure = Figure(series: key, key: part.facts.key(at: index), field: field)
              guard let place = provider.locate(figure, in: answer, to: request) else { continue }
              if place.rule != .text, place.value(in: bytes) != value {
                return "\(field.rawValue) is not what stands there"
              }
            }
          }
        }
      }
      return nil
    }
  }

  private static func faultOfEvents(_ facts: Facts) -> String? {
    var keys: Set<FactKey> = []
    for index in 0..<facts.count {
      let (key, figures) = (facts.key(at: index), facts.figures(at: index))
      if !keys.insert(key).inserted { return "an event twice" }
      if index > 0, key < facts.key(at: index - 1) { return "events out of order" }
      if figures.count != FactShape.eventItem.fields.count || key.parts.count != 4 { return "a row of another width" }
      if figures.contains(where: { $0.number?.isFinite == false }) { return "a number that is none" }
      for case .text(let text) in figures where text.utf8.contains(0) { return "a text with NUL" }
    }
    return nil
  }
}
