import Market
import Support
import Testing
import Transport

@Suite struct HTTPTransportTests {
  @Test func `an answer comes with its status and body`() async throws {
    let server = try LoopbackServer { _ in .json("[1]", [("X-Other", "dropped"), ("ETag", "\"a\"")]) }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let exchange = await rig.transport.exchange(Request(provider: "alpha", path: "/v1", query: [QueryItem("a", "b c")]))
    let answer = try exchange.last?.result.get()
    #expect(answer?.status == 200)
    #expect(answer?.body == Array("[1]".utf8))
    #expect(server.requests.map(\.target) == ["/v1?a=b%20c"])
  }
}
