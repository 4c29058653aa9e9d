import Market
import Support
import Synchronization
import Testing
import Transport

@Suite struct `what a provider makes of its own answers` {
  /// Answers with each text in turn under HTTP 200, the last one for ever.
  private func server(_ texts: String..., status: Int = 200) throws -> LoopbackServer {
    let next = Mutex(0)
    return try LoopbackServer { _ in
      next.withLock { next in
        defer { next += 1 }
        return .status(status, [], texts[min(next, texts.count - 1)])
      }
    }
  }

  private func rig(_ server: LoopbackServer) throws -> Rig {
    let profile = ProviderProfile.special("alpha") { answer in
      switch String(decoding: answer.body, as: UTF8.self) {
      case "note": .throttled(retryAfter: nil)
      case "day": .throttled(retryAfter: 7200)
      case "soon": .throttled(retryAfter: 4)
      case "spread": .retry(after: 2)
      case "loading": .retry(after: nil)
      case "slow": .retry(after: 61)
      case "plan": .final
      default: nil
      }
    }
    return try Rig([profile], servers: ["alpha": server])
  }

  private let request = Request(provider: "alpha", path: "/")

  private func bodies(_ roundTrip: RoundTrip) throws -> [String] {
    try roundTrip.attempts.map { String(decoding: try $0.result.get().body, as: UTF8.self) }
  }

  @Test(arguments: [
    ("spread", [Duration.seconds(2)]), ("loading", [.milliseconds(500)]), ("soon", [.seconds(4)]),
    ("note", [.milliseconds(500)]),
  ])
  func `a good status does not hide that the answer is none`(text: String, sleeps: [Duration]) async throws {
    let rig = try rig(try server(text, "data"))
    #expect(try bodies(await rig.transport.roundTrip(request)) == [text, "data"])
    #expect(rig.time.sleeps == sleeps)
  }

  @Test func `too often, for longer than can be waited, holds for everybody and for the next run`() async throws {
    let server = try server("day")
    let rig = try rig(server)
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["day"])
    #expect(await rig.transport.roundTrip(request).error == .throttled(retryAfter: 7200))
    #expect(server.requests.count == 1)
    #expect(await rig.transport.quotas().map(\.notBefore) == [Rig.start + 7200])
  }

  @Test func `too often in all tries, without a word for how long, is left alone for a minute`() async throws {
    let rig = try rig(try server("note"))
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["note", "note", "note"])
    #expect(await rig.transport.roundTrip(request).error == .throttled(retryAfter: 60))
  }

  @Test func `a wait that concerns the request alone holds up nobody else`() async throws {
    let rig = try rig(try server("slow", "data"))
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["slow"])
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["data"])
    #expect(rig.time.sleeps.isEmpty)
  }

  @Test(arguments: [429, 500, 503])
  func `what is final is not asked again, whatever its status`(status: Int) async throws {
    let rig = try rig(try server("plan", status: status))
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["plan"])
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["plan"])
    #expect(rig.time.sleeps.isEmpty)
  }

  @Test func `where it says nothing the status counts`() async throws {
    let rig = try rig(try server("data", status: 500))
    #expect(try bodies(await rig.transport.roundTrip(request)) == ["data", "data", "data"])
  }

  @Test(arguments: [("loading", 1), ("soon", 2)])
  func `a post is sent again where it was turned away, not where it failed`(text: String, tries: Int) async throws {
    let rig = try rig(try server(text, "data"))
    let post = Request.post([1], contentType: "text/plain", to: "alpha", path: "/")
    #expect(await rig.transport.roundTrip(post).attempts.count == tries)
  }

  @Test(arguments: [(Int64.max, RetryAfter.longest), (Int64.min, nil), (-1, nil)] as [(Int64, Int64?)])
  func `numbers that cannot be do no harm`(seconds: Int64, wait: Int64?) async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let profile = ProviderProfile.special("alpha") { _ in .throttled(retryAfter: seconds) }
    let rig = try Rig([profile], servers: ["alpha": server])
    _ = await rig.transport.roundTrip(request)
    #expect(await rig.transport.quotas().first?.notBefore == wait.map { Rig.start + $0 })
  }
}
