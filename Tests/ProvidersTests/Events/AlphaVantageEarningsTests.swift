import Market
import Support
import Testing

@testable import Providers

@Suite struct AlphaVantageEarningsTests {
  private static let now = "2026-05-17T15:00:00Z"
  private static let header = "symbol,name,reportDate,fiscalDateEnding,estimate,currency,timeOfTheDay\r\n"

  private func read(_ body: String) throws(ReadingError) -> Reading {
    try AlphaVantage().read(answer(body, at: Self.now), to: AlphaVantageEarnings.request)
  }

  private func figures(_ reading: Reading, _ symbol: String, _ quarter: String) -> [FigureField: FigureValue] {
    let key = FactKey(.day(day(quarter)), .text("USD"), .text("\(symbol) earnings"), .text("1"))
    guard let row = reading.parts[0].facts.index(of: key) else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(FactShape.eventItem.fields, reading.parts[0].facts.figures(at: row)))
  }

  @Test func `the calendar is asked once a day, whole`() throws {
    let question = try #require(AlphaVantage().questions.first { $0.name == "earnings" })
    #expect((question.step, question.subject, question.every) == (.events, .eventItem, 72_000))
    let want = Want(question: question, span: time(Self.now)...time(Self.now), tickers: ["earnings"])
    #expect(
      AlphaVantage().requests(for: want, at: time(Self.now)).map(\.target) == [
        "/query?function=EARNINGS_CALENDAR&horizon=3month"
      ])
  }

  @Test func `a report is told by the end of its quarter, so that a day that moves is the same report`() throws {
    let reading = try read(
      Self.header + "IBM,IBM CORP,2026-07-22,2026-06-30,2.85,USD,post-market\r\nA,A,2026-05-26,2026-04-30,,USD,\r\n")
    #expect(reading.parts[0].facts.count == 2)
    #expect(reading.parts[0].covers == nil)
    let ibm = figures(reading, "IBM", "2026-06-30")
    #expect(ibm[.kind] == .text("earnings"))
    #expect(ibm[.day] == .text("2026-07-22"))
    #expect(ibm[.timeOfDay] == .text("post-market"))
    #expect(ibm[.forecast] == .text("2.85"))
    #expect(ibm[.forecastValue] == .number(2.85))
    #expect(ibm[.symbol] == .text("IBM"))
    #expect(figures(reading, "A", "2026-04-30")[.forecast] == .absent)
  }

  @Test(arguments: [
    ",X,2026-07-22,2026-06-30,1,USD,", "I BM,X,2026-07-22,2026-06-30,1,USD,", "IBM,X,soon,2026-06-30,1,USD,",
    "IBM,X,2026-07-22,,1,USD,", "IBM,X,2026-07-22,2026-06-30,nan,USD,", "IBM,X,2026-07-22,2026-06-30,1,dollars,",
    "IBM,X,2026-07-22,2026-06-30,1,USD,midnight", "IBM,X,2026-06-22,2026-06-30,1,USD,",
    "IBM,X,1999-07-22,1999-06-30,1,USD,",
  ])
  func `a row that is none costs itself`(_ row: String) throws {
    let reading = try read(Self.header + "A,A,2026-05-26,2026-04-30,,USD,\r\n\(row)\r\n")
    #expect(reading.parts[0].facts.count == 1)
    #expect(reading.parts[0].refusals.count == 1)
  }

  @Test func `what is no calendar is refused, and a table that was cut`() throws {
    let whole = Self.header + "A,A,2026-05-26,2026-04-30,1.5,USD,\n"
    for cut in 1..<whole.utf8.count {
      let found = fault { () throws(ReadingError) in try read(String(decoding: whole.utf8.prefix(cut), as: UTF8.self)) }
      #expect(found != nil, "\(cut)")
    }
    #expect(fault { () throws(ReadingError) in try read(Self.header) } == .empty)
    #expect(fault { () throws(ReadingError) in try read("{}") } == .empty)
    #expect(fault { () throws(ReadingError) in try read("symbol,name\nA,B\n") }?.isShapeChanged == true)
    #expect(fault { () throws(ReadingError) in try read(Self.header + "A,B\n") }?.isShapeChanged == true)
    let limit = #"{"Information":"Our standard API rate limit is 25 requests per day."}"#
    guard case .throttled? = fault({ () throws(ReadingError) in try read(limit) }) else {
      Issue.record("a limit is no calendar")
      return
    }
    guard case .blocked? = fault({ () throws(ReadingError) in try read("<html></html>\n") }) else {
      Issue.record("a page is no calendar")
      return
    }
  }

  @Test(.enabled(if: MarketData.folder != nil, "MARKET_DATA names no folder of recorded answers"))
  func `the recorded calendar is read whole`() throws {
    let body = try recorded("alphavantage/EARNINGS_CALENDAR-3month.csv")
    let reading = try AlphaVantage().read(answer(body, at: Self.now), to: AlphaVantageEarnings.request)
    #expect(reading.parts[0].facts.count + reading.parts[0].refusals.count == 4526)
    #expect(reading.parts[0].refusals.count < 20)
  }
}
