import Market
import Providers
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// Bytes of feeds: small where they repeat, let go when they are old, and what they said stays.
@Suite struct RetentionTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let kiosk: Kiosk
  private static let first = Instant("2026-01-01T12:00:00Z")!

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    kiosk = try Kiosk(store)
  }

  /// Words that no other item has.
  private static func words(_ seed: Int) -> String {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 7
    return (0..<40).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return String(state >> 20, radix: 36)
    }.joined(separator: " ")
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func item(_ number: Int, at time: Instant) -> Kiosk.Item {
    let parts = time.day.parts
    return Kiosk.Item(
      title: "Story \(number): \(words(number).prefix(30))", link: "https://wire.example/\(number)",
      at: "\(parts.day) \(months[parts.month - 1]) \(parts.year) \(time.description.dropFirst(11).prefix(8)) GMT",
      guid: "\(number)", summary: words(number))
  }

  /// The feed as it is after so many days of one new item each: fifty items, the newest first.
  private func runDay(
    _ day: Int, items: Int = 50, _ adjust: (inout RunOptions) -> Void = { _ in }
  ) async throws {
    let now = Self.first + Int64(day) * 86_400
    kiosk.change { state in
      state.feeds[Kiosk.coins] = []
      state.feeds[Kiosk.wire] = (0..<items).map { Self.item(day - $0 + 100, at: now - Int64($0) * 86_400 - 3600) }
    }
    _ = try await kiosk.run(at: now.description, adjust)
  }

  @Test func `a body that says mostly what the one before said is kept beside it`() async throws {
    for day in 0..<5 { try await runDay(day) }
    let sizes = try store.rows(
      """
      SELECT length(content) < 2000, base_id IS NOT NULL, depth FROM body LEFT JOIN body_base USING (body_id)
      WHERE size > 1000 ORDER BY body_id
      """)
    #expect(sizes == ["0|0|∅", "1|1|1", "1|1|2", "1|1|3", "1|1|4"])
    for fetch in try store.rows("SELECT fetch_id FROM fetch WHERE body_id IS NOT NULL AND status = 200").compactMap(
      Int64.init)
    {
      #expect(try store.vault.keptAnswer(FetchID(fetch)).answer.body.isEmpty == false)
    }
    #expect(try store.vault.sample(20).faults == [])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
    try store.tamper("UPDATE body SET content = x'00' WHERE body_id = (SELECT min(base_id) FROM body_base)")
    #expect(try Rebuilt(store, providers: [Rss()], bodies: true).report.damaged.count == 5)
    // The next answer rests on nothing that is damaged.
    try await runDay(5)
    #expect(try store.rows("SELECT count(*) FROM body_base") == ["4"])
  }

  @Test func `a chain of bodies has an end`() async throws {
    for day in 0..<260 { try await runDay(day, items: 12) { $0.keepsFeedBodies = true } }
    #expect(try store.rows("SELECT max(depth), count(*) FROM body_base") == ["256|258"])
    #expect(try store.vault.sample(300).faults == [])
    #expect(try Rebuilt(store, providers: [Rss()], bodies: true).faults == [])
  }

  @Test func `bytes are let go ninety days beyond their newest article, and all that was said stays`() async throws {
    for day in 0..<4 { try await runDay(day) }
    let (items, articles) = (try store.rows("SELECT * FROM news_item"), try store.rows("SELECT * FROM news_article"))
    kiosk.change { $0.feeds[Kiosk.wire]?[3].title = "Told otherwise" }
    _ = try await kiosk.run(at: (Self.first + 3 * 86_400 + 7200).description)
    func held() throws -> [String] {
      try store.rows("SELECT count(*) FROM fetch JOIN body USING (body_id) WHERE size > 1000")
    }
    kiosk.change { $0.feeds = [:] }
    // The newest article of the first answer is an hour older than that.
    _ = try await kiosk.run(at: (Self.first + 90 * 86_400 - 7200).description)
    #expect(try held() == ["5"])
    _ = try await kiosk.run(at: (Self.first + 91 * 86_400 - 3000).description)
    // Also of the last one, which only told an old article otherwise.
    #expect(try held() == ["2"])
    #expect(
      try store.rows(
        "SELECT DISTINCT rule, datetime(expired_at, 'unixepoch'), length(sha256), size > 1000 FROM body_expiry")
        == ["90 days beyond the newest article that came from it|2026-04-02 11:10:00|32|1"])
    #expect(try store.vault.sample(20).faults == [])
    #expect(try store.rows("SELECT count(*) FROM news_item") == ["\(items.count)"])
    #expect(try store.rows("SELECT count(*) FROM news_article") == ["\(articles.count)"])
    let rebuilt = try Rebuilt(store, providers: [Rss()])
    #expect(rebuilt.faults == [])
    #expect(rebuilt.report.expired == 3)
    for table in ["news_item", "news_item_restatement", "news_article", "article_item", "article_mention"] {
      #expect(try rebuilt.store.rows("SELECT * FROM \(table)") == store.rows("SELECT * FROM \(table)"), "\(table)")
    }
    let gone = FetchID(try #require(Int64(try store.rows("SELECT min(fetch_id) FROM body_expiry")[0])))
    #expect(try store.vault.fetchRecord(gone)?.expiry?.at == Self.first + 91 * 86_400 - 3000)
    #expect(throws: StoreError.self) { try store.vault.keptAnswer(gone) }
    _ = try await kiosk.run(at: (Self.first + 200 * 86_400).description)
    #expect(try held() == ["0"])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
  }

  @Test func `what was let go and changed by hand is found by a rebuild where it follows from other rows`() async throws
  {
    for day in 0..<2 { try await runDay(day) }
    _ = try await kiosk.run(at: (Self.first + 200 * 86_400).description)
    try store.tamper("UPDATE news_article SET title = 'x' WHERE article_id = 1")
    #expect(try Set(Rebuilt(store, providers: [Rss()]).differences.shown.map(\.table)) == ["news_article"])
  }

  @Test func `of looks at a feed that had nothing new the last one stays after a week`() async throws {
    try await runDay(0)
    for hour: Int64 in [6, 12, 24, 48] { _ = try await kiosk.run(at: (Self.first + hour * 3600).description) }
    let looks = "SELECT count(*), count(DISTINCT target) FROM fetch WHERE status = 304"
    #expect(try store.rows(looks) == ["8|2"])
    #expect(try store.vault.expireFeedBodies(at: Self.first + 20 * 86_400) != nil)
    #expect(try store.rows(looks) == ["2|2"])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
  }

  @Test func `an answer with nothing new goes after a week, with its look, and twice on a day is nothing let go`()
    async throws
  {
    try await runDay(0)
    kiosk.change { $0.feeds[Kiosk.wire]?.swapAt(3, 4) }
    _ = try await kiosk.run(at: (Self.first + 7200).description)
    #expect(
      try store.rows("SELECT count(*) FROM fetch WHERE read_outcome = 'unchanged' AND body_id IS NOT NULL") != ["0"])
    #expect(try store.vault.expireFeedBodies(at: Self.first + 3 * 86_400)?.answers == 0)
    #expect(try store.vault.expireFeedBodies(at: Self.first + 3 * 86_400 + 3600) == nil)
    #expect(try (store.vault.expireFeedBodies(at: Self.first + 9 * 86_400)?.answers ?? 0) >= 1)
    // The last look at each feed stays.
    #expect(
      try store.rows("SELECT count(*), max(body_id) FROM fetch WHERE read_outcome = 'unchanged'") == ["2|∅"])
    #expect(try store.rows("SELECT count(*) FROM body_expiry") == ["0"])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
  }

  @Test func `with the wish to keep them for ever nothing goes`() async throws {
    try await runDay(0)
    kiosk.change { $0.feeds = [:] }
    _ = try await kiosk.run(at: (Self.first + 400 * 86_400).description) { $0.keepsFeedBodies = true }
    #expect(try store.rows("SELECT count(*) FROM body WHERE size > 1000") == ["1"])
    _ = try await kiosk.run(at: (Self.first + 400 * 86_400 + 3600).description)
    #expect(try store.rows("SELECT count(*) FROM body WHERE size > 1000") == ["0"])
  }
}
