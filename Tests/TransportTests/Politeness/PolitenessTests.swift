import Market
import Support
import Synchronization
import Testing
import Transport

@Suite struct `politeness` {
  private let request = Request(provider: "alpha", path: "/")

  private func rig(
    _ profile: ProviderProfile, pace: HTTPTransport.Pace = .always, quotas: [QuotaState] = [],
    spacing: Duration? = nil, keys: [ProviderName: Secret] = [:]
  ) throws -> (rig: Rig, server: LoopbackServer) {
    let server = try LoopbackServer { _ in .json("[]") }
    return (
      try Rig([profile], servers: ["alpha": server], keys: keys, quotas: quotas, pace: pace, spacing: spacing), server
    )
  }

  private func ask(_ rig: Rig, times: Int) async -> [TransportError?] {
    var errors: [TransportError?] = []
    for _ in 0..<times { errors.append(await rig.transport.roundTrip(request).error) }
    return errors
  }

  @Test func `requests keep their distance`() async throws {
    let (rig, _) = try rig(.profile("alpha", spacing: .seconds(2)))
    _ = await ask(rig, times: 3)
    #expect(rig.time.sleeps == [.seconds(2), .seconds(2)])
  }

  @Test(arguments: [(Duration.seconds(5), Duration.seconds(5)), (.seconds(1), .seconds(2))])
  func `a wished spacing raises it and never lowers it`(wished: Duration, expected: Duration) async throws {
    let (rig, _) = try rig(.profile("alpha", spacing: .seconds(2)), spacing: wished)
    _ = await ask(rig, times: 2)
    #expect(rig.time.sleeps == [expected])
  }

  @Test func `a used-up window is waited out when that takes up to a minute`() async throws {
    let (rig, server) = try rig(.profile("alpha", limit: 2, window: 60))
    #expect(await ask(rig, times: 3) == [nil, nil, nil])
    #expect(rig.time.sleeps == [.seconds(60)])
    #expect(server.requests.count == 3)
    #expect(
      await rig.transport.quotas() == [QuotaState(provider: "alpha", window: 60, windowStart: Rig.start + 60, used: 1)])
  }

  @Test func `a longer wait is refused without asking`() async throws {
    let (rig, server) = try rig(.profile("alpha", limit: 2, window: 86_400))
    #expect(await ask(rig, times: 3) == [nil, nil, .rationed(retryAfter: 86_400)])
    #expect(server.requests.count == 2)
  }

  @Test func `what an earlier run used counts`() async throws {
    let used = QuotaState(provider: "alpha", window: 86_400, windowStart: Rig.start - 100, used: 24)
    let (rig, _) = try rig(.profile("alpha", limit: 25, window: 86_400), quotas: [used])
    #expect(await ask(rig, times: 2) == [nil, .rationed(retryAfter: 86_300)])
    #expect(
      await rig.transport.quotas() == [
        QuotaState(provider: "alpha", window: 86_400, windowStart: Rig.start - 100, used: 25)
      ])
  }

  @Test func `a window that is over counts no more`() async throws {
    let used = QuotaState(provider: "alpha", window: 60, windowStart: Rig.start - 60, used: 25)
    let (rig, _) = try rig(.profile("alpha", limit: 25, window: 60), quotas: [used])
    #expect(await ask(rig, times: 1) == [nil])
    #expect(
      await rig.transport.quotas() == [QuotaState(provider: "alpha", window: 60, windowStart: Rig.start, used: 1)])
  }

  @Test func `a window from this clock's future is void, and what the provider said then as well`() async throws {
    let future = Rig.start + 1
    let used = QuotaState(provider: "alpha", window: 86_400, windowStart: future, used: 25, notBefore: future + 1000)
    let (rig, _) = try rig(.profile("alpha", limit: 25, window: 86_400), quotas: [used])
    #expect(await ask(rig, times: 1) == [nil])
    #expect(
      await rig.transport.quotas() == [QuotaState(provider: "alpha", window: 86_400, windowStart: Rig.start, used: 1)])
  }

  @Test(arguments: [
    QuotaState(provider: "alpha", window: 60, windowStart: Instant(epochSeconds: .min), used: .max),
    QuotaState(
      provider: "alpha", window: 60, windowStart: Rig.start, used: .max, notBefore: Instant(epochSeconds: .max)),
    QuotaState(provider: "alpha", window: 60, windowStart: Rig.start - 60, used: .min),
  ])
  func `numbers that cannot be do no harm`(state: QuotaState) async throws {
    let (rig, _) = try rig(.profile("alpha", limit: 25, window: 60), quotas: [state])
    #expect(await ask(rig, times: 2) == [nil, nil])
  }

  @Test func `what the provider said to an earlier run is heeded, on this machine too`() async throws {
    let used = QuotaState(
      provider: "alpha", window: 60, windowStart: Rig.start - 10, used: 1, notBefore: Rig.start + 90)
    let (rig, server) = try rig(.profile("alpha"), pace: .asConfigured, quotas: [used])
    #expect(await ask(rig, times: 1) == [.throttled(retryAfter: 90)])
    #expect(server.requests.isEmpty)
    #expect(await rig.transport.quotas() == [used])
  }

  @Test func `weights are counted, and one above the limit has a window to itself`() async throws {
    let (rig, server) = try rig(.profile("alpha", limit: 10, window: 60))
    for weight in [4, 6, 1, 50, 1] {
      _ = await rig.transport.roundTrip(Request(provider: "alpha", path: "/", weight: weight))
    }
    #expect(server.requests.count == 5)
    #expect(rig.time.sleeps == [.seconds(60), .seconds(60), .seconds(60)])
  }

  @Test func `a key may raise the limit`() async throws {
    let credential = Credential(header: "x-key", setting: "ALPHA_KEY", isRequired: false)
    let profile = ProviderProfile.profile("alpha", limit: 1, limitWithKey: 2, window: 86_400, credential: credential)
    let (poor, _) = try rig(profile)
    let (rich, _) = try rig(profile, keys: ["alpha": Secret("0123456789")])
    #expect(await ask(poor, times: 2) == [nil, .rationed(retryAfter: 86_400)])
    #expect(await ask(rich, times: 2) == [nil, nil])
  }

  @Test func `on this machine nothing is paced or rationed`() async throws {
    let (rig, server) = try rig(
      .profile("alpha", limit: 1, window: 86_400, spacing: .seconds(9)), pace: .asConfigured, spacing: .seconds(9))
    #expect(await ask(rig, times: 5) == [nil, nil, nil, nil, nil])
    #expect(rig.time.sleeps.isEmpty)
    #expect(server.requests.count == 5)
    #expect(await rig.transport.quotas().isEmpty)
  }

  @Test func `a clock that stands still ends every wait at once`() async throws {
    let busy = Mutex(2)
    let server = try LoopbackServer { request in
      let isBusy =
        request.path == "/busy"
        && busy.withLock {
          $0 -= 1; return $0 >= 0
        }
      return isBusy ? .tooManyRequests(retryAfter: "4") : .json("[]")
    }
    let profiles = [ProviderProfile.profile("alpha", limit: 1, window: 60, spacing: .seconds(2))]
    let transport = HTTPTransport(
      profiles: profiles, addresses: try Addresses(of: profiles, moved: ["alpha": server.url]),
      clock: .standing(at: Rig.start), pace: .always, version: "1", proxies: .none)
    for path in ["/", "/", "/busy", "/"] {
      #expect(await transport.roundTrip(Request(provider: "alpha", path: path)).error == nil)
    }
    #expect(server.requests.map(\.path) == ["/", "/", "/busy", "/busy", "/busy", "/"])
  }

  @Test func `no more are under way than the provider wants`() async throws {
    let (rig, server) = try rig(.profile("alpha", concurrency: 2))
    await withTaskGroup { group in
      for _ in 0..<12 { group.addTask { _ = await rig.transport.roundTrip(self.request) } }
    }
    #expect(server.requests.count == 12)
    #expect(server.mostAtOnce <= 2)
  }

  @Test func `one provider's waiting does not hold up another`() async throws {
    let busy = try LoopbackServer { _ in .tooManyRequests(retryAfter: "5") }
    let free = try LoopbackServer { _ in .json("[]") }
    let time = TestTime(Rig.start, isHeld: true)
    let rig = try Rig([.profile("alpha"), .profile("beta")], servers: ["alpha": busy, "beta": free], time: time)
    let waiting = Task { await rig.transport.roundTrip(request) }
    await time.untilSomebodySleeps()
    #expect(await rig.transport.roundTrip(Request(provider: "beta", path: "/")).error == nil)
    #expect(busy.requests.count == 1)
    waiting.cancel()
    time.wake()
    #expect(await waiting.value.error == .cancelled)
  }
}
