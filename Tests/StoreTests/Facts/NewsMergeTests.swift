import Market
import Testing

@testable import Store

/// Items of a feed, told again and otherwise.
@Suite struct NewsMergeTests {
  private let rig: Rig
  private static let feed = SeriesKey(
    dataset: .newsItem, provider: "rss", providerSymbol: "https://paper.example/feed", interval: .day1)

  init() throws {
    rig = try Rig()
    try rig.store.catalogue.add(
      Catalogue(
        assets: [], funds: [],
        series: [SeriesDefinition(key: Self.feed, asset: nil, quoteCurrency: nil, priority: 1)]),
      providers: [Known.profile("rss")])
  }

  private func item(_ title: String, _ link: String) -> Facts {
    let item = NewsItem(
      guid: "1", publishedAt: Rig.start, title: title, link: link, url: "https://paper.example/a", summary: nil,
      tags: [])
    return .rows(.newsItem, [item.row])
  }

  private var links: [String] {
    get throws {
      try rig.rows("SELECT title, link FROM news_item UNION ALL SELECT title, link FROM news_item_restatement")
    }
  }

  @Test func `an address that tracks readers anew each time is no other one`() throws {
    #expect(try rig.store(item("A", "https://paper.example/a?utm_id=1"), of: Self.feed) == StepCounts(new: 1))
    let again = item("A", "https://paper.example/a?utm_id=2")
    #expect(try rig.store(again, of: Self.feed) == StepCounts(unchanged: 1))
    #expect(try links == ["A|https://paper.example/a?utm_id=1"])
    #expect(try rig.rows("SELECT DISTINCT read_outcome FROM fetch ORDER BY 1") == ["read", "unchanged"])
    // With a text that is edited comes the address of then.
    #expect(
      try rig.store(item("B", "https://paper.example/a?utm_id=3"), of: Self.feed) == StepCounts(changed: 1))
    #expect(try links == ["B|https://paper.example/a?utm_id=3", "A|https://paper.example/a?utm_id=1"])
  }

  @Test func `of what a list had too much is noted with its answer, which is as good as any`() throws {
    var reading = Reading(series: Self.feed, facts: item("A", "https://paper.example/a"), covers: nil)
    reading.leftOut = 3
    try rig.store(reading)
    #expect(try rig.rows("SELECT read_outcome FROM fetch") == ["read, 3 older items left out"])
    let request = Request(provider: "rss", path: "/klines", query: [QueryItem("symbol", "BTC & co")])
    #expect(try rig.store.vault.lastGoodAnswer(to: request) == Rig.start)
    #expect(try rig.store.vault.lastAnswer(to: request) != nil && rig.store.vault.base(for: request) != nil)
  }
}
