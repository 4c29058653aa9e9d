import Market
import Testing

@testable import Formats

@Suite struct FeedDateTests {
  @Test(arguments: [
    ("Wed, 22 Jan 2014 20:31:31 +0600", "2014-01-22T14:31:31Z"), ("22 Jan 14 20:31 GMT", "2014-01-22T20:31:00Z"),
    ("Wed, 17 Jan 2018 15:50:00 EST", "2018-01-17T20:50:00Z"),
    ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40Z"),
    ("2014-02-10T09:37:09-08:00", "2014-02-10T17:37:09Z"), ("2012-05-03T09:40:30.007-07:00", "2012-05-03T16:40:30Z"),
    ("1518478934", "2018-02-12T23:42:14Z"), ("1518478934123", "2018-02-12T23:42:14Z"),
    ("2018-10-03 12:00:00 +0200", "2018-10-03T10:00:00Z"), ("2018-10-03 12:00:00 UTC", "2018-10-03T12:00:00Z"),
    ("2018-10-03", "2018-10-03T00:00:00Z"), ("Jan 5, 2026 8:31 PM", "2026-01-05T20:31:00Z"),
    ("January 5, 2026", "2026-01-05T00:00:00Z"), ("12:30 am", nil),
    ("Fri Sep 19 22:30:00 2025", "2025-09-19T22:30:00Z"),
    ("Friday, 19-Sep-25 22:30:00 GMT", "2025-09-19T22:30:00Z"), ("19-Sep-2025 22:30", "2025-09-19T22:30:00Z"),
    ("Thu, 31 Dec 2026 23:59:60 Z", "2026-12-31T23:59:59Z"),
    (" \r\n 1 Jan 2026 00:00:00 +0000\r\n ", "2026-01-01T00:00:00Z"),
    ("Thu, 1 Jan 2026 10:00:00 GMT+3", "2026-01-01T07:00:00Z"),
    ("Thu, 1 Jan 2026 10:00:00 XYZ", "2026-01-01T10:00:00Z"),
    ("Fri, 30 Feb 2026 10:00:00 GMT", nil), ("Mon, 5 Jan 10:00", nil), ("5 Jan", nil), ("yesterday", nil), ("", nil),
    ("2026-13-01", nil), ("Thu, 1 Jan 2026 25:00:00 GMT", nil), ("99999999999999999999", nil),
  ])
  func `a date is read in the forms that feeds have`(text: String, expected: String?) {
    #expect(Instant(feedDate: text)?.description == expected)
  }
}

@Suite struct WebLinkTests {
  @Test(arguments: [
    ("https://Example.com/News/A?utm_source=x&id=7&UTM_Medium=y#top", "https://example.com/News/A?id=7"),
    ("https://example.com:443/a?ref=x&src=y", "https://example.com/a"),
    (
      "https://www.google.com/url?rct=j&url=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1%26utm_x%3D2&ct=ga",
      "https://example.com/a?b=1"
    ),
    ("https://example.com/a?.tsrc=rss&guccounter=1&q=", "https://example.com/a?q="),
    ("http://h.example", "http://h.example/"),
    ("https://h.example/r?url=javascript:alert(1)", "https://h.example/r?url=javascript:alert(1)"),
    ("https://h.example/r?url=%zz", "https://h.example/r?url=%zz"),
  ])
  func `an article has one address`(link: String, expected: String) throws {
    let whole = try #require(WebLink.resolved(link, against: ""))
    #expect(WebLink.canonical(whole) == expected)
    #expect(WebLink.canonical(expected) == expected)
  }

  @Test(arguments: [
    ("../a", "https://h.example/a"), ("../../../a", "https://h.example/a"), ("./", "https://h.example/x/"),
    ("?q=1", "https://h.example/x/y?q=1"), ("//o.example", "https://o.example/"), ("#f", nil), ("", nil),
    ("mailto:a@b", nil),
    ("http:///x", nil), ("https://a b.example/", nil), ("ftp://h.example/", nil), ("a:b", nil),
  ])
  func `a link is completed by where it was found`(text: String, expected: String?) {
    #expect(WebLink.resolved(text, against: "https://h.example/x/y?z#w") == expected)
  }
}
