import Market
import Support
import Testing

@testable import Formats

/// The recorded feeds, as the notes beside them say what is in them.
@Suite(.enabled(if: MarketData.folder != nil, "MARKET_DATA names no folder of recorded answers"))
struct RecordedFeedTests {
  /// File, items, items with a date, whether damage is told.
  static let feeds: [(String, Int, Int, Bool)] = [
    ("guardian.rss", 55, 55, false), ("heise.atom", 15, 15, false), ("rss-1.rss", 69, 69, false),
    ("craigslist.rss", 25, 25, false), ("encoding.rss", 40, 40, false), ("uolNoticias.rss", 15, 15, false),
    ("reddit.rss", 24, 24, false), ("feedburner.atom", 25, 25, false), ("TechCrunch.xml", 20, 20, false),
    ("google_alerts_atom.xml", 20, 20, false), ("HuffPostCanada.xml", 2, 2, false),
    ("InvalidDateFormat.xml", 2, 2, true),
    ("DuplicateContentAtomFeed.xml", 10, 10, false), ("iconv.xml", 10, 10, false), ("compressed.xml", 10, 10, false),
    ("guid-dupes.xml", 1, 1, false), ("intertwingly.atom", 20, 20, false), ("illegally-nested.xml", 10, 10, false),
    ("coindesk-zh-translated-2023-09-22.xml", 50, 50, false),
    ("cointelegraph-zh-translated-2023-09-22.xml", 30, 30, false),
    ("coindesk-2026-10-03-four-items.xml", 4, 4, false), ("cointelegraph-2026-10-03-three-items.xml", 3, 3, false),
    ("decrypt-2026-10-03-four-items.xml", 4, 4, false),
  ]

  static func read(_ file: String) throws -> Feed {
    try Feed.read(try #require(MarketData.bytes("payloads/rss/\(file)")), from: "https://feeds.example/\(file)")
  }

  @Test(arguments: feeds) func `every recorded feed is read`(
    file: String, items: Int, dated: Int, isDamaged: Bool
  ) throws {
    let feed = try Self.read(file)
    #expect(feed.items.count == items)
    #expect(feed.items.filter { $0.published != nil }.count == dated)
    #expect((feed.damage != nil) == isDamaged, "\(feed.damage ?? "")")
    #expect(feed.title?.isEmpty == false)
    #expect(feed.items.allSatisfy { !$0.title.isEmpty && $0.link != nil })
    let texts = feed.items.flatMap { [$0.title, $0.summary ?? ""] }
    #expect(
      texts.filter {
        $0.contains("<p>") || $0.contains("<br") || $0.contains("<img") || $0.contains("&amp;")
          || $0.contains("\u{FFFD}")
      } == [])
  }

  @Test func `what is peculiar about single feeds is read`() throws {
    let uol = try Self.read("uolNoticias.rss")
    #expect(uol.items[0].title.contains("simulações"))
    #expect(uol.items[0].published == Instant("2018-09-24T22:42:40Z"))
    #expect(try Self.read("compressed.xml").items == Self.read("iconv.xml").items)
    #expect(
      try Self.read("intertwingly.atom").items.allSatisfy { $0.link?.hasPrefix("https://feeds.example/blog/") == true })
    #expect(
      try Self.read("google_alerts_atom.xml").items.allSatisfy {
        !WebLink.canonical($0.link ?? "").contains("google.com")
      })
    let desk = try Self.read("coindesk-2026-10-03-four-items.xml")
    #expect(desk.items.allSatisfy { $0.guid?.utf8.count == 36 })
    let decrypt = try Self.read("decrypt-2026-10-03-four-items.xml")
    #expect(
      decrypt.items.allSatisfy {
        $0.guid?.hasPrefix("https://decrypt.co/?p=") == true && $0.link?.contains("?p=") == false
      })
    #expect(try Self.read("illegally-nested.xml").items.allSatisfy { $0.link?.contains("feedproxy") == false })
  }
}
