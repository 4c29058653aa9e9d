import Market
import SQLite
import Testing

@testable import Store

/// Whose bytes go of a source that tells news beside prices.
@Suite struct AgedAnswersTests {
  private static let news = SeriesKey(
    dataset: .newsItem, provider: "binance", providerSymbol: "news", interval: .day1)
  private let folder: TemporaryFolder
  private let rig: Rig

  init() throws {
    folder = try TemporaryFolder()
    let store = try Store.writing(folder.file("appliance.db"), command: "test")
    try store.claim(.live)
    rig = try Rig(store)
    let series = SeriesDefinition(key: Self.news, asset: nil, quoteCurrency: nil, priority: 1)
    try store.catalogue.add(Catalogue(assets: [], funds: [], series: [series]), providers: [])
  }

  /// An answer to a question with a first word and others.
  private func answer(_ function: String, _ body: String, hour: Int, status: Int = 200) throws -> FetchID {
    let request = Request(
      provider: "binance", path: "/query", query: [QueryItem("function", function), QueryItem("limit", "\(hour)")])
    let answer = Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: .hour(hour))
    return try #require(
      try rig.store.vault.keep(
        RoundTrip(request: request, attempts: [.answered(answer)]), of: rig.run, quotas: []))
  }

  private func read(_ facts: Facts, of series: SeriesKey, from fetch: FetchID, hour: Int) throws {
    _ = try rig.store.facts.store(
      [ReadAnswer(Reading(series: series, facts: facts, covers: nil), from: fetch, receivedAt: .hour(hour))])
  }

  private func item(_ title: String) -> Facts {
    .rows(
      .newsItem,
      [
        NewsItem(
          guid: title, publishedAt: .hour(0), title: title, link: "https://wire.example/\(title)",
          url: "wire.example/\(title)", summary: nil, tags: []
        ).row
      ])
  }

  private var kept: [String] {
    get throws { try rig.rows("SELECT fetch_id FROM fetch WHERE body_id IS NOT NULL ORDER BY fetch_id") }
  }

  @Test func `the bytes of its answers about news go, and those of its prices stay`() throws {
    let told = try answer("NEWS", "news", hour: 1)
    try read(item("Wheat"), of: Self.news, from: told, hour: 1)
    let priced = try answer("BARS", "bars", hour: 2)
    try read(.bars([Bar(hour: 0)]), of: Known.bars, from: priced, hour: 2)
    // Told both.
    let both = try answer("NEWS", "both", hour: 3)
    try read(item("Rye"), of: Self.news, from: both, hour: 3)
    try read(.bars([Bar(hour: 1)]), of: Known.bars, from: both, hour: 3)
    let same = try [
      answer("NEWS", "nothing of news", hour: 4), answer("BARS", "nothing of bars", hour: 5),
      answer("NEWS", "the last of news", hour: 6),
    ]
    for fetch in same {
      try rig.store.tamper("UPDATE fetch SET read_outcome = 'unchanged' WHERE fetch_id = \(fetch.rawValue)")
    }
    #expect(try kept.count == 6)
    let freed = try rig.store.vault.expireFeedBodies(at: .hour(24 * 120))
    #expect(freed?.answers == 3)
    #expect(try kept == [priced, both, same[1]].map { "\($0.rawValue)" })
    #expect(try rig.rows("SELECT fetch_id FROM body_expiry") == ["\(told.rawValue)"])
    // Its looks at news that found nothing go too, but for the last at each place.
    #expect(try rig.rows("SELECT count(*) FROM fetch") == ["6"])
    let again = try answer("NEWS", "more", hour: 4)
    try rig.store.tamper(
      "UPDATE fetch SET read_outcome = 'unchanged', body_id = NULL WHERE fetch_id = \(again.rawValue)")
    let prices = try answer("BARS", "more", hour: 5)
    let last = [try answer("NEWS", "last", hour: 4), try answer("BARS", "last", hour: 5)]
    for fetch in [prices] + last {
      try rig.store.tamper(
        "UPDATE fetch SET read_outcome = 'unchanged', body_id = NULL WHERE fetch_id = \(fetch.rawValue)")
    }
    _ = try rig.store.vault.expireFeedBodies(at: .hour(24 * 121))
    let left = try rig.rows("SELECT fetch_id FROM fetch")
    #expect(!left.contains("\(again.rawValue)") && !left.contains("\(same[0].rawValue)"))
    #expect(left.contains("\(prices.rawValue)") && left.contains("\(same[1].rawValue)"))
  }
}
