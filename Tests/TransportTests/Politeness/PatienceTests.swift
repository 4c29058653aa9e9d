import Market
import Support
import Synchronization
import Testing

@testable import Transport

@Suite struct `patience` {
  private let time = TestTime(Rig.start)

  /// A server that thinks for so long before it answers; a path of `/bad` is answered with half an answer.
  private func server(thinking: Duration) throws -> LoopbackServer {
    try LoopbackServer { [time] request in
      time.pass(thinking)
      return request.path == "/bad" ? .cut("[", statedLength: 9) : .json("[]")
    }
  }

  private func rig(_ server: LoopbackServer, _ patience: Patience = Patience()) throws -> Rig {
    try Rig([.special("alpha", patience: patience)], servers: ["alpha": server], time: time)
  }

  private let bad = Request(provider: "alpha", path: "/bad", timeLimit: 600)
  /// The same, sent only once.
  private let badOnce = Request(provider: "alpha", method: .post, path: "/bad", timeLimit: 600)
  private let good = Request(provider: "alpha", path: "/good", timeLimit: 600)

  @Test func `a minute of transfers without a whole answer ends a provider`() async throws {
    let server = try server(thinking: .seconds(40))
    let rig = try rig(server)
    let first = await rig.transport.roundTrip(bad)
    #expect(first.attempts.count == 2)
    let second = await rig.transport.roundTrip(good)
    #expect(second.error == first.error)
    #expect(second.attempts.map(\.wasSent) == [false])
    #expect(server.requests.count == 2)
  }

  @Test func `a whole answer sets it back`() async throws {
    let server = try server(thinking: .seconds(25))
    let rig = try rig(server)
    for _ in 0..<3 {
      for _ in 0..<2 { #expect(await rig.transport.roundTrip(badOnce).attempts.count == 1) }
      #expect(await rig.transport.roundTrip(good).error == nil)
    }
    #expect(server.requests.count == 9)
  }

  @Test func `whoever is known to be slow may be given more`() async throws {
    let server = try server(thinking: .seconds(40))
    let rig = try rig(server, Patience(tries: 4, transfer: .seconds(130)))
    for _ in 0..<3 { #expect(await rig.transport.roundTrip(badOnce).error != nil) }
    #expect(await rig.transport.roundTrip(good).error == nil)
  }

  @Test func `so may tries`() async throws {
    let server = try LoopbackServer { _ in .status(500) }
    let rig = try rig(server, Patience(tries: 5))
    #expect(await rig.transport.roundTrip(good).attempts.count == 5)
  }

  @Test func `when fifteen seconds of waiting are used up, a provider is left alone and not just hurried`() async throws
  {
    let server = try LoopbackServer { _ in .status(500) }
    let rig = try rig(server, Patience(tries: 99))
    let first = await rig.transport.roundTrip(good)
    #expect((2..<99).contains(first.attempts.count))
    #expect(rig.time.sleeps.reduce(.zero, +) <= .seconds(15))
    let last = await rig.transport.roundTrip(good)
    #expect(last.error == .outOfOrder(status: 500))
    #expect(last.attempts.map(\.wasSent) == [false])
    #expect(server.requests.count == first.attempts.count)
  }

  static let failures: [(LoopbackServer.Response, TransportError)] = [
    (.status(500), .outOfOrder(status: 500)), (.status(503, [("Retry-After", "2")]), .outOfOrder(status: 503)),
    (.cut("[", statedLength: 9), .unreachable("answer cut off after 1 bytes")),
    (.hangUp, .unreachable("connection closed without an answer")),
    (.tooManyRequests(retryAfter: "3"), .throttled(retryAfter: 3)),
  ]

  @Test(arguments: failures.indices)
  func `three failed tries in a row end a provider`(index: Int) async throws {
    let (response, error) = Self.failures[index]
    let server = try LoopbackServer { _ in response }
    let rig = try rig(server)
    _ = await rig.transport.roundTrip(good)
    let second = await rig.transport.roundTrip(Request(provider: "alpha", path: "/other"))
    #expect(second.error == error)
    #expect(second.attempts.map(\.wasSent) == [false])
    #expect(server.requests.count == 3)
  }

  @Test func `tries in a row are those of all requests, also of such as are not sent again`() async throws {
    let server = try LoopbackServer { _ in .status(501) }
    let rig = try rig(server)
    for number in 0..<5 { _ = await rig.transport.roundTrip(Request(provider: "alpha", path: "/\(number)")) }
    #expect(server.requests.count == 3)
  }

  @Test func `a whole answer between them, even one that says no, begins the row anew`() async throws {
    let server = try LoopbackServer { $0.path == "/good" ? .status(404) : .status(501) }
    let rig = try rig(server)
    for _ in 0..<4 {
      for _ in 0..<2 { _ = await rig.transport.roundTrip(bad) }
      _ = await rig.transport.roundTrip(good)
    }
    #expect(server.requests.count == 12)
  }

  @Test func `a server that drips costs a minute however many requests there are`() async throws {
    let server = try server(thinking: .seconds(19))
    let rig = try rig(server, Patience(tries: 99))
    for _ in 0..<10 { _ = await rig.transport.roundTrip(bad) }
    #expect(server.requests.count <= 4)
  }

  @Test func `waiting that was worth while is forgotten`() async throws {
    let isBusy = Mutex(false)
    let server = try LoopbackServer { _ in
      let isBusy = isBusy.withLock { isBusy in
        isBusy.toggle()
        return isBusy
      }
      return isBusy ? .tooManyRequests(retryAfter: "10") : .json("[]")
    }
    let rig = try rig(server)
    for _ in 0..<3 { #expect(await rig.transport.roundTrip(good).error == nil) }
    #expect(rig.time.sleeps == [.seconds(10), .seconds(10), .seconds(10)])
  }

  @Test func `waiting for our own ration and spacing is no part of it`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let politeness = Politeness(limit: 1, window: 60, concurrency: 1, spacing: .seconds(20))
    let rig = try Rig(
      [.special("alpha", politeness: politeness)], servers: ["alpha": server], pace: .always, time: time)
    for _ in 0..<4 { #expect(await rig.transport.roundTrip(good).error == nil) }
    #expect(rig.time.sleeps == [.seconds(60), .seconds(60), .seconds(60)])
  }

  private func gate() -> PolitenessGate {
    let rules = PolitenessGate.Rules(
      politeness: Politeness(limit: 9, window: 60, concurrency: 4), patience: Patience(), verdict: { _ in nil },
      isKeyed: false, isFree: true, spacing: nil, hasManyServers: false)
    return PolitenessGate(
      "alpha", rules: rules, states: [], clock: time.clock, stopwatch: time.stopwatch, random: { 0 })
  }

  private func admit(_ gate: PolitenessGate) async throws -> PolitenessGate.Pass {
    switch await gate.admit(good) {
    case .granted(let pass): return pass
    case .refused(let error): throw error
    }
  }

  @Test func `a transfer may take what is left, and transfers side by side count once`() async throws {
    let gate = gate()
    let first = try await admit(gate), second = try await admit(gate)
    #expect(first.transfer == .seconds(60))
    time.pass(.seconds(30))
    #expect(try await admit(gate).transfer == .seconds(30))
    await gate.leave(good, first, hasLeft: true)
    await gate.leave(good, second, hasLeft: true)
    time.pass(.seconds(10))
    #expect(try await admit(gate).transfer == .seconds(20))
  }

  @Test func `time in which nothing is under way does not count`() async throws {
    let gate = gate()
    let first = try await admit(gate)
    time.pass(.seconds(30))
    await gate.leave(good, first, hasLeft: true)
    time.pass(.seconds(3600))
    #expect(try await admit(gate).transfer == .seconds(30))
  }
}
