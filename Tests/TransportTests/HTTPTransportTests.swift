import Market
import Support
import Testing
import Transport

@Suite struct `what is sent and what comes back` {
  @Test func `an answer comes with its status, its body and the headers worth keeping`() async throws {
    let server = try LoopbackServer { _ in .json("[1]", [("X-Other", "dropped"), ("ETag", "\"a\"")]) }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/v1"))
    let answer = try #require(try roundTrip.last?.result.get())
    #expect(roundTrip.attempts.count == 1)
    #expect(answer.status == 200)
    #expect(answer.body == Array("[1]".utf8))
    #expect(answer.headers == [HeaderField("content-type", "application/json"), HeaderField("etag", "\"a\"")])
    #expect(answer.receivedAt == Rig.start)
    #expect((roundTrip.last?.wireBytes ?? 0) > 3)
  }

  @Test func `the address is the base, the path and the encoded query, in the attempt as on the wire`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let profile = ProviderProfile.profile("alpha", baseURL: "https://alpha.example/api/v3")
    let rig = try Rig([profile], servers: ["alpha": server])
    let query = [QueryItem("a", "b c&d"), QueryItem("t", "12:00,13:00")]
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/klines", query: query))
    #expect(server.requests.map(\.target) == ["/api/v3/klines?a=b%20c%26d&t=12:00,13:00"])
    #expect(roundTrip.last?.url == "\(server.url)/api/v3/klines?a=b%20c%26d&t=12:00,13:00")
  }

  @Test func `we say who asks, that we take gzip, and what the request adds`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let request = Request(provider: "alpha", path: "/", headers: [HeaderField("If-None-Match", "\"a\"")])
    _ = await rig.transport.roundTrip(request)
    let received = try #require(server.requests.first)
    #expect(received.header("user-agent") == "appliance/1.2.3")
    #expect(received.header("accept-encoding") == "gzip")
    #expect(received.header("if-none-match") == "\"a\"")
  }

  @Test func `a request may name another user agent`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    _ = await rig.transport.roundTrip(
      Request(provider: "alpha", path: "/", headers: [HeaderField("User-Agent", "Mozilla/5.0")]))
    #expect(server.requests.first?.headers.filter { $0.name == "user-agent" }.map(\.value) == ["Mozilla/5.0"])
  }

  @Test func `a provider that wants to know whom it may write to is told behind our name`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let contact = Credential(contact: "ALPHA_CONTACT", page: "https://alpha.example")
    let rig = try Rig(
      [.profile("alpha", credential: contact)], servers: ["alpha": server],
      keys: ["alpha": try Secret("name@example.org")])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/a#BTC"))
    #expect(server.requests.first?.header("user-agent") == "appliance/1.2.3 name@example.org")
    // What stands behind `#` is ours.
    #expect(server.requests.map(\.target) == ["/a"] && roundTrip.request.target == "/a#BTC")
    let keyless = try Rig([.profile("alpha", credential: contact)], servers: ["alpha": server])
    let unasked = await keyless.transport.roundTrip(Request(provider: "alpha", path: "/a"))
    #expect(unasked.last?.wasSent == false && server.requests.count == 1)
  }

  @Test func `a body is posted as it is`() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let body: [UInt8] = [0x7B, 0, 0xFF, 0x7D]
    let headers = [HeaderField("Content-Type", "application/json")]
    _ = await rig.transport.roundTrip(
      Request(provider: "alpha", method: .post, path: "/", headers: headers, body: body))
    let received = try #require(server.requests.first)
    #expect(received.method == "POST")
    #expect(received.body == body)
    #expect(received.header("content-type") == "application/json")
    #expect(received.header("expect") == nil)
  }

  @Test(arguments: [0, 1, 70_000])
  func `gzip is taken off`(count: Int) async throws {
    let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let server = try LoopbackServer { _ in .gzipped(LoopbackServer.gzip(body)) }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(try roundTrip.last?.result.get().body == body)
  }

  @Test func `chunks are put together`() async throws {
    let server = try LoopbackServer { _ in .chunked(["[1,", "2]"]) }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(try roundTrip.last?.result.get().body == Array("[1,2]".utf8))
  }

  @Test func `an error page is an answer like any other`() async throws {
    let server = try LoopbackServer { _ in .html("<h1>No</h1>", status: 403) }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(roundTrip.attempts.count == 1)
    #expect(try roundTrip.last?.result.get().status == 403)
  }

  @Test func `one connection serves many requests`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    for _ in 0..<5 { _ = await rig.transport.roundTrip(Request(provider: "alpha", path: "/")) }
    #expect(server.requests.count == 5)
    // One, but on a machine so busy that minutes pass between two requests.
    #expect(server.connections < 3)
  }

  @Test func `an interim answer is not taken for the answer`() async throws {
    let server = try LoopbackServer { _ in
      .raw("HTTP/1.1 103 Early Hints\r\nETag: early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let answer = try await rig.transport.roundTrip(Request(provider: "alpha", path: "/")).last?.result.get()
    #expect(answer?.status == 200)
    #expect(answer?.header("etag") == nil)
  }

  @Test func `a provider that is not known is not asked`() async throws {
    let rig = try Rig([.profile("alpha")])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "beta", path: "/x"))
    #expect(roundTrip.error == .unreachable("beta/x: no address is known for it"))
  }

  @Test func `a header that would split the request is refused`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let request = Request(provider: "alpha", path: "/", headers: [HeaderField("if-none-match", "a\r\nx-evil: 1")])
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(roundTrip.error?.description.contains("'if-none-match'") == true)
    #expect(server.requests.isEmpty)
  }

  @Test func `after the end nothing is asked`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    rig.transport.shutDown()
    rig.transport.shutDown()
    #expect(await rig.transport.roundTrip(Request(provider: "alpha", path: "/")).error == .cancelled)
    #expect(server.requests.isEmpty)
  }
}
