import Foundation
import Market
import Support
import Testing

@testable import Transport

@Suite struct `redirects to other servers` {
  private let here = IPAddress("127.0.0.1")

  private func rig(_ profile: ProviderProfile? = nil, keys: [ProviderName: Secret] = [:]) throws -> Rig {
    let feeds = ProviderProfile.special("rss", baseURL: "", hosts: .anyPublic)
    return try Rig([profile ?? feeds], keys: keys, permitting: [try #require(here)])
  }

  private func feed(_ server: LoopbackServer, headers: [HeaderField] = []) throws -> Request {
    try #require(Request(provider: "rss", address: "\(server.url)/feed", headers: headers))
  }

  @Test func `one is followed, and the last address is recorded`() async throws {
    let second = try LoopbackServer { _ in .json("[]") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(second.port)/feed.xml", status: 301) }
    let roundTrip = await (try rig()).transport.roundTrip(try feed(first))
    #expect(roundTrip.attempts.map(\.url) == ["\(first.url)/feed", "http://localhost:\(second.port)/feed.xml"])
    #expect(try roundTrip.attempts.map { try $0.result.get().status } == [301, 200])
    #expect(second.requests.first?.header("host") == "localhost:\(second.port)")
    #expect(roundTrip.request.target == "http://127.0.0.1:\(first.port)/feed")
  }

  @Test func `only headers that tell nothing go along`() async throws {
    let second = try LoopbackServer { _ in .json("[]") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(second.port)/") }
    let headers = [
      HeaderField("If-None-Match", "\"a\""), HeaderField("User-Agent", "me"), HeaderField("X-Secret", "s"),
      HeaderField("Authorization", "Bearer s"), HeaderField("Cookie", "s"), HeaderField("Referer", "s"),
    ]
    _ = await (try rig()).transport.roundTrip(try feed(first, headers: headers))
    #expect(first.requests.first?.header("x-secret") == "s")
    let received = try #require(second.requests.first)
    #expect(Set(received.headers.map(\.name)) == ["host", "user-agent", "accept", "accept-encoding", "if-none-match"])
    #expect(received.header("user-agent") == "me")
  }

  @Test(arguments: [
    "file:///etc/passwd", "gopher://127.0.0.1:PORT/1", "javascript:alert(1)", "http://127.0.0.2:PORT/",
    "//127.0.0.2:PORT/", "http://[::1]:PORT/", "http://[::ffff:127.0.0.2]:PORT/", "http://[::ffff:7f00:2]:PORT/",
    "http://2130706434:PORT/", "http://0x7f000002:PORT/", "http://0x7f.2:PORT/", "http://0177.0.0.2:PORT/",
    "http://127.2:PORT/", "http://0:PORT/", "http://[fe80::1%25lo]:PORT/", "http://[64:ff9b::7f00:1]:PORT/",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.0.1/", "http://100.64.0.1/",
    "http://localhost.:PORT/", "http://127.0.0.2.:PORT/", "http://feeds.example./", "http://me:secret@localhost:PORT/",
    "http://me@localhost:PORT/", "http://[", "http://", "http://a b/",
  ])
  func `hostile ones are refused, and nobody is asked`(location: String) async throws {
    let victim = try LoopbackServer { _ in .json("[]") }
    let target = location.replacingOccurrences(of: "PORT", with: "\(victim.port)")
    let first = try LoopbackServer { _ in .redirect(to: target) }
    let roundTrip = await (try rig()).transport.roundTrip(try feed(first))
    guard case .redirected(let shown) = roundTrip.error else {
      Issue.record("\(location): \(String(describing: roundTrip.error))")
      return
    }
    #expect(!shown.contains("secret"))
    #expect(first.requests.count == 1)
    #expect(victim.connections == 0)
  }

  @Test func `five are followed and a sixth is not, also in a circle`() async throws {
    let first = try LoopbackServer { request in
      let isName = request.header("host")?.hasPrefix("localhost") == true
      let port = request.header("host")?.split(separator: ":").last ?? ""
      return .redirect(to: "http://\(isName ? "127.0.0.1" : "localhost"):\(port)/feed")
    }
    let roundTrip = await (try rig()).transport.roundTrip(try feed(first))
    #expect(first.requests.count == 6)
    #expect(roundTrip.error == .redirected(to: "\(first.url)/feed"))
  }

  @Test func `every hop is looked at, not only the first`() async throws {
    let second = try LoopbackServer { _ in .redirect(to: "http://169.254.169.254/latest") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(second.port)/") }
    let roundTrip = await (try rig()).transport.roundTrip(try feed(first))
    #expect(roundTrip.error == .redirected(to: "http://169.254.169.254/latest"))
    #expect(roundTrip.attempts.count == 2)
  }

  @Test func `a name that turns out to lead inside is refused when the connection is made`() async throws {
    let victim = try LoopbackServer { _ in .json("[]") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(victim.port)/") }
    // The first server is beyond a proxy, so that no address on this machine need be permitted.
    let proxies = Proxies { $0 == "http_proxy" ? first.url : nil }
    let feeds = ProviderProfile.special("rss", baseURL: "", hosts: .anyPublic)
    let rig = try Rig([feeds], proxies: proxies, permitting: [try #require(IPAddress("192.0.2.1"))])
    let request = try #require(Request(provider: "rss", address: "http://feeds.example/feed"))
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(roundTrip.error?.description.contains("localhost leads into a private network, to ") == true)
    #expect(first.requests.map(\.target) == ["http://feeds.example/feed"])
    #expect(victim.connections == 0)
  }

  @Test func `through a proxy an inner address is refused by its spelling`() async throws {
    let proxy = try LoopbackServer { _ in .redirect(to: "http://10.0.0.1/") }
    let feeds = ProviderProfile.special("rss", baseURL: "", hosts: .anyPublic)
    let rig = try Rig([feeds], proxies: Proxies { $0 == "http_proxy" ? proxy.url : nil })
    let request = try #require(Request(provider: "rss", address: "http://feeds.example/feed"))
    #expect(await rig.transport.roundTrip(request).error == .redirected(to: "http://10.0.0.1/"))
    #expect(proxy.requests.count == 1)
  }

  @Test func `with a key none is followed, without it is`() async throws {
    let second = try LoopbackServer { _ in .json("[]") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(second.port)/") }
    let credential = Credential(header: "x-key", setting: "ALPHA_KEY", isRequired: false)
    let profile = ProviderProfile.special(
      "alpha", baseURL: first.url, redirects: .toPublicServers, credential: credential)
    let request = Request(provider: "alpha", path: "/")
    let keyed = try rig(profile, keys: ["alpha": Secret("abcdefgh1234")])
    #expect(
      await keyed.transport.roundTrip(request).error == .redirected(to: "http://localhost:\(second.port)/"))
    #expect(second.connections == 0)
    #expect(await (try rig(profile)).transport.roundTrip(request).error == nil)
  }

  @Test func `a provider of one server does not send us to another`() async throws {
    let second = try LoopbackServer { _ in .json("[]") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(second.port)/") }
    let rig = try rig(.special("alpha", baseURL: first.url))
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(roundTrip.error == .redirected(to: "http://localhost:\(second.port)/"))
    #expect(second.connections == 0)
  }

  @Test func `feeds that were moved stay where they were moved to`() async throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/one.example/feed": .redirect(to: "https://two.example:8443/new?a=1", status: 308)
      case "/two.example:8443/new": .redirect(to: "/two.example:8443/newest")
      default: .json("[]")
      }
    }
    let feeds = ProviderProfile.special("rss", baseURL: "", hosts: .anyPublic)
    let rig = try Rig([feeds], servers: ["rss": server])
    let request = try #require(Request(provider: "rss", address: "https://one.example/feed"))
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(
      server.requests.map(\.target) == ["/one.example/feed", "/two.example:8443/new?a=1", "/two.example:8443/newest"])
    #expect(roundTrip.error == nil)
  }

  @Test func `a provider that was moved is asked nowhere else`() async throws {
    let second = try LoopbackServer { _ in .json("[]") }
    let first = try LoopbackServer { _ in .redirect(to: "http://localhost:\(second.port)/") }
    let rig = try Rig(
      [.special("alpha", redirects: .toPublicServers)], servers: ["alpha": first], permitting: [try #require(here)])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(roundTrip.error == .redirected(to: "http://localhost:\(second.port)/"))
    #expect(second.connections == 0)
  }

  @Test(arguments: [
    ("http://a.example/", "https://a.example/", true), ("http://a.example/", "https://b.example/", true),
    ("https://a.example/", "https://b.example:8443/", true), ("https://a.example/", "//b.example/", true),
    ("https://a.example/", "http://b.example/", false), ("https://a.example/", "http://a.example/", false),
    ("https://a.example/", "https://intranet/", false), ("https://a.example/", "https://x.internal/", false),
    ("https://a.example/", "https://x.localhost/", false),
  ])
  func `a seal may be put on and not be taken off`(from: String, location: String, isFollowed: Bool) throws {
    let start = try #require(WebAddress(from))
    let headers = [HeaderField("location", location)]
    let answer = Answer(status: 301, headers: headers, body: [], receivedAt: Rig.start)
    let redirect = Redirect(in: answer, to: .get, from: start, hops: 4, leave: .toPublic(permitting: []))
    let target = try #require(WebAddress(location, relativeTo: start))
    #expect(redirect == (isFollowed ? .follow(target) : .refuse(to: target.text)))
  }
}
