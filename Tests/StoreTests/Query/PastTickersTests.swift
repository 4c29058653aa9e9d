import Market
import SQLite
import Testing

@testable import Store

/// What providers filed articles under, beside what they said of them at an earlier instant.
@Suite struct PastTickersTests {
  private static let key = SeriesKey(
    dataset: .newsItem, provider: "alphavantage", providerSymbol: "news", interval: .day1)
  private static let mentions = """
    SELECT symbol, rule, relevance, sentiment, sentiment_source FROM article_mention ORDER BY symbol
    """

  private func item(_ title: String, _ tickers: [NewsTicker?]) -> FactRow {
    NewsItem(
      guid: "1", publishedAt: .hour(0), title: title, link: "https://wire.example/1", url: "wire.example/1",
      summary: nil, tags: [], tickers: tickers.compactMap { $0 }
    ).row
  }

  private func tell(_ row: FactRow, at now: Instant, of key: SeriesKey = Self.key, _ rig: Rig) throws {
    let reading = Reading(series: key, facts: .rows(.newsItem, [row]), covers: nil)
    let fetch = try rig.fetch("\(now)", from: key.provider, at: now)
    _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: now)
  }

  @Test func `the past knows the tickers and the judgements of then, beside those who are named in the text`() throws {
    let folder = try TemporaryFolder()
    let store = try Store.writing(folder.file("appliance.db"), command: "test")
    try store.claim(.live)
    let rig = try Rig(store)
    let series = SeriesDefinition(key: Self.key, asset: nil, quoteCurrency: nil, priority: 1)
    try store.catalogue.add(
      Catalogue(assets: [], funds: [], series: [series]), providers: [Known.profile("alphavantage")])
    try tell(
      item(
        "Bitcoin Rises", [NewsTicker("BTC", relevance: 0.5, sentiment: 0.25), NewsTicker("IBM", relevance: 0.1)]),
      at: .hour(1), rig)
    let before = try store.rows(Self.mentions)
    #expect(before == ["BTC|name|0.5|0.25|alphavantage", "IBM|ticker|0.1|∅|∅"])
    try tell(item("Ether Rises", [NewsTicker("AAPL", sentiment: -0.5)]), at: .hour(3), rig)
    let after = try store.rows(Self.mentions)
    #expect(after.contains("AAPL|ticker|∅|-0.5|alphavantage") && !after.contains { $0.hasPrefix("IBM") })
    store.close()
    #expect(try Store.reading(folder.file("appliance.db"), asOf: .hour(2)).rows(Self.mentions) == before)
    #expect(try Store.reading(folder.file("appliance.db"), asOf: .hour(4)).rows(Self.mentions) == after)
  }

  @Test func `of two who judge, the one that stands first in the catalogue counts, whoever came first`() throws {
    let folder = try TemporaryFolder()
    let store = try Store.writing(folder.file("appliance.db"), command: "test")
    try store.claim(.live)
    let rig = try Rig(store)
    let second = SeriesKey(dataset: .newsItem, provider: "polygon", providerSymbol: "news", interval: .day1)
    try store.catalogue.add(
      Catalogue(
        assets: [], funds: [],
        series: [Self.key, second].map {
          SeriesDefinition(key: $0, asset: nil, quoteCurrency: nil, priority: 1)
        }), providers: [Known.profile("alphavantage"), Known.profile("polygon")])
    let other = item("Chips", [NewsTicker("AAPL", sentiment: 1), NewsTicker("IBM")])
    try tell(other, at: .hour(1), of: second, rig)
    #expect(try store.rows(Self.mentions) == ["AAPL|ticker|∅|1.0|polygon", "IBM|ticker|∅|∅|∅"])
    try tell(item("Chips", [NewsTicker("AAPL", relevance: 0.9, sentiment: -0.25)]), at: .hour(2), rig)
    #expect(try store.rows(Self.mentions) == ["AAPL|ticker|0.9|-0.25|alphavantage", "IBM|ticker|∅|∅|∅"])
    // What it is no longer filed under by one is told by the other alone.
    try tell(item("Chips", []), at: .hour(3), rig)
    #expect(try store.rows(Self.mentions) == ["AAPL|ticker|∅|1.0|polygon", "IBM|ticker|∅|∅|∅"])
  }
}
