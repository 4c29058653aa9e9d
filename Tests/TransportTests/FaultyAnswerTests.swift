import Market
import Support
import Testing
import Transport

@Suite struct `answers that are not to be trusted` {
  private func error(
    from response: LoopbackServer.Response, maximumBytes: Int = 1 << 20, timeLimit: Int = 60
  ) async throws -> (error: TransportError?, tries: Int) {
    let server = try LoopbackServer { _ in response }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(
      Request(provider: "alpha", path: "/", maximumBytes: maximumBytes, timeLimit: timeLimit))
    #expect(roundTrip.attempts.count == server.requests.count)
    return (roundTrip.error, roundTrip.attempts.count)
  }

  @Test func `an answer shorter than it says is cut off`() async throws {
    let outcome = try await error(from: .cut("[1,", statedLength: 10))
    #expect(outcome == (.unreachable("answer cut off after 3 bytes"), 3))
  }

  @Test func `chunks without an end are cut off`() async throws {
    let outcome = try await error(from: .cutChunks(["[1,"]))
    #expect(outcome == (.unreachable("answer cut off after 3 bytes"), 3))
  }

  @Test func `headers without an end are cut off, not an empty answer`() async throws {
    let outcome = try await error(from: .raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain"))
    #expect(outcome == (.unreachable("answer cut off in its headers"), 3))
  }

  @Test func `a single header beyond all measure is refused`() async throws {
    let outcome = try await error(from: .json("[]", [("X-Large", String(repeating: "y", count: 200_000))]))
    #expect(outcome == (.tooLarge(limit: 64 << 10), 1))
  }

  @Test func `gzip with a wrong checksum is refused, though all bytes came`() async throws {
    var gzip = LoopbackServer.gzip(Array("[1,2]".utf8))
    gzip[gzip.count - 8] ^= 1
    let outcome = try await error(from: .gzipped(gzip))
    #expect(outcome.error == .unreachable("answer cut off after 5 bytes, or its compression is damaged"))
  }

  @Test func `what claims to be gzip and is not is refused`() async throws {
    let outcome = try await error(from: .gzipped(Array("<html>".utf8)))
    #expect(outcome.error == .unreachable("answer cut off after 0 bytes, or its compression is damaged"))
  }

  @Test func `a connection closed without an answer is tried again`() async throws {
    let outcome = try await error(from: .hangUp)
    #expect(outcome == (.unreachable("connection closed without an answer"), 3))
  }

  @Test func `something that is not HTTP is no answer`() async throws {
    let outcome = try await error(from: .raw("SSH-2.0-OpenSSH_9.2\r\n"))
    #expect(outcome.error == .unreachable("what came back is no HTTP answer"))
  }

  @Test func `a gzip bomb is stopped at the limit of decoded bytes`() async throws {
    let bomb = LoopbackServer.gzipBomb(atLeast: 4 << 20)
    #expect(bomb.count < 40_000)
    #expect(try await error(from: .gzipped(bomb)) == (.tooLarge(limit: 1 << 20), 1))
  }

  @Test func `a stated length above the limit is not even begun`() async throws {
    let outcome = try await error(from: .stalled(after: "x", statedLength: 2 << 20))
    #expect(outcome == (.tooLarge(limit: 1 << 20), 1))
  }

  @Test func `an endless answer is stopped at the limit`() async throws {
    let outcome = try await error(from: .endless(String(repeating: "x", count: 10_000)))
    #expect(outcome == (.tooLarge(limit: 1 << 20), 1))
  }

  @Test(arguments: [(5, true), (4, false)])
  func `the limit itself may be reached`(limit: Int, isEnough: Bool) async throws {
    let outcome = try await error(from: .chunked(["12345"]), maximumBytes: limit)
    #expect(outcome.error == (isEnough ? nil : .tooLarge(limit: limit)))
  }

  @Test func `headers beyond all measure are refused`() async throws {
    let many = (0..<40).map { ("X-\($0)", String(repeating: "y", count: 4000)) }
    let outcome = try await error(from: .json("[]", many))
    #expect(outcome == (.tooLarge(limit: 64 << 10), 1))
  }

  @Test func `a provider that speaks plain text where it should prove who it is is not trusted`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha")], moved: ["alpha": "https://127.0.0.1:\(server.port)"])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(roundTrip.attempts.count == 1)
    guard case .insecure = roundTrip.error else {
      Issue.record("\(String(describing: roundTrip.error))")
      return
    }
  }
}

@Suite struct `private networks` {
  @Test func `a provider that was not moved may not lead into this machine`() async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha", baseURL: server.url)])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(roundTrip.error == .insecure("127.0.0.1 leads into a private network, to 127.0.0.1"))
    #expect(roundTrip.attempts.count == 1)
    #expect(server.connections == 0)
  }

  @Test(arguments: ["0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"])
  func `nor by another spelling or by a name`(host: String) async throws {
    let server = try LoopbackServer { _ in .json("[]") }
    let rig = try Rig([.profile("alpha", baseURL: "http://\(host):\(server.port)")])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(roundTrip.error?.description.contains("leads into a private network") == true)
    #expect(server.connections == 0)
  }
}
