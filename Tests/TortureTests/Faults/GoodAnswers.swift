import Foundation
import Market
import Support

/// True answers of one provider to whatever it is asked: what the faults damage, and what facts are judged by.
///
/// Rows and the text around them are kept apart, so that a fault can repeat, shift or swap them.
struct GoodAnswers: Sendable {
  let provider: ProviderName
  let now: Instant
  /// Added to every price, so that two sets of rows contradict each other.
  var shift: Int64 = 0
  /// How a number of a row is written, given its usual text.
  var number: @Sendable (String) -> String = { $0 }
  /// The name of the asset where the answer says it.
  var symbol: String?
  /// Whether the fields of a row stand in another order than usual.
  var isMoved = false

  var contentType: String {
    provider == "farside" ? "text/html; charset=utf-8" : provider == "fred" ? "text/csv" : "application/json"
  }

  func text(for request: LoopbackServer.Request) -> String { wrapped(rows(for: request), request) }

  /// The rows of the answer, each as it is written there.
  func rows(for request: LoopbackServer.Request) -> [String] {
    switch provider.description {
    case "binance": hours(milliseconds("startTime", request), milliseconds("endTime", request)).map(kline)
    case "coinbase": hours(instant("start", request), instant("end", request)).reversed().map(candle)
    case "kraken": hours(Instant(epochSeconds: integer("since", request) + 1), now).suffix(720).map(ohlc)
    case "coingecko": hours(now - integer("days", request) * 86_400, now).map(sample)
    case "alternative.me": (0..<max(1, integer("limit", request))).map { entry(now.day - Int($0)) }
    case "yahoo": sessions(integer("period1", request), integer("period2", request)).map(session)
    case "alphavantage": newestSessions(100).reversed().map(datedSession)
    case "polygon": sessions(in: request.path).map(aggregate)
    case "farside": fundDays(request.path.contains("all-data") ? 60 : 20).map(tableRow)
    case _ where GoodAnswers.world.contains(provider): worldRows(for: request)
    default: fundDays(Int(integer("limit", request))).reversed().map(flow)
    }
  }

  func wrapped(_ rows: [String], _ request: LoopbackServer.Request) -> String {
    let list = rows.joined(separator: ",")
    return switch provider.description {
    case "binance", "coinbase": "[\(list)]"
    case "kraken":
      #"{"error":[],"result":{"\#(symbol ?? "XXBTZUSD")":[\#(list)],"last":\#(now.floored(to: 3600).epochSeconds - 3600)}}"#
    case "coingecko": #"{"prices":[\#(list)],"market_caps":[],"total_volumes":[]}"#
    case "alternative.me": #"{"name":"Fear and Greed Index","data":[\#(list)],"metadata":{"error":null}}"#
    case "yahoo": chart(rows)
    case "alphavantage":
      """
      {"Meta Data":{"1. Information":"Daily Prices","2. Symbol":"\(symbol ?? "ACME")","3. Last Refreshed":"\(now.day)",
      "4. Output Size":"Compact","5. Time Zone":"US/Eastern"},"Time Series (Daily)":{\(list)}}
      """
    case "polygon":
      """
      {"ticker":"\(symbol ?? "ACME")","adjusted":true,"resultsCount":\(rows.count),"status":"OK","results":[\(list)]}
      """
    case "farside": page(rows.joined(separator: "\n"))
    case "sec" where request.path.hasSuffix("company_tickers.json"): #"{"0":{"cik_str":320193,"ticker":"ACME"}}"#
    case _ where GoodAnswers.world.contains(provider): worldText(rows)
    default: #"{"code":0,"msg":null,"data":{"list":[\#(list)]}}"#
    }
  }

  /// Yahoo's chart, whose rows stand in columns.
  private func chart(_ rows: [String]) -> String {
    let cells = rows.map { $0.split(separator: "\u{1}") }
    func column(_ index: Int) -> String { "[" + cells.map { String($0[index]) }.joined(separator: ",") + "]" }
    let quote = ["open", "high", "low", "close", "volume"].enumerated().map { #""\#($1)":\#(column($0 + 1))"# }
    return """
      {"chart":{"result":[{"meta":{"currency":"USD","symbol":"\(symbol ?? "ACME")","instrumentType":"EQUITY",
      "firstTradeDate":345479400,"exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},
      "timestamp":\(column(0)),"indicators":{"quote":[{\(quote.joined(separator: ","))}]}}],"error":null}}
      """
  }

  /// Farside's page around rows of its table.
  func page(_ rows: String, tableClass: String = "etf") -> String {
    let heads = isMoved ? ["Date", "FBTC", "Total", "IBIT"] : ["Date", "IBIT", "FBTC", "Total"]
    return """
      <!DOCTYPE html><html><head><title>Flows</title></head><body><table class="\(tableClass)">
      <thead><tr>\(heads.map { "<th>\($0)</th>" }.joined())</tr></thead>
      <tbody>\(rows)</tbody></table></body></html>
      """
  }
}

extension GoodAnswers {
  private func hours(_ first: Instant, _ last: Instant) -> [Instant] {
    let begin = (first.epochSeconds + 3599) / 3600 * 3600
    return stride(from: begin, through: min(last, now).epochSeconds, by: 3600).map(Instant.init(epochSeconds:))
  }

  /// Weekdays up to today, oldest first.
  private func fundDays(_ count: Int) -> [Day] {
    (0..<max(1, count)).reversed().map { now.day - $0 }.filter(Calendar.weekdays.isOpen)
  }

  private func price(_ hour: Instant) -> (open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64) {
    let count = hour.epochSeconds / 3600
    let open = 1000 + count % 17 + shift
    let close = 1000 + count * 7 % 19 + shift
    return (open, max(open, close) + 1, min(open, close) - 1, close, count % 5 + 1)
  }

  private func fields(_ names: [String]) -> String {
    (isMoved ? Array(names.reversed()) : names).joined(separator: ",")
  }

  private func quoted(_ value: Int64) -> String { number("\"\(value).25\"") }
  private func bare(_ value: Int64) -> String { number("\(value).25") }

  private func kline(_ hour: Instant) -> String {
    let bar = price(hour)
    let start = hour.epochSeconds * 1000
    return "["
      + fields([
        "\(start)", quoted(bar.open), quoted(bar.high), quoted(bar.low), quoted(bar.close), quoted(bar.volume),
        "\(start + 3_599_999)", "\"1.0\"", "1", "\"1.0\"", "\"1.0\"", "\"0\"",
      ]) + "]"
  }

  /// New York's sessions of a stretch, up to today.
  private func sessions(_ first: Int64, _ end: Int64) -> [Day] {
    let days =
      Instant(epochSeconds: first).day...max(Instant(epochSeconds: first).day, Instant(epochSeconds: end - 1).day)
    return (0...days.upperBound - days.lowerBound).map { days.lowerBound + $0 }
      .filter { $0 <= now.day && Calendar.nyse.isOpen(on: $0) }
  }

  private func session(_ day: Day) -> String {
    let bar = price(day.start)
    let values = ["\(day.start.epochSeconds + 48_600)", bare(bar.open), bare(bar.high), bare(bar.low), bare(bar.close)]
    return (isMoved ? (values + [bare(bar.volume)]).reversed() : values + [bare(bar.volume)]).joined(separator: "\u{1}")
  }

  /// The newest sessions, today's among them, oldest first.
  private func newestSessions(_ count: Int) -> [Day] {
    (0..<2 * count).map { now.day - $0 }.filter { Calendar.nyse.isOpen(on: $0) }.prefix(count).reversed()
  }

  /// Those between the two days with which a path ends.
  private func sessions(in path: String) -> [Day] {
    let days = path.split(separator: "/").suffix(2).compactMap { Day(String($0)) }
    guard let first = days.first, let last = days.last else { return [] }
    return sessions(first.start.epochSeconds, (last + 1).start.epochSeconds)
  }

  private func datedSession(_ day: Day) -> String {
    let bar = price(day.start)
    return #""\#(day)":{"#
      + fields([
        #""1. open":\#(quoted(bar.open))"#, #""2. high":\#(quoted(bar.high))"#, #""3. low":\#(quoted(bar.low))"#,
        #""4. close":\#(quoted(bar.close))"#, #""5. volume":\#(quoted(bar.volume))"#,
      ]) + "}"
  }

  private func aggregate(_ day: Day) -> String {
    let bar = price(day.start)
    return "{"
      + fields([
        #""v":\#(bare(bar.volume))"#, #""o":\#(bare(bar.open))"#, #""c":\#(bare(bar.close))"#,
        #""h":\#(bare(bar.high))"#, #""l":\#(bare(bar.low))"#, #""t":\#(day.start.epochSeconds * 1000 + 14_400_000)"#,
      ]) + "}"
  }

  private func candle(_ hour: Instant) -> String {
    let bar = price(hour)
    return "["
      + fields([
        "\(hour.epochSeconds)", bare(bar.low), bare(bar.high), bare(bar.open), bare(bar.close), bare(bar.volume),
      ]) + "]"
  }

  private func ohlc(_ hour: Instant) -> String {
    let bar = price(hour)
    return "["
      + fields([
        "\(hour.epochSeconds)", quoted(bar.open), quoted(bar.high), quoted(bar.low), quoted(bar.close),
        quoted(bar.close), quoted(bar.volume), "7",
      ]) + "]"
  }

  private func sample(_ hour: Instant) -> String {
    "[" + fields(["\(hour.epochSeconds * 1000)", bare(price(hour).close)]) + "]"
  }

  private func entry(_ day: Day) -> String {
    let value = number("\"\((Int64(day.daysSinceEpoch) + shift) % 90)\"")
    return #"{"value":\#(value),"value_classification":"Fear","timestamp":"\#(day.start.epochSeconds)"}"#
  }

  private func flow(_ day: Day) -> String {
    let flow = number("\(Int64(day.daysSinceEpoch % 9) * 1_000_000 + shift)")
    return #"{"date":"\#(day)","totalNetInflow":\#(flow),"totalNetAssets":\#(number("90000000000"))}"#
  }

  private func tableRow(_ day: Day) -> String {
    let first = Int64(day.daysSinceEpoch % 9) + 3 + shift
    let cells = [number("\(first).0"), number("(2.5)"), number("\(first - 3).5")]
    let order = isMoved ? [cells[1], cells[2], cells[0]] : cells
    return "<tr><td>\(written(day))</td>" + order.map { "<td>\($0)</td>" }.joined() + "</tr>"
  }

  /// `13 Mar 2026`
  private func written(_ day: Day) -> String {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (year, month, number) = day.parts
    return "\(number < 10 ? "0" : "")\(number) \(names[month - 1]) \(year)"
  }

  private func integer(_ name: String, _ request: LoopbackServer.Request) -> Int64 {
    request.query(name).flatMap { Int64($0) } ?? 0
  }

  private func milliseconds(_ name: String, _ request: LoopbackServer.Request) -> Instant {
    Instant(epochSeconds: integer(name, request) / 1000)
  }

  private func instant(_ name: String, _ request: LoopbackServer.Request) -> Instant {
    request.query(name).flatMap { Instant($0) } ?? now
  }
}
