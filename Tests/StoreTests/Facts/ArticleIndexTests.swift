import Market
import SQLite
import Testing

@testable import Store

/// The index of words beside the articles, within one transaction and over several.
@Suite struct ArticleIndexTests {
  private static let key = SeriesKey(
    dataset: .newsItem, provider: "alphavantage", providerSymbol: "news", interval: .day1)

  private let folder: TemporaryFolder
  private let rig: Rig

  init() throws {
    folder = try TemporaryFolder()
    let store = try Store.writing(folder.file("appliance.db"), command: "test")
    try store.claim(.live)
    rig = try Rig(store)
    let series = SeriesDefinition(key: Self.key, asset: nil, quoteCurrency: nil, priority: 1)
    try store.catalogue.add(
      Catalogue(assets: [], funds: [], series: [series]), providers: [Known.profile("alphavantage")])
  }

  private func answer(_ titles: [(id: Int, title: String)], hour: Int) throws -> ReadAnswer {
    let now = Instant.hour(hour)
    let rows = titles.map { id, title in
      NewsItem(
        guid: "\(id)", publishedAt: .hour(0), title: title, link: "https://wire.example/\(id)",
        url: "wire.example/\(id)", summary: nil, tags: []
      ).row
    }
    let fetch = try rig.fetch("\(hour)", from: Self.key.provider, at: now)
    return ReadAnswer(
      Reading(series: Self.key, facts: .rows(.newsItem, rows), covers: nil), from: fetch, receivedAt: now)
  }

  private func found(_ word: String) throws -> [String] {
    try rig.store.rows("SELECT rowid FROM article_fts WHERE article_fts MATCH '\(word)' ORDER BY rowid")
  }

  @Test func `an article that is new and edited in one transaction is found by its newest words alone`() throws {
    let outcomes = try rig.store.facts.store([
      answer([(1, "Copper falls"), (2, "Wheat rises")], hour: 1), answer([(1, "Copper climbs")], hour: 2),
    ])
    #expect(outcomes.count == 2)
    #expect(try found("copper") == ["1"] && found("climbs") == ["1"] && found("falls") == [])
    // One that is new beside one that was known before.
    _ = try rig.store.facts.store([answer([(2, "Wheat slides"), (3, "Cocoa rises")], hour: 3)])
    #expect(try found("rises") == ["3"] && found("slides") == ["2"])
    try rig.store.tamper("INSERT INTO article_fts (article_fts) VALUES ('integrity-check')")
  }

  @Test(arguments: [7, 8, 9, 65, 513, 1025])
  func `so many at once are all found`(count: Int) throws {
    _ = try rig.store.facts.store([answer((1...count).map { ($0, "Barley number w\($0)x") }, hour: 1)])
    #expect(try found("barley").count == count)
    #expect(try found("w1x").count == 1 && found("w\(count)x").count == 1)
  }
}
