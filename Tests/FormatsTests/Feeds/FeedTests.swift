import Market
import Testing

@testable import Formats

/// Reads a document that was asked for at `https://example.com/news/feed.xml`.
func readFeed(_ document: String, contentType: String? = nil) throws -> Feed {
  try Feed.read(Array(document.utf8), from: "https://example.com/news/feed.xml", contentType: contentType)
}

/// One item of RSS 2.0 around these elements.
func item(_ elements: String) throws -> FeedItem {
  let feed = try readFeed("<rss version=\"2.0\"><channel><title>T</title><item>\(elements)</item></channel></rss>")
  return try #require(feed.items.first)
}

@Suite struct FeedTests {
  @Test func `RSS 2 tells title, link, summary, guid, date and tags`() throws {
    let feed = try readFeed(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
      <title><![CDATA[The Coin Paper]]></title><link>https://example.com</link>
      <image><title>Logo</title><link>https://example.com/logo</link></image>
      <item><title><![CDATA[Bitcoin & friends rise]]></title><link>https://example.com/a?x=1&amp;y=2</link>
      <guid isPermaLink="false">abc-1</guid><pubDate>Fri, 02 Oct 2026 21:15:00 +0000</pubDate>
      <description>&lt;p&gt;It rose &lt;b&gt;again&lt;/b&gt;.&lt;/p&gt;</description>
      <category>Markets</category><category></category><category>Bitcoin</category></item>
      </channel></rss>
      """)
    #expect(feed.form == .rss2)
    #expect(feed.title == "The Coin Paper")
    #expect(feed.link == "https://example.com/")
    #expect(feed.damage == nil)
    var expected = FeedItem()
    expected.guid = "abc-1"
    expected.title = "Bitcoin & friends rise"
    expected.link = "https://example.com/a?x=1&y=2"
    expected.summary = "It rose again."
    expected.published = Instant("2026-10-02T21:15:00Z")
    expected.tags = ["Markets", "Bitcoin"]
    #expect(feed.items == [expected])
  }

  @Test func `RSS 1 has its items beside the channel`() throws {
    let feed = try readFeed(
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
       xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://example.com/"><title>Old</title><link>https://example.com/</link></channel>
      <item rdf:about="https://example.com/1"><title>One</title><d:date>2014-02-10T09:37:09-08:00</d:date></item>
      </rdf:RDF>
      """)
    #expect(feed.form == .rss1)
    #expect(feed.title == "Old")
    #expect(feed.items.map(\.link) == ["https://example.com/1"])
    #expect(feed.items.map(\.published) == [Instant("2014-02-10T17:37:09Z")])
  }

  @Test func `Atom tells by its namespace, whatever the prefix, and completes links by xml base`() throws {
    let feed = try readFeed(
      """
      <a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://other.example/blog/">
      <a:title type="text">Tom &amp; Co</a:title><a:link rel="self" href="feed.xml"/><a:link href="./"/>
      <a:entry><a:title type="html">1 &amp;lt; 2 &lt;i&gt;now&lt;/i&gt;</a:title><a:id>tag:1</a:id>
      <a:link rel="replies" href="r/1"/><a:link rel="alternate" type="text/html" href="post/1#top"/>
      <a:updated>2026-01-02T00:00:00Z</a:updated><a:published>2026-01-01T10:00:00.007+02:00</a:published>
      <a:category term="Coins"/><a:summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A<p>B</p>C</div></a:summary>
      </a:entry></a:feed>
      """)
    #expect(feed.form == .atom)
    #expect(feed.title == "Tom & Co")
    #expect(feed.link == "https://other.example/blog/")
    let item = try #require(feed.items.first)
    #expect(item.title == "1 < 2 now")
    #expect(item.link == "https://other.example/blog/post/1#top")
    #expect(item.published == Instant("2026-01-01T08:00:00Z"))
    #expect(item.tags == ["Coins"])
    #expect(item.summary == "A B C")
  }

  @Test func `in plain text of Atom an angle is an angle`() throws {
    let feed = try readFeed(
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Use of &lt;canvas&gt; &amp;amp; more</title>
      <id>1</id></entry></feed>
      """)
    #expect(feed.items.map(\.title) == ["Use of <canvas> &amp; more"])
  }

  @Test func `a feed inside a page of XHTML is found`() throws {
    let feed = try readFeed(
      """
      <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
      <html xmlns="http://www.w3.org/1999/xhtml"><body><feed xmlns="http://www.w3.org/2005/Atom"><title>In</title>
      <entry><title>x</title><id>1</id></entry></feed></body></html>
      """)
    #expect(feed.title == "In")
    #expect(feed.items.count == 1)
    #expect(feed.damage == nil)
  }

  @Test func `dates are believed in the order of their worth`() throws {
    let dates = [
      "<atom:updated xmlns:atom='http://www.w3.org/2005/Atom'>2026-01-04T00:00:00Z</atom:updated>",
      "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-01-03T00:00:00Z</dc:date>",
      "<pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate>",
    ]
    #expect(try item("<title>x</title>" + dates.joined()).published == Instant("2026-01-01"))
    #expect(try item("<title>x</title>" + dates.prefix(2).joined()).published == Instant("2026-01-03"))
    #expect(try item("<title>x</title><pubDate>soon</pubDate>\(dates[1])").published == Instant("2026-01-03"))
    #expect(try item("<title>x</title><pubDate>soon</pubDate>").unreadDate == "soon")
  }

  @Test func `a page names its feeds`() {
    let page = """
      <html><head><base href="/x/"><link rel="stylesheet" href="a.css">
      <link rel="alternate" hreflang="de" href="/de"><link rel="Alternate home" type="application/rss+xml" title="All  news"
       href="rss"><link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://h.example/atom">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head></html>
      """
    let links = FeedLink.all(inPage: Array(page.utf8), at: "https://example.com/y/z")
    #expect(links.map(\.address) == ["https://example.com/x/rss", "https://h.example/atom"])
    #expect(links.map(\.title) == ["All news", nil])
  }
}
