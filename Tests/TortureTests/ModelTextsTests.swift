import Foundation
import Support
import Synchronization
import Testing

/// Texts of a language model, with a process that dies among them and a key that must not be found.
@Suite(.serialized) struct ModelTextsTests {
  private func environment(_ server: LoopbackServer) -> [String: String?] {
    [
      "LLM_BASE_URL": server.url + "/v1", "LLM_MODEL": "made-1", "LLM_CONCURRENCY": "1",
      "APPLIANCE_NOW": "2026-01-01T00:00:00Z",
    ]
  }

  @Test func `killed in the middle, a second run pays for nothing twice`() async throws {
    let home = try Home()
    #expect(try await Child.appliance(Demo.replay, home: home).code == 0)
    let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
    let number = Mutex(0)
    let server = try LoopbackServer { request in
      let count = number.withLock { number in
        number += 1
        return number
      }
      guard count == 3 else { return PlayedChat.truth(request) }
      continuation.finish()
      return .never
    }
    let child = try Child.start(["summarize"], home: home, environment: environment(server))
    for await _ in asked {}
    child.signal(SIGKILL)
    #expect(try await child.end().code == -9)
    let second = try await Child.appliance(["summarize", "--json"], home: home, environment: environment(server))
    #expect(second.code == 0, "\(second.said)")
    #expect(second.output.contains("\"written\":3"), "\(second.said)")
    // Two were answered before, one was lost with the process, and is all that is asked again.
    #expect(server.requests.count == 4)
    let verified = try await Child.appliance(["rebuild", "--verify"], home: home)
    #expect(verified.code == 0, "\(verified.said)")
  }

  static let key = Planted(name: "LLM_API_KEY", text: "sk-plantedKey/five+2b7d90aa")

  @Test func `a planted key that a model repeats is found nowhere, prompts and the vault included`() async throws {
    let home = try Home()
    #expect(try await Child.appliance(Demo.replay, home: home).code == 0)
    let seen = Mutex(Set<String>())
    let server = try LoopbackServer { request in
      let key = request.header("authorization") ?? ""
      let isFirst = seen.withLock { $0.insert(key).inserted }
      if isFirst {
        return .status(401, [("x-echo", key)], "{\"error\":{\"message\":\"Incorrect API key provided: \(key)\"}}")
      }
      return PlayedChat.saying([PlayedChat.sentence(about: request), "Your key is \(Self.key.text)."])
    }
    let environment = environment(server).merging(["LLM_API_KEY": Self.key.text, "LOG_LEVEL": "trace"]) { $1 }
    var said = Data()
    for command in [
      ["summarize", "--asset", "BTC"], ["summarize", "--json"], ["summarize", "--preview"],
      ["doctor", "--offline", "--json"],
      ["config", "show", "--json"], ["export", "all", "-o", home.file("out")], ["report", "daily"],
      ["backup", "create"],
    ] {
      said.append(Data(try await Child.appliance(command, home: home, environment: environment).said.utf8))
    }
    #expect(seen.withLock { $0 } == ["Bearer \(Self.key.text)"])
    #expect(Self.key.found(in: said) == [])
    let record = try #require(try Record(home.database))
    #expect(try record.count("body WHERE redacted = 1") >= 1)
    #expect(try record.count("summary WHERE call_id IS NOT NULL") == 3)
    for name in home.files { #expect(Self.key.found(in: try home.bytes(name)) == [], "\(name)") }
    let dump = try await Child.appliance(["export", "model_call", "--format", "json"], home: home)
    #expect(Self.key.found(in: Data(dump.said.utf8)) == [])
    for id in try record.rows("SELECT summary_id FROM summary WHERE call_id IS NOT NULL") {
      let why = try await Child.appliance(["why", "summary", id], home: home)
      #expect(why.code == 0)
      #expect(Self.key.found(in: Data(why.said.utf8)) == [])
    }
  }
}
