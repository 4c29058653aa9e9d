import Market
import Support
import Testing
import Transport

@Suite struct `several rations` {
  private static let profile = ProviderProfile.special(
    "alpha",
    politeness: Politeness(
      windows: [.init(limit: 5, seconds: 60), .init(limit: 12, limitWithKey: 500, seconds: 86_400)], concurrency: 1))

  private let request = Request(provider: "alpha", path: "/")

  private func rig(
    _ profile: ProviderProfile = profile, quotas: [QuotaState] = []
  ) throws -> (rig: Rig, server: LoopbackServer) {
    let server = try LoopbackServer { _ in .json("[]") }
    return (try Rig([profile], servers: ["alpha": server], quotas: quotas, pace: .always), server)
  }

  private func ask(_ rig: Rig, times: Int) async -> [TransportError?] {
    var errors: [TransportError?] = []
    for _ in 0..<times { errors.append(await rig.transport.roundTrip(request).error) }
    return errors
  }

  @Test func `the short one is waited for, the long one is not`() async throws {
    let (rig, server) = try rig()
    let errors = await ask(rig, times: 14)
    #expect(errors.prefix(12).allSatisfy { $0 == nil })
    #expect(errors.suffix(2) == [.rationed(retryAfter: 86_280), .rationed(retryAfter: 86_280)])
    #expect(rig.time.sleeps == [.seconds(60), .seconds(60)])
    #expect(server.requests.count == 12)
  }

  @Test func `one that is not sent for our ration says so, and from when on it may be`() async throws {
    let (rig, _) = try rig()
    _ = await ask(rig, times: 12)
    // Two minutes after 2025-09-19T22:13:20Z, when the day of the ration began.
    #expect(
      await rig.transport.roundTrip(request).last?.failure
        == "our own ration is used up; not before 2025-09-20T22:13:20Z")
  }

  @Test func `each has a state, and goes on from it after a restart`() async throws {
    let (first, _) = try rig()
    _ = await ask(first, times: 6)
    let states = await first.transport.quotas()
    #expect(
      states == [
        QuotaState(provider: "alpha", window: 60, windowStart: Rig.start + 60, used: 1),
        QuotaState(provider: "alpha", window: 86_400, windowStart: Rig.start, used: 6),
      ])
    let early = states.map { state in
      QuotaState(provider: "alpha", window: state.window, windowStart: Rig.start - 20, used: state.used)
    }
    let (second, _) = try rig(quotas: early)
    #expect(await ask(second, times: 7).map { $0 == nil } == [true, true, true, true, true, true, false])
    #expect(second.time.sleeps == [.seconds(40)])
  }

  @Test func `a state of an unknown window is the first one's, one of a window that is gone is nobody's`() async throws
  {
    let states = [
      QuotaState(provider: "alpha", window: 0, windowStart: Rig.start - 10, used: 5),
      QuotaState(provider: "alpha", window: 3600, windowStart: Rig.start - 10, used: 99),
      QuotaState(provider: "beta", window: 86_400, windowStart: Rig.start - 10, used: 12),
    ]
    let (rig, _) = try rig(quotas: states)
    #expect(await ask(rig, times: 1) == [nil])
    #expect(rig.time.sleeps == [.seconds(50)])
  }

  @Test func `the provider's wish holds, whichever state brings it`() async throws {
    let state = QuotaState(
      provider: "alpha", window: 86_400, windowStart: Rig.start - 10, used: 1, notBefore: Rig.start + 90)
    let (rig, server) = try rig(quotas: [state])
    #expect(await ask(rig, times: 1) == [.throttled(retryAfter: 90)])
    #expect(server.requests.isEmpty)
    #expect(await rig.transport.quotas().compactMap(\.notBefore) == [Rig.start + 90])
  }

  @Test func `a provider without a ration keeps its wish all the same`() async throws {
    let server = try LoopbackServer { _ in .tooManyRequests(retryAfter: "90") }
    let profile = ProviderProfile.special("alpha", politeness: Politeness(windows: [], concurrency: 1))
    let rig = try Rig([profile], servers: ["alpha": server], pace: .always)
    _ = await rig.transport.roundTrip(request)
    let states = await rig.transport.quotas()
    #expect(states.map(\.notBefore) == [Rig.start + 90])
    let next = try Rig([profile], servers: ["alpha": server], quotas: states, pace: .always)
    #expect(await next.transport.roundTrip(request).error == .throttled(retryAfter: 90))
  }

  @Test func `a key may widen one of them`() async throws {
    let credential = Credential(header: "x-key", setting: "ALPHA_KEY", isRequired: false)
    let profile = ProviderProfile.special("alpha", politeness: Self.profile.politeness, credential: credential)
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig(
      [profile], servers: ["alpha": server], keys: ["alpha": Secret("0123456789")], pace: .always)
    #expect(await ask(rig, times: 20).allSatisfy { $0 == nil })
    #expect(rig.time.sleeps == [.seconds(60), .seconds(60), .seconds(60)])
  }

  @Test func `what never left this machine does not count`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    server.stop()
    let rig = try Rig([Self.profile], servers: ["alpha": server], pace: .always)
    #expect(await rig.transport.roundTrip(request).attempts.count == 3)
    #expect(await rig.transport.roundTrip(Request(provider: "alpha", path: "/", body: [1])).error != nil)
    #expect(await rig.transport.quotas().map(\.used) == [0, 0])
  }

  @Test func `what was sent and not answered counts`() async throws {
    let server = try LoopbackServer { _ in .hangUp }
    let rig = try Rig([Self.profile], servers: ["alpha": server], pace: .always)
    #expect(await rig.transport.roundTrip(request).attempts.count == 3)
    #expect(await rig.transport.quotas().map(\.used) == [3, 3])
  }
}
