import Foundation
import Market
import Support

/// True answers about the world around prices: moods, news, events.
extension GoodAnswers {
  /// Those whose answers are made up here.
  static let world: Set<ProviderName> = ["cnn", "rss", "calendar", "sec", "newsapi"]

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
    default: days.map { "\"0000320193-25-0\($0.description.suffix(5).filter { $0 != "-" })\(shift)\"\u{1}\"\($0)\"" }
    }
  }

  private func event(_ day: Day) -> String {
    members([
      #""title":"Claims \#(day.weekday)""#, #""country":"USD""#, #""date":"\#(day)T08:30:00-04:00""#,
      #""impact":"Low""#, #""forecast":"\#(Int64(day.daysSinceEpoch % 9) + shift)K""#, #""previous":"1K""#,
    ])
  }

  func worldText(_ rows: [String]) -> String {
    let list = rows.joined(separator: ",")
    return switch provider.description {
    case "cnn":
      #"{"fear_and_greed_historical":{"timestamp":\#(now.epochSeconds)000.0,"score":40,"rating":"fear","data":[\#(list)]}}"#
    case "calendar": "[\(list)]"
    case "rss": "<rss version=\"2.0\"><channel><title>Wire</title>\(rows.joined())</channel></rss>"
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
