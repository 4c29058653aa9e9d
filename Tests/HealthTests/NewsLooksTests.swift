import Market
import SQLite
import Store
import Testing

@testable import Health

/// News that bear no date, that nobody wrote, and that did not come.
@Suite struct NewsLooksTests {
  private let record: SmallRecord
  private static let feed = SeriesKey(
    dataset: .newsItem, provider: "rss", providerSymbol: "https://paper.example/feed", interval: .day1)
  private static let query = SeriesKey(
    dataset: .newsItem, provider: "newsapi", providerSymbol: "nickel OR \"rare earth\"", interval: .day1)
  private static let profiles: [ProviderProfile] = [.named("rss"), .named("newsapi")]

  init() throws {
    record = try SmallRecord()
    let series = [Self.feed, Self.query].map {
      SeriesDefinition(key: $0, asset: nil, quoteCurrency: nil, priority: 1)
    }
    try record.store.catalogue.add(Catalogue(assets: [], funds: [], series: series), providers: Self.profiles)
  }

  private func states(at now: Instant = Known.now) throws -> [SeriesState] {
    try StatusReport(
      of: record.store, clock: .standing(at: now), profiles: Self.profiles, keyed: [], backups: record.backups,
      cron: "it"
    ).states.filter { $0.series.key.dataset == .newsItem }.sorted { $0.subject < $1.subject }
  }

  private func coverage(at now: Instant = Known.now) throws -> [Double] {
    try PresentChecks(of: record.store, profiles: Self.profiles, keyed: [], at: now).measurements()
      .filter { [.coverage, .late].contains($0.check) }.compactMap(\.value)
  }

  private func items(at published: Instant?) -> Reading {
    let item = NewsItem(
      guid: "1", publishedAt: published, title: "Nickel", link: nil, url: nil, summary: nil, tags: [])
    return Reading(series: Self.feed, facts: .rows(.newsItem, [item.row]), covers: nil)
  }

  private func step(_ outcome: StepOutcome, of key: SeriesKey, at now: Instant) throws {
    let run = try record.store.runs.begin(command: "ingest", at: now, processID: 1, version: "test")
    if let series = try record.store.catalogue.series(key) {
      let step = try record.store.runs.beginStep(.news, series: series.id, of: run, at: now)
      try record.store.runs.finish(step, StepReport(name: .news, series: key, asset: nil, outcome: outcome))
    }
    try record.store.runs.finish(run, outcome: .done, at: now + 2, quotas: [])
  }

  @Test func `items without a date are as old as they have been there`() throws {
    try record.run([items(at: nil)])
    let state = try #require(try states(at: Known.now + 3600).last)
    #expect(state.standing == .onTime && state.newest == "2025-09-19" && state.first == "" && state.behind == 0)
    #expect(try states(at: Known.now + 9 * 86_400).last?.standing == .late)
    #expect(try states(at: Known.now + 9 * 86_400).last.map { $0.behind < 10 } == true)
    try record.run([items(at: Known.now + 60)], at: Known.now + 60)
    #expect(try states(at: Known.now + 3600).last?.newest == "2025-09-19")
  }

  @Test func `a question that was answered with nothing is on time, and one that was not is late`() throws {
    try record.run([items(at: Known.now)])
    #expect(try states().map(\.standing) == [.empty, .onTime])
    #expect(try coverage() == [1, 0.5])
    let run = try record.store.runs.begin(command: "ingest", at: Known.now, processID: 1, version: "test")
    let request = Request(
      provider: "newsapi", path: "/v2/everything",
      query: [QueryItem("q", Self.query.providerSymbol), QueryItem("from", "2025-09-17")])
    let attempt = Attempt(
      url: "x", startedAt: Known.now, elapsed: .zero, wireBytes: 1,
      result: .success(Answer(status: 200, headers: [], body: [], receivedAt: Known.now)))
    let fetch = try #require(
      try record.store.vault.keep(RoundTrip(request: request, attempts: [attempt]), of: run, quotas: []))
    #expect(try states().map(\.standing) == [.empty, .onTime])
    try record.store.write { db in
      try db.run("UPDATE fetch SET read_outcome = 'read' WHERE fetch_id = ?", [fetch.rawValue])
    }
    #expect(try states().map(\.standing) == [.onTime, .onTime])
    #expect(try coverage() == [0, 0])
    #expect(try states(at: Known.now + 9 * 86_400).first?.standing == .empty)
  }

  @Test func `a feed that failed is told until it answers, by its last run and then by itself`() throws {
    try record.run([items(at: Known.now)])
    try step(.failed, of: Self.feed, at: Known.now + 60)
    #expect(try states(at: Known.now + 90).last?.isTroubled == false)
    try step(.done, of: SmallRecord.first, at: Known.now + 120)
    let state = try #require(try states(at: Known.now + 300).last)
    #expect(state.isTroubled && !state.isLate)
    #expect(state.trouble == "its last step failed, at \(Known.now + 60)")
    try step(.done, of: Self.feed, at: Known.now + 180)
    try step(.done, of: SmallRecord.first, at: Known.now + 240)
    #expect(try states(at: Known.now + 300).last?.isTroubled == false)
  }
}
