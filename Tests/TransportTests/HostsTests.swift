import Market
import Support
import Testing

@testable import Transport

@Suite struct `several hosts` {
  private static let twin = ProviderProfile.special(
    "twin", baseURL: "https://one.example/api", hosts: .named(["two.example"]))
  private static let feeds = ProviderProfile.special("rss", baseURL: "", hosts: .anyPublic)

  private func address(
    _ host: String?, _ path: String, of profile: ProviderProfile, everything: String? = nil, moved: String? = nil
  ) throws -> String? {
    let addresses = try Addresses(
      of: [profile], everything: everything, moved: moved.map { [profile.name: $0] } ?? [:])
    let named = try host.map { try #require(RequestHost(written: $0)) }
    let request = Request(provider: profile.name, host: named, path: path, query: [QueryItem("a", "b")])
    return try #require(addresses.place(of: profile.name)).address(of: request)?.text
  }

  @Test func `a request without one goes to the base address, with one to that host`() throws {
    #expect(try address(nil, "/x", of: Self.twin) == "https://one.example/api/x?a=b")
    #expect(try address("//two.example", "/x", of: Self.twin) == "https://two.example/x?a=b")
    #expect(try address("//one.example", "/x", of: Self.twin) == "https://one.example/x?a=b")
    #expect(try address("http://feeds.example:81", "/x", of: Self.feeds) == "http://feeds.example:81/x?a=b")
  }

  @Test(arguments: ["//three.example", "http://two.example", "//two.example:444", "//two.example.evil.example"])
  func `a host that is none of its provider's has no address`(host: String) throws {
    #expect(try address(host, "/x", of: Self.twin) == nil)
    #expect(try address(host, "/x", of: Self.twin, everything: "http://127.0.0.1:1") == nil)
  }

  @Test func `a feed needs a host`() throws {
    #expect(try address(nil, "/x", of: Self.feeds) == nil)
    #expect(try Addresses(of: [Self.feeds]).base(of: "rss") == nil)
  }

  @Test func `all hosts of a provider are moved to one place`() throws {
    for host in [nil, "//two.example", "//one.example"] {
      let everything = try address(host, "/x", of: Self.twin, everything: "http://127.0.0.1:1")
      #expect(everything == "http://127.0.0.1:1/twin" + (host == nil ? "/api/x?a=b" : "/x?a=b"))
      let moved = try address(host, "/x", of: Self.twin, moved: "http://127.0.0.1:1/z/")
      #expect(moved == "http://127.0.0.1:1/z" + (host == nil ? "/api/x?a=b" : "/x?a=b"))
    }
  }

  @Test func `feeds that are moved have a folder for each host`() throws {
    let base = "http://127.0.0.1:1"
    #expect(try address("//f.example", "/x", of: Self.feeds, everything: base) == base + "/rss/f.example/x?a=b")
    #expect(try address("http://f.example:81", "/x", of: Self.feeds, moved: base) == base + "/f.example:81/x?a=b")
  }

  @Test func `another host is asked and stands in the attempt`() async throws {
    let server = try LoopbackServer { .json($0.header("host") ?? "") }
    let rig = try Rig([Self.feeds], permitting: [try #require(IPAddress("127.0.0.1"))])
    let request = try #require(Request(provider: "rss", address: "\(server.url)/feed?q=a+b#c"))
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(server.requests.map(\.target) == ["/feed?q=a+b"])
    #expect(roundTrip.last?.url == "\(server.url)/feed?q=a+b")
    #expect(try roundTrip.last?.result.get().body == Array("127.0.0.1:\(server.port)".utf8))
  }

  @Test func `one that is none of its provider's is not asked, and leaves no trace`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([Self.twin], servers: ["twin": server])
    let request = Request(provider: "twin", host: RequestHost("evil.example"), path: "/x")
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(roundTrip.error == .unsendable("https://evil.example is none of the servers of twin"))
    #expect(roundTrip.attempts.map(\.wasSent) == [false])
    #expect(server.connections == 0)
  }

  @Test(arguments: [
    "http://127.0.0.1/", "http://localhost/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "http://2130706433/",
    "http://0x7f.1/", "http://0177.0.0.1/", "http://169.254.169.254/latest", "https://192.168.1.1/",
    "https://[fd00::1]/",
    "https://router/", "https://printer.local/", "http://metadata.google.internal/", "http://x.localhost/", "http://0/",
  ])
  func `a feed in this machine or a private network is refused by its address, through a proxy too`(
    address: String
  ) async throws {
    let proxy = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([Self.feeds], proxies: Proxies { $0 == "all_proxy" ? proxy.url : nil })
    let roundTrip = await rig.transport.roundTrip(try #require(Request(provider: "rss", address: address)))
    #expect(roundTrip.error?.description.hasSuffix("leads into a private network") == true)
    #expect(roundTrip.attempts.map(\.wasSent) == [false])
    #expect(proxy.connections == 0)
  }

  @Test func `a name that turns out to lead into this machine is refused when the connection is made`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    // Names count as public here, the addresses they lead to do not.
    let rig = try Rig([Self.feeds], permitting: [try #require(IPAddress("192.0.2.1"))])
    let address = "http://localhost:\(server.port)/"
    let roundTrip = await rig.transport.roundTrip(try #require(Request(provider: "rss", address: address)))
    #expect(roundTrip.error?.description.contains("localhost leads into a private network, to ") == true)
    #expect(server.connections == 0)
  }

  @Test func `a connection that another provider was allowed to make is not used`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let address = "http://localhost:\(server.port)"
    let rig = try Rig(
      [Self.feeds, .profile("alpha")], moved: ["alpha": address], permitting: [try #require(IPAddress("192.0.2.1"))])
    #expect(await rig.transport.roundTrip(Request(provider: "alpha", path: "/")).error == nil)
    let request = try #require(Request(provider: "rss", address: "\(address)/secret"))
    #expect(await rig.transport.roundTrip(request).error?.description.contains("private network") == true)
    #expect(server.requests.map(\.path) == ["/"])
  }

  @Test func `what one feed's server does is not held against the others`() async throws {
    let busy = try LoopbackServer { _ in .tooManyRequests(retryAfter: "3600") }
    let good = try LoopbackServer { _ in .json("[]") }
    // It stays: a port that is given back is soon another test's.
    let dead = try LoopbackServer { _ in .hangUp }
    let rig = try Rig([Self.feeds], permitting: [try #require(IPAddress("127.0.0.1"))])
    func ask(_ server: LoopbackServer) async throws -> RoundTrip {
      await rig.transport.roundTrip(try #require(Request(provider: "rss", address: "\(server.url)/")))
    }
    #expect(try await ask(busy).attempts.count == 1)
    #expect(try await ask(busy).error == .throttled(retryAfter: 3600))
    #expect(try await ask(dead).attempts.count == 3)
    #expect(try await ask(good).error == nil)
    #expect(try await ask(dead).attempts.map(\.wasSent) == [false])
    #expect(busy.requests.count == 1)
    #expect(await rig.transport.quotas().allSatisfy { $0.notBefore == nil })
  }
}
