import Formats
import Market

extension FuzzTarget {
  /// Feeds, their dates, links of pages.
  static let feeds = [
    FuzzTarget("feed", texts: feedTexts, payloads: "payloads/rss") { bytes in
      guard let feed = try? Feed.read(bytes, from: "https://h.example/feed", contentType: nil) else { return nil }
      for item in feed.items {
        if item.title.utf8.count > FeedItem.longestTitle { return "a title of \(item.title.utf8.count) bytes" }
        if item.title.isEmpty, item.link == nil { return "an item of nothing" }
        let texts = [item.title, item.summary ?? "", item.guid ?? "", item.link ?? ""] + item.tags
        if texts.contains(where: { $0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }) { return "a control character" }
        if let link = item.link, !link.hasPrefix("http://"), !link.hasPrefix("https://") { return "the link \(link)" }
        if let link = item.link, WebLink.canonical(WebLink.canonical(link)) != WebLink.canonical(link) {
          return "\(link) has two forms"
        }
      }
      return nil
    },
    FuzzTarget("feed-date", texts: ["Wed, 22 Jan 2014 20:31:31 +0600", "2026-01-02T03:04:05.6-07:00", "1518478934"]) {
      bytes in
      guard let instant = Instant(feedDate: String(decoding: bytes, as: UTF8.self)) else { return nil }
      return Instant(instant.description) == instant ? nil : "\(instant) does not come back"
    },
    FuzzTarget("feed-links", texts: [#"<link rel="alternate" type="application/rss+xml" href="/f" title="F">"#]) {
      bytes in
      let links = FeedLink.all(inPage: bytes, at: "https://h.example/")
      return links.allSatisfy { $0.address.hasPrefix("http") } ? nil : "a link that is none"
    },
  ]

  private static let feedTexts = [
    """
    <?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title>T</title><item><title><![CDATA[A & B]]></title><link>/a?utm_source=x&amp;b=1</link><guid>1</guid>
    <pubDate>Fri, 02 Oct 2026 21:15:00 +0000</pubDate><description>&lt;p&gt;x&amp;#8217;s&lt;/p&gt;</description>
    <category>C</category></item></channel></rss>
    """,
    """
    <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://h.example/x/"><entry><title type="html">A&amp;lt;</title>
    <link href="y"/><id>i</id><updated>2026-01-01T00:00:00Z</updated><summary type="xhtml"><div>s</div></summary></entry>
    </feed>
    """,
    "<html><head><!DOCTYPE x [<!ENTITY a 'b'>]><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
  ]
}
