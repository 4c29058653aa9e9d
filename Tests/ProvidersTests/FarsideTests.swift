import Market
import Support
import Testing

@testable import Providers

private let everything = FarsidePage.everything(of: "btc")

private func cell(_ text: String, _ tag: String = "td") -> String {
  let shown = text.hasPrefix("(") ? "<span class=\"redFont\">\(text)</span>" : text
  return "<\(tag)><div align=\"right\"><span class=\"tabletext\">\(shown)</span></div></\(tag)>\n"
}

private func row(_ cells: String, _ tag: String = "td") -> String {
  "<tr>\n" + cells.split(separator: "|", omittingEmptySubsequences: false).map { cell(String($0), tag) }.joined()
    + "</tr>\n"
}

/// A page as the site makes it, the stray row start and the tables below included.
private func page(_ rows: [String], under headers: [String] = ["Date|IBIT|GBTC|BTC|Total"]) -> String {
  """
  <!DOCTYPE html><html><body><table class="thead"><tr><td>x</td></tr></table>
  <table class="etf">\n<thead>\n\(headers.map { row($0, "th") }.joined())</thead>\n<tbody>           \t\t\n<tr>\n
  \(rows.map { row($0) }.joined())</tbody>\n</table>
  <table class="tfooter"><tr><td>Total</td></tr></table></body></html>
  """
}

private func read(_ page: String, at instant: String = "2025-09-19T22:30:00Z") throws(ReadingError) -> Reading {
  try Farside().read(answer(page, at: instant), to: everything)
}

private func flow(_ date: String, _ ticker: String, _ dollars: Int64?) -> EtfFlow {
  EtfFlow(day: day(date), ticker: ticker, netFlowUSD: dollars)
}

struct FarsideTests {
  @Test(arguments: [
    ("btc", "2025-09-05", "/btc/"), ("btc", "2025-09-19", "/btc/"),
    ("btc", "2025-09-04", "/bitcoin-etf-flow-all-data/"),
    ("eth", "2025-09-18", "/eth/"), ("eth", "2024-07-23", "/ethereum-etf-flow-all-data/"),
  ])
  func `the short page is asked for when it is sure to hold the first day`(asset: String, first: String, target: String)
  {
    let key = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: asset, interval: .day1)
    let requests = Farside().requests(
      for: Want(series: key, span: span(first, "2025-09-19")), at: time("2025-09-19T22:30:00Z"))
    #expect(requests.map(\.target) == [target])
    #expect(requests.compactMap(FarsidePage.asset) == [asset])
  }

  @Test func `an asset without a page is not asked for`() {
    let key = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "sol", interval: .day1)
    let want = Want(series: key, span: span("2025-09-18", "2025-09-19"))
    #expect(Farside().requests(for: want, at: time("2025-09-19T22:30:00Z")).isEmpty)
  }

  @Test func `cells become whole dollars, dashes and blanks nothing`() throws {
    let reading = try read(
      page([
        "11 Sep 2025|1,045.3|(27,528.1)|-|(26,482.8)", "12 Sep 2025|0.0|  |0.1|0.1", "Total|1,045|(27,528)|0|(26,483)",
        "Average|1.0|2.0|3.0|4.0",
      ]))
    #expect(reading.series == SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1))
    #expect(
      reading.facts
        == .flows([
          flow("2025-09-11", "IBIT", 1_045_300_000), flow("2025-09-11", "GBTC", -27_528_100_000),
          flow("2025-09-11", "BTC", nil),
          flow("2025-09-12", "IBIT", 0), flow("2025-09-12", "GBTC", nil), flow("2025-09-12", "BTC", 100_000),
        ]))
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span("2025-09-11", "2025-09-12"))
  }

  @Test func `the three header rows of the short page are understood`() throws {
    let headers = [" | | | |Total", "|IBIT|MSBT|BTC|", "Fee|0.25%|0.14%|0.15%|"]
    let reading = try Farside().read(
      answer(page(["18 Sep 2025|1.5|2.0|(0.5)|3.0"], under: headers)), to: FarsidePage.recent(of: "btc"))
    #expect(reading.facts.flows.map(\.ticker) == ["IBIT", "MSBT", "BTC"])
    #expect(reading.facts.flows.map(\.netFlowUSD) == [1_500_000, 2_000_000, -500_000])
  }

  @Test func `columns are known by name wherever they stand`() throws {
    let reading = try read(page(["18 Sep 2025|3.0|1.0|2.0"], under: ["Date|Total|NEWX|IBIT"]))
    #expect(reading.facts.flows == [flow("2025-09-18", "NEWX", 1_000_000), flow("2025-09-18", "IBIT", 2_000_000)])
  }

  @Test func `a day on which nobody reported is kept as unreported`() throws {
    let reading = try read(page(["18 Sep 2025|-|-|-|0.0"]))
    #expect(reading.facts.flows.map(\.netFlowUSD) == [nil, nil, nil])
    #expect(reading.refusals.isEmpty)
  }

  @Test func `start capital is no day`() throws {
    let reading = try read(page(["Seed|10.6|104.7|-|10360.0", "18 Sep 2025|1.0|-|-|1.0"]))
    #expect(Set(reading.facts.flows.map(\.day)) == [day("2025-09-18")])
    #expect(reading.refusals.isEmpty)
  }

  @Test(arguments: [
    ("18 Sep 2025|1.0|2.0|3.0|6.2", RefusalReason.contradictory), ("18 Sep 2025|-|-|-|50.0", .contradictory),
    ("18 Sep 2025|1.0|2.0|6.0", .malformed), ("18 Sep 2025|1.0|2.0|3.0|6.0|7.0", .malformed),
    ("18 Sep 2025|n/a|2.0|3.0|5.0", .notANumber), ("18 Sep 2025|(-1.0)|2.0|3.0|5.0", .notANumber),
    ("18 Sep 2025|1,04|2.0|3.0|5.0", .notANumber), ("18 Sep 2025|99999999999999|2.0|3.0|5.0", .notANumber),
    ("20 Sep 2025|1.0|2.0|3.0|6.0", .wrongTime),
  ])
  func `a day that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let reading = try read(page(["17 Sep 2025|1.0|2.0|3.0|6.1", bad]))
    #expect(reading.facts.count == 3)
    #expect(reading.refusals.map(\.reason) == [reason])
    #expect(reading.refusals.first?.excerpt == bad.split(separator: "|").joined(separator: " | "))
  }

  @Test func `a copy of a day is folded, two different ones are refused`() throws {
    let reading = try read(
      page([
        "16 Sep 2025|1.0|-|-|1.0", "16 Sep 2025|1.0|-|-|1.0", "17 Sep 2025|1.0|-|-|1.0", "17 Sep 2025|2.0|-|-|2.0",
      ]))
    #expect(reading.facts.flows.first == flow("2025-09-16", "IBIT", 1_000_000))
    #expect(reading.facts.count == 3)
    #expect(reading.refusals.map(\.reason) == [.contradictory, .contradictory])
  }

  @Test(arguments: [["Date|IBIT|New Fund|BTC|Total"], ["Date|IBIT|GBTC|BTC"], ["Date|IBIT|IBIT|Total"], ["a|b|c"], []])
  func `headers that cannot be understood are another shape`(headers: [String]) {
    let page = page(["18 Sep 2025|1.0|2.0|3.0|6.0"], under: headers)
    #expect(fault { () throws(ReadingError) in try read(page) }?.isShapeChanged == true)
  }

  @Test func `an empty answer is another shape, and so is asked for again`() {
    #expect(
      fault { () throws(ReadingError) in try Farside().read(answer("", status: 200), to: everything) }?.isShapeChanged
        == true)
  }

  @Test func `a table without days is another shape`() {
    #expect(fault { () throws(ReadingError) in try read(page([])) }?.isShapeChanged == true)
  }

  @Test(arguments: [
    (200, "<html><title>Just a moment...</title></html>"), (200, "error code: 1020"),
    (403, "<html>Forbidden</html>"),
    (503, "<html><title>Just a moment...</title></html>"),
    (200, "<table class=\"tfooter\"><tr><td>1</td></tr></table>"),
  ])
  func `anything but the page means blocked`(status: Int, body: String) {
    guard
      case .blocked = fault({ () throws(ReadingError) in
        try Farside().read(answer(body, status: status), to: everything)
      })
    else {
      Issue.record("not blocked")
      return
    }
  }

  @Test(arguments: [
    (500, ReadingError.outOfOrder(status: 500, message: "x")), (429, .throttled(retryAfter: nil)),
    (404, .refused(status: 404, message: "x")), (301, .refused(status: 301, message: "x")),
  ])
  func `a status says what it means`(status: Int, error: ReadingError) {
    #expect(
      fault { () throws(ReadingError) in try Farside().read(answer("x", status: status), to: everything) } == error)
  }

  @Test func `nothing is taken from a page that is cut before the table ends`() throws {
    let page = page(["17 Sep 2025|1.0|2.0|3.0|6.0", "18 Sep 2025|1.0|2.0|3.0|6.0"])
    let whole = try #require(page.firstRange(of: "</tbody>\n</table>"))
    let needed = page[..<whole.upperBound].utf8.count
    for length in stride(from: 0, to: needed, by: 7) {
      #expect(fault { () throws(ReadingError) in try read(String(page.prefix(length))) } != nil)
    }
    #expect(try read(String(page.prefix(needed))).facts.count == 6)
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct FarsideRecordedTests {
  /// Day and ticker to millions as text, from the table that somebody else parsed out of the page.
  private static func table() throws -> [String: [String: String]] {
    let text = String(decoding: try recorded("farside/derived-btc-table-2026-08-22.csv"), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let header = try #require(lines.first)
    var table: [String: [String: String]] = [:]
    for line in lines.dropFirst() {
      let date = try #require(Day(dayMonthYear: String(line[0]))).description
      table[date] = Dictionary(
        zip(header.dropFirst().dropLast(), line.dropFirst()).map { (String($0), String($1)) }, uniquingKeysWith: { $1 })
    }
    return table
  }

  @Test(arguments: [
    ("btc-all-data-2025-10-07-no-msbt-column.html", "2025-10-07T12:00:00Z", 451, 11, "2024-01-11", "2025-10-06"),
    ("btc-all-data-2026-08-17-today-row-all-dashes.html", "2026-08-17T15:44:00Z", 667, 12, "2024-01-11", "2026-08-17"),
    (
      "btc-all-data-2026-08-18-ibit-dash-partial-total.html", "2026-08-18T11:30:00Z", 667, 12, "2024-01-11",
      "2026-08-17"
    ),
    ("btc-all-data-2026-08-20-complete.html", "2026-08-20T12:00:00Z", 669, 12, "2024-01-11", "2026-08-19"),
    ("btc-recent-page-trimmed-2026-07.html", "2026-07-23T15:00:00Z", 14, 12, "2026-07-06", "2026-07-23"),
  ])
  func `a recorded page is read whole`(
    file: String, instant: String, days: Int, funds: Int, first: String, last: String
  ) throws {
    let reading = try Farside().read(answer(try recorded("farside/\(file)"), at: instant), to: everything)
    #expect(reading.facts.count == days * funds)
    #expect(Set(reading.facts.flows.map(\.day)).count == days)
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span(first, last))
  }

  @Test func `every value of the newest page is the one that others read`() throws {
    let table = try Self.table()
    let body = try recorded("farside/btc-all-data-2026-08-20-complete.html")
    let flows = try Farside().read(answer(body, at: "2026-08-20T12:00:00Z"), to: everything).facts.flows
    let differing = flows.filter { flow in
      guard let text = table[flow.day.description]?[flow.ticker] else { return true }
      let expected = text.isEmpty ? nil : Double(text).map { Int64(($0 * 1_000_000).rounded()) }
      return expected != flow.netFlowUSD
    }
    #expect(differing.isEmpty)
  }

  @Test(
    arguments: [
      ("btc-all-data-2026-08-17-today-row-all-dashes.html", "2026-08-17T15:44:00Z", nil, 12),
      ("btc-all-data-2026-08-18-ibit-dash-partial-total.html", "2026-08-18T11:30:00Z", nil, 1),
      ("btc-all-data-2026-08-20-complete.html", "2026-08-20T12:00:00Z", 160_200_000, 0),
    ] as [(String, String, Int64?, Int)])
  func `a day fills up from page to page`(file: String, instant: String, ibit: Int64?, unreported: Int) throws {
    let flows = try Farside().read(answer(try recorded("farside/\(file)"), at: instant), to: everything).facts.flows
      .filter { $0.day == day("2026-08-17") }
    #expect(flows.first { $0.ticker == "IBIT" }?.netFlowUSD == ibit)
    #expect(flows.count { $0.netFlowUSD == nil } == unreported)
  }
}
