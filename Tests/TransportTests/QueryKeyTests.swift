import Market
import Support
import Testing

@testable import Transport

@Suite struct `keys in the query` {
  private static let key = "k3y/With+Signs=="
  private static let encoded = "k3y%2FWith%2BSigns%3D%3D"
  private static let credential = Credential(query: "apikey", setting: "ALPHA_KEY", isRequired: true)

  private func rig(
    credential: Credential = credential, redirects: RedirectRule = .withinServer,
    _ script: @escaping LoopbackServer.Script
  ) throws -> (rig: Rig, server: LoopbackServer) {
    let server = try LoopbackServer(script)
    let profile = ProviderProfile.special("alpha", redirects: redirects, credential: credential)
    let rig = try Rig(
      [profile], servers: ["alpha": server], keys: ["alpha": try Secret(Self.key)],
      permitting: redirects == .withinServer ? [] : [try #require(IPAddress("127.0.0.1"))])
    return (rig, server)
  }

  private let request = Request(provider: "alpha", path: "/query", query: [QueryItem("symbol", "IBM")])

  @Test func `one is added when the request is sent and stands in no record of it`() async throws {
    let (rig, server) = try rig { _ in .json("[]") }
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(server.requests.map(\.target) == ["/query?symbol=IBM&apikey=\(Self.encoded)"])
    #expect(roundTrip.attempts.map(\.url) == ["\(server.url)/query?symbol=IBM"])
    #expect(!"\(roundTrip)".contains("k3y"))
  }

  @Test func `it is the only query where there is no other`() async throws {
    let (rig, server) = try rig { _ in .json("[]") }
    _ = await rig.transport.roundTrip(Request(provider: "alpha", path: "/query"))
    #expect(server.requests.map(\.target) == ["/query?apikey=\(Self.encoded)"])
  }

  @Test func `it goes along within the server, once, and is in no address on the way`() async throws {
    let (rig, server) = try rig {
      $0.path == "/query" ? .redirect(to: "/new?apikey=\(Self.encoded)&symbol=IBM&apikey=") : .json("[]")
    }
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(server.requests.map(\.target).last == "/new?symbol=IBM&apikey=\(Self.encoded)")
    #expect(roundTrip.attempts.map(\.url) == ["\(server.url)/query?symbol=IBM", "\(server.url)/new?symbol=IBM"])
    #expect(roundTrip.error == nil)
    #expect(!"\(roundTrip)".contains("k3y"))
  }

  @Test(arguments: [RedirectRule.withinServer, .toPublicServers])
  func `it goes to no other server, whatever the rule`(rule: RedirectRule) async throws {
    let thief = try LoopbackServer { _ in .json("[]") }
    let (rig, _) = try rig(redirects: rule) { .redirect(to: "http://localhost:\(thief.port)\($0.target)") }
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(
      roundTrip.error
        == .redirected(to: "http://localhost:\(thief.port)/query?symbol=IBM&apikey=************************"))
    #expect(thief.connections == 0)
    #expect(!"\(roundTrip)".contains("k3y"))
  }

  @Test(arguments: [
    "k3y/With+Signs==", "k3y%2FWith%2BSigns%3D%3D", "k3y/With%2BSigns==", "k3y%2fWith+Signs%3d=",
    "k3y%252FWith%252BSigns%253D%253D", "k3y%25252FWith+Signs==", "%6B3y/With+Signs==",
  ])
  func `an echo is starred out, whichever of its signs are encoded, and how often`(spelling: String) async throws {
    let (rig, _) = try rig { _ in
      .status(400, [("Server", "x?apikey=\(spelling)")], "bad: /query?apikey=\(spelling)&x=100%25")
    }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    let stars = String(repeating: "*", count: spelling.utf8.count)
    #expect(String(decoding: answer.body, as: UTF8.self) == "bad: /query?apikey=\(stars)&x=100%25")
    #expect(answer.header("server") == "x?apikey=\(stars)")
    #expect(answer.header("x-appliance-redacted") == "1")
  }

  @Test(arguments: ["k3y%2FWith%2BSigns%3D%", "k3y%2FWith%2BSigns%3D%3E", "%", "%k3y/With+Signs=%3", "k3y%2525"])
  func `what is nearly the key is left as it is`(text: String) async throws {
    let (rig, _) = try rig { _ in .json(text) }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    #expect(answer.body == Array(text.utf8))
  }

  @Test func `words about a connection that failed do not tell it`() async throws {
    let (rig, server) = try rig { _ in .raw("HTTP/1.1 \(Self.key)\r\n\r\n") }
    #expect(!"\(await rig.transport.roundTrip(request))".contains("k3y"))
    server.stop()
    #expect(!"\(await rig.transport.roundTrip(request))".contains("k3y"))
  }

  @Test func `a key in a header may have a word before it`() async throws {
    let credential = Credential(header: "Authorization", prefix: "Bearer ", setting: "ALPHA_KEY", isRequired: true)
    let (rig, server) = try rig(credential: credential) { .json($0.header("authorization") ?? "") }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    #expect(server.requests.first?.header("authorization") == "Bearer \(Self.key)")
    #expect(String(decoding: answer.body, as: UTF8.self) == "Bearer ****************")
  }
}

@Suite struct `queries of addresses` {
  private func address(_ text: String) throws -> WebAddress { try #require(WebAddress(text)) }

  @Test(arguments: [
    ("http://a.example/x", "http://a.example/x?k=1%2F2"), ("http://a.example/x?", "http://a.example/x?k=1%2F2"),
    ("http://a.example/x?b=c", "http://a.example/x?b=c&k=1%2F2"),
    ("http://a.example/x?k=old&b=c&%6b=other&K=kept", "http://a.example/x?b=c&K=kept&k=1%2F2"),
    ("http://a.example/x?k", "http://a.example/x?k=1%2F2"),
  ])
  func `an item takes the place of all others of its name`(text: String, expected: String) throws {
    #expect(try address(text).adding(queryItem: "k", "1/2").text == expected)
  }

  @Test(arguments: [
    ("http://a.example/x?b=c", "http://a.example/x?b=c"), ("http://a.example/x?k=1", "http://a.example/x"),
    ("http://a.example/x?b&&k=1&c", "http://a.example/x?b&&c"), ("http://a.example/x?kk=1", "http://a.example/x?kk=1"),
  ])
  func `an item is taken out and the rest left as it is`(text: String, expected: String) throws {
    #expect(try address(text).removing(queryItem: "k").text == expected)
  }
}
