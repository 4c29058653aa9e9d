import Following
import Market
import Newsdesk
import Providers
import Testing

@testable import Pipeline
@testable import Store

@Suite struct NewsSearchTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let kiosk: Kiosk
  private static let titles = [
    "Bitcoin ETFs see outflows for third day", "Ether ETFs see outflows for third day", "比特币突破七万美元",
    "ビットコインが急落", "비트코인이 급등했다", "Биткоин обновил максимум", "Café prices climb as crème runs short",
    "100% of it (NEAR protocol)", "AT&T lifts outlook \"again\"",
  ]

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    kiosk = try Kiosk(store)
    kiosk.change { state in
      state.feeds[Kiosk.wire] = Self.titles.enumerated().map { index, title in
        Kiosk.Item(
          title: title, link: "https://wire.example/\(index)", at: "Fri, 02 Oct 2026 0\(index):00:00 GMT",
          guid: "\(index)", summary: index == 0 ? "Funds of O'Neil_x lose money" : "")
      }
    }
  }

  private func found(
    _ text: String?, asset: String? = nil, source: String? = nil, in other: Store? = nil
  ) throws -> [Int] {
    let search = try text.map { try SearchQuery($0) }
    return try (other ?? store).following.headlines(
      since: Instant("2026-10-01")!, asset: asset, source: source, search: search, limit: 99
    ).compactMap { Self.titles.firstIndex(of: $0.title) }.sorted()
  }

  @Test(arguments: [
    ("etfs OUTFLOWS", [0, 1]), ("outflow*", [0, 1]), ("outflow", []), ("etfs -ether", [0]), ("\"third day\"", [0, 1]),
    ("\"day third\"", []), ("etfs -\"bitcoin etfs\"", [1]), ("比特", [2]), ("突破", [2]), ("七万美元", [2]),
    ("ビットコイン", [3]), ("비트코인", [4]), ("БИТКОИН", [5]), ("макс*", [5]), ("cafe creme", [6]), ("CAFÉ", [6]),
    ("cafe\u{301}", [6]), ("100%", [7]), ("near(", [7]), ("at&t", [8]), ("o'neil_x", [0]), ("neil", [0]),
    ("title: etfs", []), ("etfs OR near", []), ("etfs AND ether", []),
  ])
  func `words, phrases, beginnings and exclusions are found in any script`(text: String, expected: [Int]) async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    #expect(try found(text) == expected)
  }

  @Test func `asset and source narrow what is found`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    #expect(try found(nil, asset: "ETH") == [1])
    #expect(try found("third", asset: "BTC") == [0])
    #expect(try found("third", source: "coins").isEmpty)
    #expect(try found("third", source: "wire") == [0, 1])
  }

  @Test func `the newest text of an edited article is searched, and the one before is not`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    kiosk.change { $0.feeds[Kiosk.wire]?[0].title = "Bitcoin funds: corrected figures" }
    _ = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    #expect(try found("third") == [1])
    #expect(
      try store.following.headlines(
        since: Instant("2026-10-01")!, search: SearchQuery("corrected funds"), limit: 9
      ).map(\.title) == ["Bitcoin funds: corrected figures"])
    let rebuilt = try Rebuilt(store, providers: [Rss()])
    #expect(rebuilt.faults == [])
    #expect(try found("third", in: rebuilt.store) == [1])
    #expect(try found("突破", in: rebuilt.store) == [2])
  }

  @Test func `the index is whole by SQLite's own check`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    kiosk.change { state in for index in 0..<5 { state.feeds[Kiosk.wire]?[index].summary = "edited \(index)" } }
    _ = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    try store.tamper("INSERT INTO article_fts (article_fts) VALUES ('integrity-check')")
    #expect(try store.rows("SELECT count(*) FROM article_fts WHERE article_fts MATCH 'edited'") == ["5"])
  }

  @Test func `what is hostile is text, and never a fault of the index`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    let hostile = [
      "\"", "\"\"", "\"a", "a\"b\"c", "*", "a*b*", "-", "--", "-a", "NEAR(", "NEAR(a b, 2)", "a NOT", "NOT", "OR", "^a",
      "{title}: a", "title : \"a\" *", "a + b", "(a", "a)", "'; DROP TABLE body; --", "\u{0}a", "a\u{0}", "\u{202E}abc",
      "\\", "%", "_", "🚀", "🚀 moon", "\u{301}", "a AND AND b", "- a", "-\"", "-*", "\"*\"", "a\u{1b}[31m",
      String(repeating: "(", count: 900), String(repeating: "a ", count: 32), String(repeating: "\"", count: 999),
      String(repeating: "比", count: 300), String(repeating: "x", count: 1000), String(repeating: "a* ", count: 30),
    ]
    for text in hostile {
      do throws(SearchQuery.Fault) {
        let query = try SearchQuery(text)
        #expect(throws: Never.self, "\(text)") {
          try store.following.headlines(since: Instant(epochSeconds: 0), search: query, limit: 9)
        }
      } catch {
        #expect(error == .noWord, "\(text)")
      }
    }
    #expect(throws: SearchQuery.Fault.tooLong) { try SearchQuery(String(repeating: "ab ", count: 3400)) }
    #expect(throws: SearchQuery.Fault.tooLong) { try SearchQuery(String(repeating: "a ", count: 33)) }
  }

  @Test func `a copy of the file is searched as well, by whoever only reads it`() async throws {
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    store.close()
    let reader = try Store.reading(folder.file("appliance.db"))
    #expect(try found("etfs -ether", in: reader) == [0])
  }
}
