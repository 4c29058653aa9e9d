import Foundation
import Market
import Support

/// True answers about the world around prices: moods, news, events.
extension GoodAnswers {
  /// Those whose answers are made up here.
  static let world: Set<ProviderName> = [
    "cnn", "rss", "calendar", "sec", "newsapi", "fred", FaultScene.keyedFRED, "worldbank",
    "gdelt",
  ]

  /// Weekdays up to yesterday, oldest first.
  private var days: [Day] { (1...12).reversed().map { now.day - $0 }.filter { Calendar.nyse.isOpen(on: $0) } }

  private func value(_ day: Day) -> String { number("\(10 + Int64(day.daysSinceEpoch % 9) + shift).25") }

  private func members(_ parts: [String]) -> String {
    "{" + (isMoved ? Array(parts.reversed()) : parts).joined(separator: ",") + "}"
  }

  /// The rows of an answer; of the SEC's, whose rows stand in columns, the cells of each.
  func worldRows(for request: LoopbackServer.Request) -> [String] {
    switch provider.description {
    case "cnn":
      days.map { day in
        members([#""x":\#(day.start.epochSeconds)000.0"#, #""y":\#(value(day))"#, #""rating":"fear""#])
      }
    case "calendar": days.suffix(4).map(event)
    case "rss":
      days.map { day in
        "<item><title>Story of \(day)</title><guid>\(day)\(shift)</guid>"
          + "<link>https://wire.example/\(day)</link><pubDate>\(day)T10:00:00Z</pubDate></item>"
      }
    case "newsapi":
      days.map { day in
        members([
          #""title":"Story of \#(day)""#, #""url":"https://wire.example/\#(day)/\#(shift)""#,
          #""publishedAt":"\#(day)T10:00:00Z""#,
        ])
      }
    // Without a key: the table.
    case "fred":
      days.filter { $0 >= request.query("cosd").flatMap { Day($0) } ?? $0 }.map { "\($0),\(value($0))" }
    case "fred-keyed":
      months.filter { $0 >= request.query("observation_start").flatMap { Day($0) } ?? $0 }.map(observation)
    case "worldbank": months.reversed().map(figure)
    case "gdelt": themeDays(of: request).map { point($0, isTone: request.query("mode") == "timelinetone") }
    default: days.map { "\"0000320193-25-0\($0.description.suffix(5).filter { $0 != "-" })\(shift)\"\u{1}\"\($0)\"" }
    }
  }

  private func event(_ day: Day) -> String {
    members([
      #""title":"Claims \#(day.weekday)""#, #""country":"USD""#, #""date":"\#(day)T08:30:00-04:00""#,
      #""impact":"Low""#, #""forecast":"\#(Int64(day.daysSinceEpoch % 9) + shift)K""#, #""previous":"1K""#,
    ])
  }

  /// First days of the months of this year that are told; one is published on the 22nd of the next.
  private var months: [Day] {
    let known = (now.day - 21).parts
    return (1..<known.month).compactMap { Day(year: known.year, month: $0, day: 1) }
  }

  /// As it was published first, on the 22nd of the next month.
  private func observation(_ month: Day) -> String {
    let next = (month + 31).parts
    let published = Day(year: next.year, month: next.month, day: 22) ?? month
    return members([
      #""realtime_start":"\#(published)""#, #""realtime_end":"9999-12-31""#, #""date":"\#(month)""#,
      #""value":\#(number("\"\(value(month))\""))"#,
    ])
  }

  private func figure(_ month: Day) -> String {
    members([
      #""indicator":{"id":"CPTOTSAXN","value":"CPI Price"}"#, #""country":{"id":"US","value":"United States"}"#,
      #""countryiso3code":"\#(symbol ?? "USA")""#,
      #""date":"\#(month.description.prefix(4))M\#(month.description.dropFirst(5).prefix(2))""#,
      #""value":\#(value(month))"#,
    ])
  }

  /// Of the days that were asked for those that are over.
  private func themeDays(of request: LoopbackServer.Request) -> [Day] {
    let last = request.query("enddatetime").map { String($0.prefix(8)) } ?? ""
    return (1...40).reversed().map { now.day - $0 }.filter { digits($0) <= last }.suffix(30)
  }

  private func digits(_ day: Day) -> String { day.description.filter { $0 != "-" } }

  private func point(_ day: Day, isTone: Bool) -> String {
    let count = Int64(day.daysSinceEpoch % 9) + shift
    return members(
      [#""date":"\#(digits(day))T000000Z""#, #""value":\#(number(isTone ? "-\(count).25" : "\(40 + count)"))"#]
        + (isTone ? [] : [#""norm":\#(number("1000"))"#]))
  }

  func worldText(_ rows: [String]) -> String {
    let list = rows.joined(separator: ",")
    return switch provider.description {
    case "cnn":
      #"{"fear_and_greed_historical":{"timestamp":\#(now.epochSeconds)000.0,"score":40,"rating":"fear","data":[\#(list)]}}"#
    case "calendar": "[\(list)]"
    case "rss": "<rss version=\"2.0\"><channel><title>Wire</title>\(rows.joined())</channel></rss>"
    case "fred": "observation_date,\(symbol ?? "DGS10")\n" + rows.map { $0 + "\n" }.joined()
    case "fred-keyed": #"{"count":\#(rows.count),"offset":0,"limit":100000,"observations":[\#(list)]}"#
    case "worldbank":
      #"[{"page":1,"pages":1,"per_page":2000,"total":\#(rows.count),"lastupdated":"\#(now.day - 1)"},[\#(list)]]"#
    case "gdelt":
      #"{"query_details":{"date_resolution":"day"},"timeline":[{"series":"Article Count","data":[\#(list)]}]}"#
    case "newsapi": #"{"status":"ok","totalResults":\#(rows.count),"articles":[\#(list)]}"#
    default: submissions(rows.map { $0.split(separator: "\u{1}").map(String.init) })
    }
  }

  private func submissions(_ rows: [[String]]) -> String {
    func column(_ cells: [String]) -> String { "[\(cells.joined(separator: ","))]" }
    let days = rows.map { $0.count > 1 ? $0[1] : "null" }
    let columns = [
      #""accessionNumber":\#(column(rows.map { $0[0] }))"#, #""filingDate":\#(column(days))"#,
      #""form":\#(column(rows.map { _ in "\"8-K\"" }))"#,
    ]
    return
      #"{"cik":"\#(symbol == nil ? "320193" : "7")","filings":{"recent":{\#(columns.joined(separator: ","))},"files":[]}}"#
  }
}
