import Formats
import Market

/// When companies report, and what is expected of a share: `symbol,name,reportDate,fiscalDateEnding,estimate,currency,
/// timeOfTheDay`, a row each, of all companies that it knows, whoever asks.
struct AlphaVantageEarnings {
  static let function = "EARNINGS_CALENDAR"
  /// All companies are one series; which of them are followed, the file says.
  static let series = SeriesKey(
    dataset: .eventItem, provider: AlphaVantage.name, providerSymbol: "earnings", interval: .day1)
  static let request = Request(
    provider: AlphaVantage.name, path: "/query",
    query: [QueryItem("function", function), QueryItem("horizon", "3month")], maximumBytes: 8 << 20)

  private static let columns = ["symbol", "reportDate", "fiscalDateEnding", "estimate", "currency", "timeOfTheDay"]
  private static let times: Set<String> = ["", "pre-market", "post-market"]
  /// Days by which a report may lie off the answer, and the end of its quarter before it.
  private static let reach = 400

  private let body: [UInt8]
  private let receivedAt: Instant
  private let lines: [AlphaVantageTable.Line]

  static func isAsked(_ request: Request) -> Bool {
    request.path == "/query" && request.queryValue("function") == function
  }

  /// - Throws: also for a table without an end of its last line, as it was cut.
  init(_ answer: Answer) throws(ReadingError) {
    body = answer.body
    receivedAt = answer.receivedAt
    guard body.last == UInt8(ascii: "\n") else {
      throw .shapeChanged(expected: "a line that ends", found: "the end of the answer", offset: body.count)
    }
    lines = try AlphaVantageTable(body, expecting: Self.columns).lines
    if lines.isEmpty { throw .empty }
  }

  /// A table that was cut at the end of a line looks like a shorter one: what it leaves out is not taken for withdrawn.
  func reading() -> Reading {
    var (rows, refusals): ([FactKey: FactRow], [Refusal]) = ([:], [])
    for line in lines {
      switch event(line) {
      case .success(let event): rows[event.key] = rows[event.key] ?? event.row
      case .failure(let refused): refusals.append(refused.refusal)
      }
    }
    return Reading(
      series: Self.series, facts: .rows(.eventItem, rows.values.sorted { $0.key < $1.key }), refusals: refusals,
      covers: nil)
  }

  private func text(_ line: AlphaVantageTable.Line, _ column: Int) -> String {
    String(decoding: body[line.cells[column]], as: UTF8.self)
  }

  private func event(_ line: AlphaVantageTable.Line) -> Result<EventItem, RowRefused> {
    func refused(_ reason: RefusalReason, _ detail: String) -> Result<EventItem, RowRefused> {
      .failure(RowRefused(Refusal(reason: reason, at: nil, detail: detail, excerpt: Excerpt.of(body[line.bytes]))))
    }
    let (symbol, currency, time) = (text(line, 0), text(line, 4), text(line, 5))
    guard (1...20).contains(symbol.utf8.count), symbol.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return refused(.malformed, "no symbol")
    }
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
      return refused(.malformed, "'\(Excerpt.of(currency, limit: 20))' is no currency")
    }
    guard let day = Day(text(line, 1)), let quarter = Day(text(line, 2)) else {
      return refused(.wrongTime, "no day of the report, or no end of its quarter")
    }
    guard abs(day - receivedAt.day) <= Self.reach, quarter < day, day - quarter <= Self.reach else {
      return refused(.wrongTime, "\(day) does not go with the answer, or with a quarter that ended on \(quarter)")
    }
    guard Self.times.contains(time) else {
      return refused(.malformed, "a time of day '\(Excerpt.of(time, limit: 20))' is not known")
    }
    let estimate = AlphaVantageTable.amount(body[line.cells[3]])
    if case .notANumber = estimate { return refused(.notANumber, "the estimate is no number") }
    return .success(
      EventItem(
        .earnings, period: quarter, country: currency, title: "\(symbol) earnings", day: day,
        timeOfDay: time.isEmpty ? nil : time,
        forecast: estimate.number.map { EventAmount(text: text(line, 3), number: $0, unit: nil) }, symbol: symbol))
  }
}
