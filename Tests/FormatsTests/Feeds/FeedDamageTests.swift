import Market
import Testing

@testable import Formats

/// Feeds as they are met, one shape of damage each, typed by hand.
@Suite struct FeedDamageTests {
  private static func rss(_ items: String, before: String = "", root: String = "<rss version=\"2.0\">") -> String {
    "\(before)\(root)<channel><title>T</title>\(items)</channel></rss>"
  }

  private static let one = "<item><title>One</title><link>https://example.com/1</link></item>"
  private static let two = "<item><title>Two</title><link>https://example.com/2</link></item>"

  /// What is wrong, the document, the titles that are read all the same, and whether damage is told.
  static let readable: [(String, String, [String], Bool)] = [
    ("a blank line before the declaration", rss(one, before: "\n \n<?xml version=\"1.0\"?>"), ["One"], false),
    ("a mark of byte order", "\u{FEFF}" + rss(one), ["One"], false),
    ("a mark of byte order and a blank", "\u{FEFF}\n" + rss(one, before: "<?xml version='1.0'?>"), ["One"], false),
    ("a bare ampersand", rss("<item><title>AT&T & more</title></item>"), ["AT&T & more"], false),
    ("an entity of HTML", rss("<item><title>Gold&nbsp;&mdash; up&hellip;</title></item>"), ["Gold — up…"], false),
    ("an entity that nobody knows", rss("<item><title>a &bogus; b</title></item>"), ["a &bogus; b"], false),
    (
      "escaped twice", rss("<item><title>Bank&amp;#039;s &amp;lt;b&amp;gt;day&amp;lt;/b&amp;gt;</title></item>"),
      ["Bank's day"], false
    ),
    (
      "control characters", rss("<item><title>a\u{0}b\u{8}c\u{1B}[31m\u{7F}\u{9B}</title></item>"), ["a b c [31m"],
      false
    ),
    ("numbers of no character", rss("<item><title>a&#0;b&#xFFFF;c&#xD800;d</title></item>"), ["a b c d"], false),
    ("a number of windows-1252", rss("<item><title>it&#146;s</title></item>"), ["it’s"], false),
    ("an unclosed item", rss("<item><title>One</title>" + two), ["One", "Two"], true),
    ("an unclosed title", rss("<item><title>One</item>" + two), ["One", "Two"], true),
    ("an item within an item", rss("<item><title>One</title>\(two)<guid>1</guid></item>"), ["One", "Two"], false),
    ("a cut document", String(rss(one + two).dropLast(40)), ["One"], true),
    ("cut inside a tag", rss(one) + "<", ["One"], true),
    ("cut inside text in CDATA", "<rss><channel>\(one)<item><title><![CDATA[Tw", ["One"], true),
    ("cut between the parts of an item", "<rss><channel>\(one)<item><title>Two</title>", ["One"], true),
    (
      "two documents", rss(one, before: "<?xml version='1.0'?>") + rss(two, before: "\n<?xml version='1.0'?>"),
      ["One", "Two"], false
    ),
    ("two documents without declarations", rss(one) + "\n" + rss(two), ["One", "Two"], false),
    ("two channels", "<rss><channel>\(one)</channel><channel>\(two)</channel></rss>", ["One", "Two"], false),
    ("no version, no channel", "<rss>\(one)</rss>", ["One"], false),
    (
      "undeclared prefixes",
      rss("<item><title>One</title><media:thumbnail url='x'/><dc:date>2026-01-01</dc:date></item>"), ["One"], false
    ),
    (
      "a title of something else first",
      rss("<item><media:title xmlns:media='http://search.yahoo.com/mrss/'>M</media:title><title>One</title></item>"),
      ["One"], false
    ),
    ("an empty title before the title", rss("<item><title/><title>One</title></item>"), ["One"], false),
    ("a comment with a feed in it", rss("<!-- \(two) -->" + one), ["One"], false),
    ("an end of CDATA in text", rss("<item><title>a ]]> b</title></item>"), ["a ]]> b"], false),
    ("an angle in an attribute", rss("<item><title foo='<x>'>One</title></item>"), ["One"], false),
    (
      "an angle and the end of a line in an attribute",
      rss("<item foo=\"a >\n b\" bar='c'><title>One</title></item>" + two),
      ["One", "Two"], false
    ),
    ("an angle behind a sign", rss("<item foo='<x>?a='><title>One</title></item>" + two), ["One", "Two"], false),
    (
      "an odd quote in a link", rss("<item><atom:link href=\"https://example.com/x/><title>One</title></item>" + two),
      ["One", "Two"], false
    ),
    (
      "an odd quote before the end of a line",
      rss("<item><title>One</title><enclosure url='x' type=\"a/>\nthe \"end\" of it</item>" + two), ["One", "Two"],
      false
    ),
    (
      "an odd quote with others behind it",
      rss("<item><guid isPermaLink=\"false>1</guid><title>One</title><g a=\"b\" c=\"\"/></item>" + two),
      ["One", "Two"],
      false
    ),
    ("an odd quote in the tag of an item", rss("<item id=\"1><title>One</title></item>" + two), ["One", "Two"], false),
    (
      "an apostrophe in a tag",
      rss("<item><title lang=it's>One</title><description>James' day</description></item>" + two),
      ["One", "Two"], false
    ),
    ("an odd quote at the end", "<rss><channel>\(one)<item><title foo='>Two</title></item>", ["One", "Two"], true),
    ("a tag that is nothing but a quote", rss("<item><b'>x<title>One</title></item>" + two), ["One", "Two"], false),
    ("an attribute without quotes", rss("<item foo=1><title>One</title></item>\(two)"), ["One", "Two"], true),
    (
      "a document type with entities",
      "<!DOCTYPE rss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>" + rss("<item><title>&b;</title></item>"), ["&b;"],
      false
    ),
    (
      "a document type with a file",
      "<!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>" + rss("<item><title>&f;</title></item>"), ["&f;"],
      false
    ),
    (
      "a comment with an apostrophe in a document type",
      "<!DOCTYPE rss [ <!-- the publisher's entities --> <!ENTITY nbsp \"&#160;\"> ]>" + rss(one), ["One"], false
    ),
    (
      "a declaration without an end in a text", rss("<item><title>a <! b</title></item>" + two), ["a <! b", "Two"],
      false
    ),
    (
      "a quoted declaration",
      rss("<item><title>One</title><description><?xml version='1.0'?> x</description></item>" + two),
      ["One", "Two"], false
    ),
    ("a style sheet before the root", rss(one, before: "<?xml-stylesheet href='a.xsl'?>"), ["One"], false),
    (
      "script in a title", rss("<item><title>A<![CDATA[<script>alert('</x>')</script>]]>B</title></item>"), ["AB"],
      false
    ),
    ("white space everywhere", rss("<item><title>\n\t One \u{A0}\u{2003} day\r\n </title></item>"), ["One day"], false),
    ("a soft hyphen and a joiner", rss("<item><title>Bit\u{AD}co\u{200B}in</title></item>"), ["Bitcoin"], false),
    ("neither title nor link", rss("<item><description>x</description></item>" + one), ["One"], false),
  ]

  @Test(arguments: readable)
  func `what can be read of a damaged feed is read`(
    what: String, document: String, titles: [String], isDamaged: Bool
  ) throws {
    let feed = try readFeed(document)
    #expect(feed.items.map(\.title) == titles, "\(what)")
    #expect((feed.damage != nil) == isDamaged, "\(what): \(feed.damage ?? "whole")")
  }

  static let refused: [(String, FeedFault)] = [
    ("", .empty), (" \n\t", .empty),
    ("Not found", .notXML("Not found")), (#"{"a":1}"#, .notXML(#"{"a":1}"#)),
    ("<!doctype html><html><head><title>x</title></head><body><p>No<br></body></html>", .page),
    ("<opml version='2.0'><body/></opml>", .noFeed(root: "opml")), ("<", .notXML("<")),
    ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url/></urlset>", .noFeed(root: "urlset")),
  ]

  @Test(arguments: refused) func `what is no feed is refused and named`(document: String, fault: FeedFault) {
    #expect(throws: fault) { try readFeed(document) }
  }

  @Test func `links that are none are dropped, relative ones completed`() throws {
    #expect(try item("<title>x</title><link>javascript:alert(1)</link>").link == nil)
    #expect(try item("<title>x</title><link> JaVaScRiPt:alert(1)</link>").link == nil)
    #expect(try item("<title>x</title><link>java\nscript:alert(1)</link>").link == nil)
    #expect(try item("<title>x</title><link>data:text/html,x</link>").link == nil)
    #expect(try item("<title>x</title><link>https://user:pw@example.com/</link>").link == nil)
    #expect(try item("<title>x</title><link>/a/../b</link>").link == "https://example.com/b")
    #expect(try item("<title>x</title><link>c d</link>").link == "https://example.com/news/c%20d")
    #expect(try item("<title>x</title><link>//H.example/É</link>").link == "https://h.example/%C3%89")
    #expect(try item("<title>x</title><guid>https://example.com/g</guid>").link == "https://example.com/g")
    #expect(try item("<title>x</title><guid isPermaLink='false'>https://example.com/g</guid>").link == nil)
  }

  @Test func `ten megabytes of title are cut and told`() throws {
    let item = try item("<title>\(String(repeating: "long ", count: 2_000_000))</title><link>/x</link>")
    #expect(item.isTitleCut)
    #expect(item.title.utf8.count <= FeedItem.longestTitle)
    #expect(item.link == "https://example.com/x")
  }

  @Test func `a summary is cut at a whole character`() throws {
    let summary = try #require(
      try item("<title>x</title><description>\(String(repeating: "é", count: 9000))</description>").summary)
    #expect(summary.utf8.count <= FeedItem.longestText)
    #expect(summary.hasSuffix("é…"))
  }

  @Test func `deep nesting costs what is inside it`() throws {
    let deep = String(repeating: "<x>", count: 100_000)
    let feed = try readFeed("<rss><channel>\(Self.one)<item><title>\(deep)")
    #expect(feed.items.first?.title == "One")
    #expect(feed.damage != nil)
  }

  @Test func `a tag of two hundred thousand attributes is no tag`() throws {
    let attributes = (0..<200_000).map { "a\($0)='x'" }.joined(separator: " ")
    let feed = try readFeed("<rss><channel>\(Self.one)<item \(attributes)><title>Big</title></item></channel></rss>")
    #expect(feed.items.first?.title == "One")
  }

  @Test(arguments: [
    ("windows-1251", nil, [0xC1, 0xE8, 0xF2, 0xEA, 0xEE, 0xE8, 0xED] as [UInt8], "Биткоин"),
    ("utf-8", "text/xml; charset=windows-1251", [0xC1, 0xE8, 0xF2], "Бит"),
    ("ISO-8859-1", nil, [0x63, 0x61, 0x66, 0xE9], "café"), (nil, nil, [0x31, 0x80, 0x93, 0x78, 0x94], "1€“x”"),
    ("bogus-8", nil, [0x63, 0xE9], "cé"), ("koi8-r", nil, [0xE2, 0xC9, 0xD4], "Бит"),
    ("windows-1251", "text/xml; charset=iso-8859-1", Array("é".utf8), "é"),
  ])
  func `a charset is the one that fits`(declared: String?, type: String?, bytes: [UInt8], title: String) throws {
    let head = declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
    let document =
      Array("\(head)<rss><channel><item><title>".utf8) + bytes + Array("</title></item></channel></rss>".utf8)
    let feed = try Feed.read(document, from: "https://example.com/", contentType: type)
    #expect(feed.items.map(\.title) == [title])
  }

  @Test func `UTF-16 is read either way round`() throws {
    let document = Self.rss("<item><title>Ü 日本</title></item>")
    let big: [UInt8] = [0xFE, 0xFF] + document.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let little: [UInt8] = document.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(try Feed.read(big, from: "https://example.com/").items.map(\.title) == ["Ü 日本"])
    #expect(try Feed.read(little, from: "https://example.com/").items.map(\.title) == ["Ü 日本"])
  }
}
