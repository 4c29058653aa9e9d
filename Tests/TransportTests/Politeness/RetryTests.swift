import Market
import Support
import Synchronization
import Testing
import Transport

@Suite struct `trying again` {
  /// Answers with each response in turn, the last one for ever.
  private func server(_ responses: LoopbackServer.Response...) throws -> LoopbackServer {
    let next = Mutex(0)
    return try LoopbackServer { _ in
      next.withLock { next in
        defer { next += 1 }
        return responses[min(next, responses.count - 1)]
      }
    }
  }

  private let request = Request(provider: "alpha", path: "/")

  @Test(arguments: [408, 429, 500, 502, 503, 504])
  func `what may pass is tried again after a back-off, and every answer is kept`(status: Int) async throws {
    let server = try server(.status(status, [], "no"), .status(status), .json("[]"))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(try roundTrip.attempts.map { try $0.result.get().status } == [status, status, 200])
    #expect(try roundTrip.attempts.first?.result.get().body == Array("no".utf8))
    #expect(rig.time.sleeps == [.milliseconds(500), .seconds(1)])
  }

  @Test(arguments: [400, 401, 403, 404, 418, 422, 451, 501])
  func `what will not pass is not`(status: Int) async throws {
    let server = try server(.status(status))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    #expect(await rig.transport.roundTrip(request).attempts.count == 1)
    #expect(rig.time.sleeps.isEmpty)
  }

  @Test func `three tries are enough`() async throws {
    let server = try server(.status(500))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(try roundTrip.attempts.map { try $0.result.get().status } == [500, 500, 500])
  }

  @Test(arguments: [
    ("7", "Sat, 20 Sep 2025 10:00:00 GMT"), ("Sat, 20 Sep 2025 10:00:07 GMT", "Sat, 20 Sep 2025 10:00:00 GMT"),
    ("Saturday, 20-Sep-25 10:00:07 GMT", "Sat, 20 Sep 2025 10:00:00 GMT"), ("6.2", ""),
  ])
  func `Retry-After is waited for in each of its forms`(wish: String, date: String) async throws {
    let server = try server(.tooManyRequests(retryAfter: wish, [("Date", date)]), .json("[]"))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(try roundTrip.attempts.map { try $0.result.get().status } == [429, 200])
    #expect(rig.time.sleeps == [.seconds(7)])
  }

  @Test func `a date without the answer's own is measured by our clock`() async throws {
    // Rig.start is 2025-09-19T22:13:20Z.
    let server = try server(.tooManyRequests(retryAfter: "Fri, 19 Sep 2025 22:13:29 GMT"), .json("[]"))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    _ = await rig.transport.roundTrip(request)
    #expect(rig.time.sleeps == [.seconds(9)])
  }

  @Test(arguments: [61, 3600])
  func `a wait above a minute ends the round trip with the 429, and nothing more is asked`(seconds: Int64) async throws
  {
    let server = try server(.tooManyRequests(retryAfter: "\(seconds)"))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let first = await rig.transport.roundTrip(request)
    #expect(try first.attempts.map { try $0.result.get().status } == [429])
    #expect(await rig.transport.roundTrip(request).error == .throttled(retryAfter: seconds))
    #expect(server.requests.count == 1)
    #expect(rig.time.sleeps.isEmpty)
    let quota = try #require(await rig.transport.quotas().first)
    #expect(quota.notBefore == Rig.start + seconds)
  }

  @Test func `more than fifteen seconds in all are not waited`() async throws {
    let server = try server(.tooManyRequests(retryAfter: "10"))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    #expect(await rig.transport.roundTrip(request).attempts.count == 2)
    #expect(await rig.transport.roundTrip(request).error == .throttled(retryAfter: 10))
    #expect(rig.time.sleeps == [.seconds(10)])
    #expect(server.requests.count == 2)
  }

  @Test func `a ban with 418 is heeded without another try`() async throws {
    let server = try server(.status(418, [("Retry-After", "120")]))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    #expect(await rig.transport.roundTrip(request).attempts.count == 1)
    #expect(await rig.transport.roundTrip(request).error == .throttled(retryAfter: 120))
  }

  @Test func `a Retry-After on a good answer means nothing`() async throws {
    let server = try server(.json("[]", [("Retry-After", "3600")]))
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    _ = await rig.transport.roundTrip(request)
    #expect(await rig.transport.roundTrip(request).error == nil)
  }

  @Test func `too often three times without a word for how long is left alone for a minute`() async throws {
    let server = try server(.tooManyRequests())
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    #expect(try await rig.transport.roundTrip(request).attempts.map { try $0.result.get().status } == [429, 429, 429])
    #expect(await rig.transport.roundTrip(request).error == .throttled(retryAfter: 60))
  }

  @Test func `a provider that cannot be reached is given up for the rest of the run`() async throws {
    let server = try LoopbackServer.refusing()
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let first = await rig.transport.roundTrip(request)
    #expect(first.attempts.count == 3)
    #expect(first.error == .unreachable("no connection to 127.0.0.1 (Connection refused)"))
    let slept = rig.time.sleeps
    let second = await rig.transport.roundTrip(request)
    #expect(second.attempts.count == 1)
    #expect(second.error == first.error)
    #expect(rig.time.sleeps == slept)
  }

  @Test func `one bad answer does not cost the others of its provider`() async throws {
    let server = try LoopbackServer {
      $0.path == "/bad" ? .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[") : .json("[]")
    }
    let rig = try Rig([.special("alpha", patience: Patience(tries: 2))], servers: ["alpha": server])
    #expect(await rig.transport.roundTrip(Request(provider: "alpha", path: "/good")).error == nil)
    #expect(await rig.transport.roundTrip(Request(provider: "alpha", method: .post, path: "/bad")).error != nil)
    #expect(await rig.transport.roundTrip(Request(provider: "alpha", path: "/good")).error == nil)
  }

  @Test func `a posted body is sent again only where it had no effect`() async throws {
    let post = Request(provider: "alpha", method: .post, path: "/", body: [1])
    let busy = try server(.status(503), .json("{}"))
    let broken = try server(.status(500))
    let silent = try server(.hangUp)
    let rig = try Rig(
      [.profile("alpha"), .profile("beta"), .profile("gamma")],
      servers: ["alpha": busy, "beta": broken, "gamma": silent])
    #expect(await rig.transport.roundTrip(post).attempts.count == 2)
    #expect(await rig.transport.roundTrip(post.to("beta")).attempts.count == 1)
    #expect(await rig.transport.roundTrip(post.to("gamma")).attempts.count == 1)
    #expect(silent.requests.count == 1)
  }
}

extension Request {
  fileprivate func to(_ provider: ProviderName) -> Request {
    Request(provider: provider, method: method, path: path, body: body)
  }
}
