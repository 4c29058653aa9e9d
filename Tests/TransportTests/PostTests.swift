import Market
import Support
import Synchronization
import Testing
import Transport

@Suite struct `posting` {
  /// Misbehaves once, then answers well.
  private func server(_ first: LoopbackServer.Response) throws -> LoopbackServer {
    let isFirst = Mutex(true)
    return try LoopbackServer { _ in
      isFirst.withLock { isFirst in
        defer { isFirst = false }
        return isFirst ? first : .json("{}")
      }
    }
  }

  private func post(_ body: [UInt8], isIdempotent: Bool = false) -> Request {
    .post(body, contentType: "application/json", to: "alpha", path: "/v1", isIdempotent: isIdempotent)
  }

  @Test func `a body comes with its kind and its length`() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    _ = await rig.transport.roundTrip(post(Array("{}".utf8)))
    let received = try #require(server.requests.first)
    #expect(received.header("content-type") == "application/json")
    #expect(received.header("content-length") == "2")
  }

  @Test func `a body of any size up to the limit is sent whole, a longer one not at all`() async throws {
    let server = try LoopbackServer { .json("\($0.body.count)") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let body = [UInt8](repeating: 0x20, count: 200_000)
    #expect(try await rig.transport.roundTrip(post(body)).last?.result.get().body == Array("200000".utf8))
    let long = await rig.transport.roundTrip(post([UInt8](repeating: 0x20, count: Request.longestBody + 1)))
    #expect(long.error == .unsendable("its body of 8388609 bytes is longer than 8388608"))
    #expect(long.attempts.map(\.wasSent) == [false])
    #expect(server.requests.count == 1)
  }

  @Test func `a body that nobody would read is not sent`() async throws {
    let server = try LoopbackServer { _ in .json("{}") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let request = Request(provider: "alpha", path: "/", body: [1])
    #expect(await rig.transport.roundTrip(request).error == .unsendable("a GET has no body"))
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: [
    ("a server's fault", LoopbackServer.Response.status(500)), ("a lost connection", .hangUp),
    ("a cut answer", .cut("{", statedLength: 9)), ("a time-out there", .status(504)),
  ])
  func `one that may have had an effect is sent again only if that does no harm`(
    name: String, response: LoopbackServer.Response
  ) async throws {
    for isIdempotent in [false, true] {
      let server = try server(response)
      let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
      let roundTrip = await rig.transport.roundTrip(post([1], isIdempotent: isIdempotent))
      #expect(roundTrip.attempts.count == (isIdempotent ? 2 : 1), "\(name)")
      #expect(server.requests.count == (isIdempotent ? 2 : 1), "\(name)")
    }
  }

  @Test func `it follows no redirect, harmless or not`() async throws {
    let server = try LoopbackServer { _ in .redirect(to: "/other", status: 307) }
    let rig = try Rig([.special("alpha", redirects: .toPublicServers)], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(post([1], isIdempotent: true))
    #expect(roundTrip.error == .redirected(to: "\(server.url)/other"))
    #expect(server.requests.count == 1)
  }
}
