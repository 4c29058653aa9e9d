import Market
import Testing

@Suite struct `targets` {
  private func read(_ target: String) -> Request? {
    Request(provider: "rss", method: .get, target: target, body: [])
  }

  @Test(arguments: [
    "/", "/api/v3/klines?symbol=BTCUSDT&interval=1h", "/a%2Fb?x=%20y", "//feeds.example.com/rss?s=SPY,QQQ",
    "//example.com:8080/", "http://example.com/feed", "http://example.com:8080/feed?a=b", "//[2001:db8::1]:8443/x",
    "//example.com//double", "//example.com/rss?q=a+b&empty&x=%zz", "//example.com/rss?", "//example.com/a?b?c=/d",
  ])
  func `what is stored is read back to the letter`(target: String) throws {
    #expect(try #require(read(target)).target == target)
  }

  @Test func `a host, a path and a query are told apart`() throws {
    let request = try #require(read("http://feeds.example.com:8080/rss?s=S%20P&t=1"))
    #expect(request.host == RequestHost("feeds.example.com:8080", isPlain: true))
    #expect(request.path == "/rss")
    #expect(request.query == [QueryItem("s", "S P"), QueryItem("t", "1")])
    #expect(read("/rss")?.host == nil)
  }

  @Test(arguments: [
    "", "rss", "https://example.com/", "ftp://example.com/", "//", "///x", "//user@example.com/", "//example.com./",
    "//a..b/", "//.example.com/", "//example.com:0/", "//example.com:99999/", "//example.com:/", "//exam ple.com/",
    "//bücher.example/", "//[::1/", "//[zz]/", "//a\\b/", "/x?a=%zz", "/x?a=%+1", "/x?a=%1",
  ])
  func `what is none is refused`(target: String) {
    #expect(read(target) == nil)
  }

  @Test func `a path that begins with two slashes does not pass for a host`() {
    let request = Request(provider: "alpha", path: "//evil.example/x")
    #expect(request.target == "/evil.example/x")
    #expect(request.host == nil)
  }

  @Test(arguments: [
    ("https://Feeds.Example.com/RSS?s=SPY#top", "//feeds.example.com/RSS?s=SPY"),
    ("HTTP://example.com", "http://example.com/"), ("https://example.com:443/x", "//example.com/x"),
    ("http://example.com:80/x", "http://example.com/x"), ("http://example.com:443/x", "http://example.com:443/x"),
    ("https://example.com?x", "//example.com/?x"), ("https://example.com/a+b?c+d", "//example.com/a+b?c+d"),
  ])
  func `an address that somebody wrote down becomes a request for just that`(address: String, target: String) throws {
    #expect(try #require(Request(provider: "rss", address: address)).target == target)
  }

  @Test(arguments: [
    "example.com/rss", "//example.com/rss", "file:///etc/passwd", "feed:https://example.com", "https:/rss", "https://",
    "https://me:secret@example.com/", "https://example.com./", "https://a b/", "https://example.com/\r\nX-Evil:1",
    "https:http://example.com/", "https://example.com\\@evil.example/", "javascript:alert(1)", "https://example.com/ü",
  ])
  func `an address that is none, or hides something, is refused`(address: String) {
    #expect(Request(provider: "rss", address: address) == nil)
  }

  @Test func `what a request is made from is kept when it changes`() throws {
    let request = Request(
      provider: "alpha", method: .post, host: RequestHost("b.example"), path: "/x", query: [QueryItem("a", "b")],
      headers: [HeaderField("a", "b")], body: [1], isIdempotent: true, weight: 2, maximumBytes: 3, timeLimit: 40)
    #expect(request.limited(toSeconds: 40).adding([]) == request)
    #expect(request.limited(toSeconds: 6).timeLimit == 6)
    #expect(request.limited(toSeconds: 60).timeLimit == 40)
  }
}

@Suite struct `hosts that a request names` {
  @Test func `names have no case, and the usual port goes without saying`() {
    #expect(RequestHost("API.Example.com:443") == RequestHost("api.example.com"))
    #expect(RequestHost("example.com:80", isPlain: true)?.name == "example.com")
    #expect(RequestHost("example.com:80")?.origin == "https://example.com:80")
    #expect(RequestHost("example.com") != RequestHost("example.com", isPlain: true))
  }

  @Test func `a provider with named hosts has those and no others`() throws {
    let hosts = AllowedHosts.named(["b.example"])
    #expect(hosts.includes(try #require(RequestHost("B.example"))))
    #expect(!hosts.includes(try #require(RequestHost("b.example", isPlain: true))))
    #expect(!hosts.includes(try #require(RequestHost("b.example:8443"))))
    #expect(!hosts.includes(try #require(RequestHost("x.b.example"))))
    #expect(!AllowedHosts.own.includes(try #require(RequestHost("b.example"))))
    #expect(AllowedHosts.anyPublic.includes(try #require(RequestHost("b.example:8443", isPlain: true))))
  }
}
