import Market
import Support
import Testing

@testable import Transport

@Suite struct `the network thread` {
  private func order(_ server: LoopbackServer, timeLimit: Duration = .seconds(60), stallLimit: Duration = .seconds(45))
    throws -> CurlOrder
  {
    CurlOrder(
      method: .get, address: try #require(WebAddress(server.url)), headers: [], body: [], userAgent: "test",
      maximumBytes: 1 << 20, timeLimit: timeLimit, stallLimit: stallLimit, proxy: nil, allowsPrivateAddresses: true)
  }

  private func failure(
    _ response: LoopbackServer.Response, within limit: Duration, stallLimit: Duration = .seconds(45)
  ) async throws -> CurlFailure? {
    let server = try LoopbackServer { _ in response }
    let outcome = await CurlEngine().perform(try order(server, timeLimit: limit, stallLimit: stallLimit))
    guard case .failure(let failure) = outcome.result else { return nil }
    return failure
  }

  @Test func `an answer that never comes is given up`() async throws {
    let failure = try await failure(.never, within: .milliseconds(50))
    #expect(failure == CurlFailure(.unreachable("no answer within 50 ms"), stage: .waiting, isTransient: true))
  }

  @Test func `an answer that drips is given up`() async throws {
    // Long enough for the first byte to come on a busy machine, too short for all of them.
    let drip = LoopbackServer.Response.drip(String(repeating: "0", count: 1000), pauseMilliseconds: 30)
    let failure = try await failure(drip, within: .seconds(2))
    #expect(failure?.error.description.contains("answer not complete after 2 s, cut off after") == true)
    #expect(failure?.provesUnreachable == false)
  }

  @Test func `an answer that stalls is given up before its time is over`() async throws {
    let stalled = LoopbackServer.Response.stalled(after: "[1,", statedLength: 10)
    let failure = try await failure(stalled, within: .seconds(60), stallLimit: .seconds(1))
    #expect(failure?.error == .unreachable("the answer stalled after 3 bytes"))
  }

  @Test func `a hundred transfers run side by side`() async throws {
    let server = try LoopbackServer { .json($0.path) }
    let engine = CurlEngine()
    let order = try order(server)
    let finished = await withTaskGroup { group in
      for _ in 0..<100 { group.addTask { (try? await engine.perform(order).result.get().body) == Array("/".utf8) } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(finished == 100)
  }

  @Test func `a proxy is asked where one is set`() async throws {
    let proxy = try LoopbackServer { .json($0.target) }
    let order = CurlOrder(
      method: .get, address: try #require(WebAddress("http://alpha.invalid/x")), headers: [], body: [],
      userAgent: "test", maximumBytes: 1000, timeLimit: .seconds(60), stallLimit: .seconds(45), proxy: proxy.url,
      allowsPrivateAddresses: false)
    let outcome = await CurlEngine().perform(order)
    #expect(try outcome.result.get().body == Array("http://alpha.invalid/x".utf8))
  }

  @Test func `libcurl says which it is`() {
    #expect(curlVersion.hasPrefix("libcurl/"))
  }
}
