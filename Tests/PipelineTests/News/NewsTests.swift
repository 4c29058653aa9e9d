import Following
import Market
import Providers
import Retention
import Testing

@testable import Pipeline
@testable import Store

@Suite struct NewsTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let kiosk: Kiosk

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    kiosk = try Kiosk(store)
    kiosk.change { state in
      state.feeds[Kiosk.coins] = [
        Kiosk.Item(
          title: "Bitcoin ETFs see $105 million in outflows for third day",
          link: "https://coins.example/a?utm_source=rss",
          at: "Fri, 02 Oct 2026 10:00:00 GMT", guid: "1"),
        Kiosk.Item(
          title: "What happened today", link: "https://coins.example/today", at: "Fri, 02 Oct 2026 08:00:00 GMT",
          guid: "t"),
      ]
      state.feeds[Kiosk.wire] = [
        Kiosk.Item(
          title: "Bitcoin ETFs see $105M in outflows for 3rd day", link: "https://wire.example/x",
          at: "Fri, 02 Oct 2026 12:00:00 GMT", guid: "9"),
        Kiosk.Item(
          title: "Ether ETFs see $105M in outflows for 3rd day", link: "https://wire.example/y",
          at: "Fri, 02 Oct 2026 12:05:00 GMT", guid: "10"),
      ]
    }
  }

  private func titles(_ store: Store? = nil) throws -> [String] {
    try (store ?? self.store).rows("SELECT title FROM news_article ORDER BY article_id")
  }

  @Test func `a story that two feeds tell is one article with both`() async throws {
    let report = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    #expect(report.outcome == .done)
    #expect(report.counts.new == 4)
    #expect(try store.rows("SELECT count(*) FROM news_article") == ["3"])
    #expect(
      try store.rows(
        """
        SELECT count(DISTINCT series_id), count(*) FROM article_item GROUP BY article_id HAVING count(*) > 1
        """) == ["2|2"])
    #expect(
      try store.rows(
        """
        SELECT symbol, count(*) FROM article_mention GROUP BY symbol ORDER BY symbol
        """) == ["BTC|1", "ETH|1"])
    #expect(try store.rows("SELECT count(*) FROM news_mention") == ["2"])
  }

  @Test func `a feed is asked a quarter of an hour later at the earliest, and only for what changed`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    #expect(kiosk.takeAsked().count == 2)
    let early = try await kiosk.run(at: "2026-10-03T12:10:00Z")
    #expect(kiosk.takeAsked() == [])
    #expect(early.notDue == 2)
    let later = try await kiosk.run(at: "2026-10-03T13:00:00Z")
    let asked = kiosk.takeAsked()
    #expect(asked.count == 2)
    #expect(asked.allSatisfy { request in request.headers.contains { $0.name == "if-none-match" } })
    #expect(later.counts.new + later.counts.changed + later.counts.unchanged == 0)
    #expect(try store.rows("SELECT DISTINCT read_outcome FROM fetch WHERE status = 304") == ["unchanged"])
    _ = try await kiosk.run(at: "2026-10-03T13:01:00Z") { $0.isForced = true }
    #expect(kiosk.takeAsked().count == 2)
  }

  @Test func `a feed that came cut is asked for as if we had nothing of it, until it comes whole`() async throws {
    let items = (1...6).map {
      Kiosk.Item(
        title: "Story \($0)", link: "https://wire.example/\($0)", at: "3 Oct 2026 10:0\($0):00 GMT", guid: "\($0)")
    }
    kiosk.change { ($0.feeds, $0.cut) = ([Kiosk.wire: items], [Kiosk.wire]) }
    let told = "SELECT count(*) FROM news_item"
    let outcomes = "SELECT DISTINCT substr(read_outcome, 1, 14) FROM fetch WHERE target LIKE '%wire%' ORDER BY fetch_id"
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    #expect(try store.rows(told) == ["2"] && store.rows(outcomes) == ["read in part: "])
    _ = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    kiosk.change { $0.cut = [] }
    _ = try await kiosk.run(at: "2026-10-03T16:00:00Z")
    #expect(try store.rows(told) == ["6"] && store.rows(outcomes) == ["read in part: ", "read"])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
  }

  @Test func `a feed that brings little is asked less often`() {
    #expect(FeedStep.wait(daysWithItems: 7) == 900)
    #expect(FeedStep.wait(daysWithItems: 1) == 3600)
    #expect(FeedStep.wait(daysWithItems: 0) == 21_600)
  }

  @Test func `an article that is edited keeps both texts, and one that comes back is an edition`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    kiosk.change { state in
      // No other feed tells this story, so that its article shows this item, whichever feed answers first.
      state.feeds[Kiosk.wire]?[1].title = "Ether ETFs see $106 million in outflows (corrected)"
      state.feeds[Kiosk.coins]?.append(
        Kiosk.Item(
          title: "What happened the next day", link: "https://coins.example/today", at: "Sat, 03 Oct 2026 08:00:00 GMT",
          guid: "t"))
    }
    let report = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    #expect((report.counts.new, report.counts.changed) == (1, 1))
    #expect(try titles().count == 3)
    #expect(try titles().contains("Ether ETFs see $106 million in outflows (corrected)"))
    #expect(try titles().contains("What happened the next day"))
    #expect(
      try store.rows("SELECT title FROM news_item_restatement") == [
        "Ether ETFs see $105M in outflows for 3rd day"
      ])
  }

  @Test func `the past knows the articles and the texts of then`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    let before = try titles()
    func named(_ store: Store) throws -> [String] {
      try store.rows("SELECT article_id, symbol, rule FROM article_mention ORDER BY 1, 2")
    }
    let namedBefore = try named(store)
    kiosk.change { state in
      state.feeds[Kiosk.wire]?[1].title = "Solana ETFs see $106 million in outflows (corrected)"
      state.feeds[Kiosk.wire]?.append(
        Kiosk.Item(title: "Something new", link: "https://wire.example/new", at: "Sat, 03 Oct 2026 13:00:00 GMT"))
    }
    _ = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    let (after, namedAfter) = (try titles(), try named(store))
    #expect(namedAfter != namedBefore)
    store.close()
    let past = try Store.reading(folder.file("appliance.db"), asOf: Instant("2026-10-03T13:00:00Z")!)
    #expect(try titles(past) == before)
    #expect(try named(past) == namedBefore)
    #expect(try past.rows("SELECT count(*) FROM fact_news_articles") == ["3"])
    let now = try Store.reading(folder.file("appliance.db"), asOf: Instant("2026-10-03T15:00:00Z")!)
    #expect(try titles(now) == after)
    #expect(try named(now) == namedAfter)
    #expect(after.count == 4)
  }

  @Test func `a rebuild makes the same articles, row for row`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    kiosk.change { state in
      state.feeds[Kiosk.coins]?[0].title = "Bitcoin ETFs: corrected"
      state.feeds[Kiosk.coins]?[1].title = "Ether ETFs see $105M in outflows for 3rd day"
      state.feeds[Kiosk.wire]?.append(
        Kiosk.Item(title: "Something new", link: "https://wire.example/new", at: "Sat, 03 Oct 2026 13:00:00 GMT"))
    }
    _ = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    let rebuilt = try Rebuilt(store, providers: [Rss()])
    #expect(rebuilt.faults == [])
    for table in ["news_item", "news_article", "article_item", "article_link", "article_key", "article_mention"] {
      #expect(try rebuilt.store.rows("SELECT * FROM \(table)") == store.rows("SELECT * FROM \(table)"), "\(table)")
    }
  }

  @Test func `a value that was changed by hand is found by a rebuild`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    try store.tamper("UPDATE news_article SET title = 'x' WHERE article_id = 1")
    try store.tamper("DELETE FROM article_mention")
    #expect(
      try Set(Rebuilt(store, providers: [Rss()]).differences.shown.map(\.table)) == ["news_article", "article_mention"])
  }

  @Test func `a feed that fails stops no other, and is told`() async throws {
    kiosk.change { $0.faults[Kiosk.coins] = (200, "<!doctype html><html><body>Sign in</body></html>") }
    let report = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    #expect(report.outcome == .partial)
    #expect(
      report.steps.filter { $0.name == .news }.map(\.outcome).sorted { $0.rawValue < $1.rawValue } == [.done, .failed])
    #expect(report.counts.new == 2)
    #expect(kiosk.takeAsked().count == 2)
    _ = try await kiosk.run(at: "2026-10-03T12:05:00Z")
    #expect(kiosk.takeAsked() == [])
  }

  @Test func `an item without a date is one item, however often it is sent`() async throws {
    kiosk.change { $0.feeds[Kiosk.coins] = [Kiosk.Item(title: "No date", link: "https://coins.example/n", at: "")] }
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    _ = try await kiosk.run(at: "2026-10-05T12:00:00Z") { $0.isForced = true }
    #expect(
      try store.rows("SELECT day, published_at FROM news_item WHERE title = 'No date'") == ["1970-01-01|∅"])
    #expect(
      try store.rows(
        "SELECT strftime('%Y-%m-%d %H', published_at, 'unixepoch') FROM news_article WHERE title = 'No date'")
        == ["2026-10-03 12"])
  }

  @Test func `an answer with nothing new is marked, may be let go, and a rebuild does without it`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    kiosk.change { $0.feeds[Kiosk.wire]?.reverse() }
    let report = try await kiosk.run(at: "2026-10-03T13:00:00Z")
    #expect(report.counts.unchanged == 2)
    #expect(
      try store.rows("SELECT read_outcome FROM fetch WHERE status = 200 ORDER BY fetch_id") == [
        "read", "read", "unchanged",
      ])
    let later = Instant("2026-10-05")!
    #expect(try store.prunable(before: later).bodies.map(\.kind) == [.unchanged])
    _ = try store.prune(before: later)
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
    // The next look still asks for what changed since that answer.
    _ = kiosk.takeAsked()
    _ = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    #expect(kiosk.takeAsked().allSatisfy { $0.headers.contains { $0.name == "if-none-match" } })
    #expect(try store.rows("SELECT count(*) FROM fetch WHERE status = 304") == ["3"])
  }

  @Test func `an answer with nothing new that is played again brings back nothing that was edited since`() async throws
  {
    var runs = [try await kiosk.captured(at: "2026-10-03T12:00:00Z")]
    // The same in another order: other bytes that say nothing new.
    kiosk.change { $0.feeds[Kiosk.wire]?.reverse() }
    runs.append(try await kiosk.captured(at: "2026-10-03T13:00:00Z"))
    kiosk.change { $0.feeds[Kiosk.wire]?[0].title = "Ether ETFs see $106M in outflows for 3rd day (corrected)" }
    runs.append(try await kiosk.captured(at: "2026-10-03T14:00:00Z"))
    #expect(try await kiosk.replay(runs).counts.changed == 1)
    let (told, before) = (try titles(), try store.rows("SELECT * FROM news_item_restatement"))
    let again = try await kiosk.replay(runs)
    #expect((again.counts.new, again.counts.changed) == (0, 0))
    #expect(try titles() == told)
    #expect(told.contains("Ether ETFs see $106M in outflows for 3rd day (corrected)"))
    #expect(try store.rows("SELECT * FROM news_item_restatement") == before)
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
  }
}
