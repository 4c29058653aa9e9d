import Foundation
import Support
import Synchronization
import Testing

/// A record of news as the sixth edition of the rules left it: of two items under one id of a day the first one stands,
/// and an address that only tracked readers was a restatement.
@Suite struct OlderNewsRecordTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  init() async throws {
    home = try TemporaryHome()
    let looks = Mutex(0)
    server = try LoopbackServer { request in
      guard request.path == "/paper.example/feed" else { return .status(404, [], "not here") }
      let look = looks.withLock {
        $0 += 1
        return $0
      }
      return .status(200, [("Content-Type", "application/rss+xml")], OlderNewsRecordTests.feed(look))
    }
    _ = try await appliance("ingest", "--only", "quality", "--no-backup")
    _ = try await appliance("feed", "add", "https://paper.example/feed", "--offline")
    let first = try await appliance("ingest", "--only", "news", "--no-backup", "--json")
    #expect(first.output.contains(#""new":3"#), "\(first.output) \(first.talk)")
    let second = try await appliance("ingest", "--only", "news", "--no-backup", "--json", at: "2025-09-20T09:30:00Z")
    #expect(second.output.contains(#""new":0,"changed":0,"unchanged":3"#), "\(second.output) \(second.talk)")
    try SQL(home.database).run(Self.asBefore)
  }

  private static func feed(_ look: Int) -> String {
    """
    <rss version="2.0"><channel><title>The Paper</title>
    <item><title>Tracked</title><link>https://paper.example/a?utm_id=\(look)</link><guid>1</guid>
    <pubDate>Fri, 19 Sep 2025 20:00:00 GMT</pubDate></item>
    <item><title>Early words of it</title><link>https://paper.example/b</link><guid>2</guid>
    <pubDate>Fri, 19 Sep 2025 10:00:00 GMT</pubDate></item>
    <item><title>Later words of it</title><link>https://paper.example/b</link><guid>2</guid>
    <pubDate>Fri, 19 Sep 2025 11:00:00 GMT</pubDate></item>
    <item><title>Another</title><link>https://paper.example/c</link><guid>3</guid>
    <pubDate>Thu, 18 Sep 2025 11:00:00 GMT</pubDate></item></channel></rss>
    """
  }

  private static let asBefore = """
    UPDATE fetch SET edition = 6;
    INSERT INTO news_item_restatement (series_id, day, guid, replaced_by_fetch_id, replaced_at, published_at, title, link,
        url, summary, tags, fetch_id, tickers)
      SELECT series_id, day, guid, fetch_id + 1, (SELECT max(received_at) FROM fetch), published_at, title, link, url,
        summary, tags, fetch_id, tickers FROM news_item WHERE guid = '1';
    UPDATE news_item SET link = 'https://paper.example/a?utm_id=2', fetch_id = fetch_id + 1 WHERE guid = '1';
    UPDATE article_item SET fetch_id = fetch_id + 1 WHERE guid = '1';
    UPDATE news_item SET title = 'Early words of it', published_at = published_at - 3600 WHERE guid = '2';
    UPDATE news_article SET title = 'Early words of it', published_at = published_at - 3600
      WHERE url = 'https://paper.example/b';
    """

  private func appliance(_ words: String..., at now: String = "2025-09-19T22:30:00Z") async throws
    -> ApplianceProcess.Ended
  {
    let environment = ["APPLIANCE_NOW": now, "APPLIANCE_RSS_BASE_URL": server.url, "UNIVERSE": "BTC"]
    return try await ApplianceProcess(arguments: words + ["--home", home.path], environment: environment).run()
  }

  private func verified() async throws -> [String: Any] {
    let ended = try await appliance("rebuild", "--verify", "--json")
    return try #require(try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any])
  }

  @Test func `what newer rules tell of items otherwise stands under its own heading, and is no damage`() async throws {
    let json = try await verified()
    #expect(json["outcome"] as? String == "same" && json["differences"] as? Int == 0, "\(json)")
    #expect(try #require(json["newer_rules"] as? Int) >= 6)
    let applied = try await appliance("rebuild", "--apply")
    #expect(applied.exit == 0, "\(applied.talk)")
    let news = try await appliance("export", "news_item", "--format", "csv").output
    #expect(news.contains("Later words of it") && news.contains("utm_id=1") && !news.contains("utm_id=2"), "\(news)")
    #expect(try await verified()["newer_rules"] as? Int == 0)
  }

  @Test(arguments: [
    "UPDATE news_item SET title = 'Mine' WHERE guid = '3'", "DELETE FROM news_item WHERE guid = '3'",
    "UPDATE news_item SET url = 'https://paper.example/z' WHERE guid = '3'",
  ])
  func `what was changed by hand is damage, though an older edition read it`(sql: String) async throws {
    try SQL(home.database).run(sql)
    let json = try await verified()
    let differences = try #require(json["differences"] as? Int)
    #expect(json["outcome"] as? String != "same" && differences > 0, "\(json)")
  }
}
