import Market
import Support
import Testing

@testable import Transport

@Suite struct `redirects` {
  @Test func `within the same server one is followed, and both answers are kept`() async throws {
    let server = try LoopbackServer { $0.path == "/old" ? .redirect(to: "/new?a=1") : .json("[]") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/old"))
    #expect(roundTrip.attempts.map(\.url) == ["\(server.url)/old", "\(server.url)/new?a=1"])
    #expect(try roundTrip.attempts.map { try $0.result.get().status } == [302, 200])
    #expect(server.requests.map(\.target) == ["/old", "/new?a=1"])
  }

  @Test func `three are followed and a fourth is not`() async throws {
    let server = try LoopbackServer { .redirect(to: $0.path + "x") }
    let rig = try Rig([.profile("alpha")], servers: ["alpha": server])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(server.requests.map(\.path) == ["/", "/x", "/xx", "/xxx"])
    #expect(roundTrip.error == .redirected(to: "\(server.url)/xxxx"))
  }

  @Test func `another host does not learn the key`() async throws {
    let thief = try LoopbackServer { _ in .json("[]") }
    let server = try LoopbackServer { _ in .redirect(to: "http://localhost:\(thief.port)/") }
    let credential = Credential(header: "X-API-Key", setting: "ALPHA_KEY", isRequired: true)
    let rig = try Rig(
      [.profile("alpha", credential: credential)], servers: ["alpha": server], keys: ["alpha": Secret("abcdefgh1234")])
    let roundTrip = await rig.transport.roundTrip(Request(provider: "alpha", path: "/"))
    #expect(server.requests.first?.header("x-api-key") == "abcdefgh1234")
    #expect(roundTrip.error == .redirected(to: "http://localhost:\(thief.port)/"))
    #expect(thief.connections == 0)
  }

  @Test(arguments: [
    "http://other.example:8080/", "https://a.example:8080/", "http://a.example/", "//b.example:8080/",
    "http://user:pw@a.example:8080/", "ftp://a.example:8080/", "file:///etc/passwd", "http://[", "gopher://a.example/",
  ])
  func `other hosts, ports, schemes and passwords are refused`(location: String) throws {
    guard case .refuse(let target) = try redirect(location) else {
      Issue.record("\(location) is followed")
      return
    }
    #expect(!target.contains("pw"))
  }

  @Test(arguments: [
    ("/c", "http://a.example:8080/c"), ("c?d=1", "http://a.example:8080/x/c?d=1"),
    ("HTTP://A.example:8080/c#part", "http://a.example:8080/c"), ("../c", "http://a.example:8080/c"),
  ])
  func `the same server may be named in any way`(location: String, target: String) throws {
    guard case .follow(let followed) = try redirect(location) else {
      Issue.record("\(location) is not followed")
      return
    }
    #expect(followed.text == target)
  }

  @Test func `a body is not sent on`() throws {
    guard case .refuse = try redirect("/c", method: .post) else {
      Issue.record("followed")
      return
    }
  }

  @Test(arguments: [200, 300, 304, 404])
  func `only redirects redirect`(status: Int) throws {
    #expect(try redirect("/c", status: status) == .none)
  }

  private func redirect(
    _ location: String, status: Int = 302, method: Request.Method = .get
  ) throws -> Redirect {
    let headers = [HeaderField("location", location)]
    let answer = Answer(status: status, headers: headers, body: [], receivedAt: Rig.start)
    return Redirect(in: answer, to: method, from: try #require(WebAddress("http://a.example:8080/x/y")), hops: 0)
  }
}
