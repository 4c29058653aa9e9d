import Market
import Support
import Testing

@testable import Providers

@Suite struct RssTests {
  private static let address = "https://news.example/feed?x=1"
  private static let received = Instant("2026-10-03T12:00:00Z")!
  private static let series = SeriesKey(
    dataset: .newsItem, provider: "rss", providerSymbol: address, interval: .day1)

  private func read(_ body: String, status: Int = 200) throws(ReadingError) -> Reading {
    guard let request = Rss.request(Self.address) else { throw .empty }
    return try Rss().read(
      Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: Self.received), to: request)
  }

  private func items(_ elements: String...) throws -> Reading {
    try read("<rss><channel><title>T</title>\(elements.map { "<item>\($0)</item>" }.joined())</channel></rss>")
  }

  private func rows(_ reading: Reading) -> [FactRow] {
    if case .rows(.newsItem, let rows)? = reading.parts.first?.facts { rows } else { [] }
  }

  @Test func `a feed is one request to its own host, and reads back to its series`() throws {
    let now = Self.received
    let request = try #require(Rss().requests(for: Want(series: Self.series, span: now...now), at: now).first)
    #expect(request.target == "//news.example/feed?x=1")
    #expect(Rss().profile.address(of: request) == Self.address)
    #expect(try items("<title>A</title>").parts.map(\.series) == [Self.series])
    let bad = SeriesKey(dataset: .newsItem, provider: "rss", providerSymbol: "javascript:alert(1)", interval: .day1)
    #expect(Rss().requests(for: Want(series: bad, span: now...now), at: now) == [])
  }

  @Test func `an item is keyed by its day and its guid, else its address, else its title`() throws {
    let date = "<pubDate>Fri, 02 Oct 2026 21:15:00 GMT</pubDate>"
    let reading = try items(
      "<title>A</title><guid>g</guid><link>/a?utm_source=x</link>\(date)",
      "<title>B</title><link>/b?ref=1#x</link>\(date)",
      "<title>C</title>\(date)", "<title>D</title>",
      "<title>E</title><pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>")
    #expect(
      rows(reading).map(\.key) == [
        FactKey(.day(NewsItem.undated), .text("title: D")), FactKey(.day(NewsItem.undated), .text("title: E")),
        FactKey(.day(Day("2026-10-02")!), .text("g")),
        FactKey(.day(Day("2026-10-02")!), .text("https://news.example/b")),
        FactKey(.day(Day("2026-10-02")!), .text("title: C")),
      ])
    #expect(
      rows(reading)[2].values[2...3] == [.text("https://news.example/a?utm_source=x"), .text("https://news.example/a")])
  }

  @Test func `a guid of two days is two items, of one day the one that was published later`() throws {
    let reading = try items(
      "<guid>g</guid><title>early</title><pubDate>2026-10-02T08:00:00Z</pubDate>",
      "<guid>u</guid><title>first</title>", "<guid>u</guid><title>second</title>",
      "<guid>g</guid><title>new</title><pubDate>2026-10-02T10:00:00Z</pubDate>",
      "<guid>g</guid><title>sent again</title><pubDate>2026-10-02T09:00:00Z</pubDate>",
      "<guid>g</guid><title>at once</title><pubDate>2026-10-02T10:00:00Z</pubDate>",
      "<guid>g</guid><title>old</title><pubDate>2026-10-01T10:00:00Z</pubDate>")
    #expect(rows(reading).map { $0.values[1] } == [.text("first"), .text("old"), .text("new")])
    #expect(reading.leftOut == 0)
  }

  @Test func `of an answer the newest two thousand items are taken, and as many refused, the others counted`() throws {
    let dated = (1...2010).map { number in
      let second = Instant("2026-10-01T00:00:00Z")! + Int64(number)
      return "<item><guid>\(number)</guid><title>\(number)</title><pubDate>\(second)</pubDate></item>"
    }
    let undated = "<item><guid>u</guid><title>u</title></item>"
    let ahead = (1...2003).map {
      "<item><guid>a\($0)</guid><title>a</title><pubDate>2027-10-01T00:00:00Z</pubDate></item>"
    }
    let reading = try read("<rss><channel>\(undated)\((dated + ahead).joined())</channel></rss>")
    let titles = Set(rows(reading).map { $0.values[1] })
    #expect(titles.count == 2000 && titles.contains(.text("2010")) && titles.contains(.text("11")))
    #expect(!titles.contains(.text("10")) && !titles.contains(.text("u")))
    #expect(reading.parts.first?.refusals.count == 2000)
    #expect(reading.leftOut == 11 + 3)
    #expect(rows(reading).map(\.key) == rows(reading).map(\.key).sorted())
  }

  @Test func `what is dated later than an hour from now is refused and can be released`() throws {
    let reading = try items(
      "<title>soon</title><pubDate>2026-10-03T12:59:00Z</pubDate>",
      "<title>far</title><pubDate>2027-10-03T12:00:00Z</pubDate>")
    #expect(rows(reading).map { $0.values[1] } == [.text("soon")])
    let refusal = try #require(reading.parts.first?.refusals.first)
    #expect(refusal.reason == .wrongTime)
    #expect(refusal.row?.count == 1)
  }

  @Test func `a title longer than any is refused`() throws {
    let reading = try items(
      "<title>\(String(repeating: "x", count: 5000))</title><link>/a</link>", "<title>fine</title>")
    #expect(rows(reading).count == 1)
    #expect(reading.parts.first?.refusals.map(\.reason) == [.outOfBounds])
  }

  @Test func `what is no feed says what it is`() {
    #expect(throws: ReadingError.blocked(message: "a web page in place of a feed")) {
      try read("<!doctype html><html><body>Hello</body></html>")
    }
    #expect(throws: ReadingError.empty) { try read(" ") }
    #expect(throws: ReadingError.unknownSymbol(Self.address)) { try read("gone", status: 404) }
    #expect(throws: ReadingError.throttled(retryAfter: nil)) { try read("slow down", status: 429) }
    #expect(throws: ReadingError.shapeChanged(expected: "a feed (RSS or Atom)", found: "'{\"a\":1}'", offset: nil)) {
      try read(#"{"a":1}"#)
    }
  }
}
