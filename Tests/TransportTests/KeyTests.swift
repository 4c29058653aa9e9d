import Foundation
import Market
import Support
import Testing

@testable import Transport

@Suite struct `keys` {
  private static let key = "k3y/With+Signs=="

  private func rig(
    isRequired: Bool = true, key: String? = key, _ script: @escaping LoopbackServer.Script
  ) throws -> (rig: Rig, server: LoopbackServer) {
    let server = try LoopbackServer(script)
    let credential = Credential(header: "X-API-Key", setting: "ALPHA_KEY", isRequired: isRequired)
    let keys: [ProviderName: Secret] = try key.map { ["alpha": try Secret($0)] } ?? [:]
    let rig = try Rig([.profile("alpha", credential: credential)], servers: ["alpha": server], keys: keys)
    return (rig, server)
  }

  private let request = Request(provider: "alpha", path: "/")

  @Test func `a key travels in its header and in no address`() async throws {
    let (rig, server) = try rig { _ in .json("[]") }
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(server.requests.first?.header("x-api-key") == Self.key)
    #expect(!roundTrip.attempts.contains { $0.url.contains("k3y") })
    #expect(roundTrip.request == request)
  }

  @Test func `without a required key nothing is asked`() async throws {
    let (rig, server) = try rig(key: nil) { _ in .json("[]") }
    #expect(await rig.transport.roundTrip(request).error == .keyMissing(setting: "ALPHA_KEY"))
    #expect(server.requests.isEmpty)
  }

  @Test func `a key that is not required may be missing`() async throws {
    let (rig, server) = try rig(isRequired: false, key: nil) { _ in .json("[]") }
    #expect(await rig.transport.roundTrip(request).error == nil)
    #expect(server.requests.first?.header("x-api-key") == nil)
  }

  @Test(arguments: [
    key, "k3y%2FWith%2BSigns%3D%3D", "k3y%2fWith%2bSigns%3d%3d", #"k3y\/With+Signs=="#,
    #"k3y\u002fWith\u002bSigns\u003d\u003d"#, "==sngiS+htiW/y3k", "6b33792f576974682b5369676e733d3d",
    #"k3y\\\/With+Signs=="#,
  ])
  func `a key that comes back is starred out, length for length`(spelling: String) async throws {
    let (rig, _) = try rig { _ in .json("a\(spelling)b\(spelling)") }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    let stars = String(repeating: "*", count: spelling.utf8.count)
    #expect(String(decoding: answer.body, as: UTF8.self) == "a\(stars)b\(stars)")
    #expect(answer.header("x-appliance-redacted") == "1")
  }

  @Test(arguments: ["", "u", "u:", "user:", "a much longer user:"])
  func `a key that comes back in base64 is starred out, whatever stands around it`(lead: String) async throws {
    let encoded = Data("\(lead)\(Self.key)tail".utf8).base64EncodedString()
    let (rig, _) = try rig { _ in .status(401, [], encoded) }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    #expect(answer.body.count == encoded.utf8.count)
    // What a key is told by: all but its first and last two characters, which share theirs with what stands around.
    #expect(answer.body.count { $0 == UInt8(ascii: "*") } >= Self.key.utf8.count * 4 / 3 - 3)
  }

  @Test func `what a proxy was told and repeats is starred out`() async throws {
    let proxy = try LoopbackServer { .status(407, [], $0.header("proxy-authorization") ?? "") }
    let addresses = try Addresses(of: [.profile("alpha")], moved: ["alpha": "http://alpha.example"])
    let time = TestTime(Rig.start)
    let transport = HTTPTransport(
      profiles: [.profile("alpha")], addresses: addresses, clock: time.clock, random: { 0 }, version: "1",
      proxies: Proxies { $0 == "http_proxy" ? "http://user:pass%2Fword-1234@127.0.0.1:\(proxy.port)" : nil },
      stopwatch: time.stopwatch)
    let answer = try #require(try await transport.roundTrip(request).last?.result.get())
    #expect(proxy.requests.first?.header("proxy-authorization") == "Basic dXNlcjpwYXNzL3dvcmQtMTIzNA==")
    #expect(!String(decoding: answer.body, as: UTF8.self).contains("cGFzcy93b3Jk"))
    #expect(answer.header("x-appliance-redacted") == "1")
  }

  @Test(arguments: [key, "k3y%2FWith%2BSigns%3D%3D"])
  func `what holds the key itself is not sent`(spelling: String) async throws {
    let (rig, server) = try rig { _ in .json("[]") }
    let body = Array("{\"name\":\"\(spelling)\"}".utf8)
    let roundTrip = await rig.transport.roundTrip(
      .post(body, contentType: "application/json", to: "alpha", path: "/"))
    #expect(roundTrip.error == .unsendable("what would be sent holds the key itself"))
    #expect(server.requests.isEmpty)
  }

  @Test func `an answer without the key is left as it is`() async throws {
    let (rig, _) = try rig { _ in .json("k3y/With+Signs= =k3y/k3y/With+Signs=") }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    #expect(String(decoding: answer.body, as: UTF8.self) == "k3y/With+Signs= =k3y/k3y/With+Signs=")
    #expect(answer.header("x-appliance-redacted") == nil)
  }

  @Test func `a key in a header or an address that comes back is starred out too`() async throws {
    let (rig, server) = try rig { request in
      request.path == "/" ? .redirect(to: "/k/\(Self.key)") : .redirect(to: "http://other.example/\(Self.key)")
    }
    let roundTrip = await rig.transport.roundTrip(request)
    #expect(server.requests.count == 2)
    #expect(!"\(roundTrip)".contains("k3y/With"))
    #expect(roundTrip.error == .redirected(to: "http://other.example/****************"))
  }

  @Test func `answers of failed tries are cleaned as well`() async throws {
    let (rig, _) = try rig { _ in .status(401, [], "no such key: \(Self.key)") }
    let answer = try #require(try await rig.transport.roundTrip(request).last?.result.get())
    #expect(String(decoding: answer.body, as: UTF8.self) == "no such key: ****************")
  }

  @Test(arguments: ["abc\r\nX-Evil: 1", "abc\ndef", "abc\0def", "abc def", "abcdéf", "abc\u{7F}"])
  func `a key that would split a header is refused, without showing it`(text: String) {
    #expect { try Secret(text) } throws: { error in
      (error as? SecretError).map { if case .unprintable = $0 { true } else { false } } == true
        && !"\(error)".contains("abc")
    }
  }

  @Test func `a key of nothing is refused`() {
    #expect(throws: SecretError.empty) { try Secret(" \r\n") }
  }

  @Test func `white space around a key goes`() throws {
    #expect(try Secret("\t abcdefgh\r\n").revealed == "abcdefgh")
  }

  @Test func `a key prints as an ellipsis`() throws {
    let secret = try Secret("abcdefgh")
    var dumped = ""
    dump(["key": secret], to: &dumped)
    #expect("\(secret) \(String(reflecting: secret))" == "… …")
    #expect(!dumped.contains("abcdefgh"))
  }
}
