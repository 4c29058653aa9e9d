import Market
import Support
import Testing
import Transport

@Suite struct `ending early` {
  @Test func `cancelling the task ends a transfer that would take long`() async throws {
    let (asked, bell) = AsyncStream<Void>.makeStream()
    let server = try LoopbackServer { _ in
      bell.yield()
      return .never
    }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let task = Task { await rig.transport.roundTrip(Request(provider: "alpha", path: "/", timeLimit: 3600)) }
    for await _ in asked { break }
    task.cancel()
    #expect(await task.value.error == .cancelled)
  }

  @Test func `shutting down ends a transfer under way`() async throws {
    let (asked, bell) = AsyncStream<Void>.makeStream()
    let server = try LoopbackServer { _ in
      bell.yield()
      return .never
    }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let task = Task { await rig.transport.roundTrip(Request(provider: "alpha", path: "/", timeLimit: 3600)) }
    for await _ in asked { break }
    rig.transport.shutDown()
    #expect(await task.value.error == .cancelled)
  }

  @Test func `a task that is cancelled already asks nothing`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    }
    #expect(await task.value.error == .cancelled)
    #expect(server.requests.isEmpty)
  }

  @Test func `a request in the queue is cancelled without its turn`() async throws {
    let (asked, bell) = AsyncStream<Void>.makeStream()
    let server = try LoopbackServer { _ in
      bell.yield()
      return .never
    }
    let rig = try Rig([.profile("alpha", concurrency: 1)], servers: ["alpha": server])
    let first = Task { await rig.transport.roundTrip(Request(provider: "alpha", path: "/1", timeLimit: 3600)) }
    for await _ in asked { break }
    let second = Task { await rig.transport.roundTrip(Request(provider: "alpha", path: "/2")) }
    second.cancel()
    #expect(await second.value.error == .cancelled)
    first.cancel()
    #expect(await first.value.error == .cancelled)
    // On a machine that is busy enough the first one may have been tried again meanwhile.
    #expect(Set(server.requests.map(\.path)) == ["/1"])
  }
}
