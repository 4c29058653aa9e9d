import Foundation
import Support
import Testing

@Suite struct SummarizeTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func demo() async throws -> TemporaryHome {
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    return home
  }

  private func environment(_ server: LoopbackServer) -> [String: String] {
    ["LLM_BASE_URL": server.url + "/v1", "LLM_MODEL": "made-1"]
  }

  @Test func `without a model rules write, and nothing complains`() async throws {
    let home = try await demo()
    let ended = try await home.appliance("summarize", "--json")
    #expect(ended.exit == 0, "\(ended.talk)")
    let summary = try object(ended.output)
    #expect(summary["model"] is NSNull)
    let texts = try #require(summary["texts"] as? [[String: Any]])
    #expect(texts.allSatisfy { $0["maker"] as? String == "rule-1" })
    #expect(texts.count == 3)
  }

  @Test func `a model's texts are shown, explained, reported, exported, and made again without asking`() async throws {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    let early = home.file("early.md")
    _ = try await home.appliance("report", "daily", "--date", "2026-03-13", "-o", early)
    let written = try await home.appliance("summarize", "--json", environment: environment(server))
    #expect(written.exit == 0, "\(written.talk)")
    let summary = try object(written.output)
    #expect(summary["written"] as? Int == 3)
    let day = try #require(summary["day"] as? String)
    #expect(server.requests.count == 3)

    let shown = try await home.appliance("show", "summary", "--from", day, "--to", day, "--format", "csv")
    #expect(shown.output.split(separator: "\n").dropFirst().allSatisfy { $0.contains(",made-1,") }, "\(shown.output)")
    let both = try await home.appliance("export", "summary", "--from", day, "--to", day)
    #expect(both.output.contains(",rule-1,") && both.output.contains(",made-1,"))
    let calls = try await home.appliance("export", "model_call")
    #expect(calls.output.split(separator: "\n").count == 4, "\(calls.output)")

    let report = try await home.appliance("report", "daily", "--date", day)
    #expect(report.output.contains("Written by the language model made-1"))
    #expect(report.output.contains("Bitcoin closed at"))
    _ = try await home.appliance("report", "daily", "--date", day, "-o", home.file("late.md"))
    for file in [early, home.file("late.md")] {
      let seal = try await home.appliance("verify", file)
      #expect(seal.exit == 0, "\(seal.output)")
    }

    let id = try #require(
      try SQL(home.database).rows(
        "SELECT summary_id FROM summary JOIN asset USING (asset_id) WHERE call_id IS NOT NULL AND symbol = 'BTC'"
      ).first?[0])
    let why = try await home.appliance("why", "summary", id)
    #expect(why.exit == 0)
    for words in [
      "made-1 at http://127.0.0.1", "complete; 700 tokens read, 60 written", "You write a short, plain text",
      "\"choices\"",
    ] {
      #expect(why.output.contains(words), "\(words)")
    }
    let raw = try await home.appliance("why", "summary", id, "--raw")
    #expect((try object(raw.output))["object"] as? String == "chat.completion")

    let verified = try await home.appliance("rebuild", "--verify")
    #expect(verified.exit == 0, "\(verified.output)\(verified.talk)")
    let pruned = try await home.appliance("prune", "--older-than", "1s", "--yes")
    #expect(pruned.exit == 0)
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
    #expect(server.requests.count == 3)
  }

  @Test func `a text that its answer does not bear out is found by rebuild`() async throws {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    _ = try await home.appliance("summarize", "--asset", "BTC", environment: environment(server))
    try SQL(home.database).run("UPDATE summary SET text = 'Bitcoin doubled.' WHERE call_id IS NOT NULL")
    let verified = try await home.appliance("rebuild", "--verify")
    #expect(verified.exit == 7)
    #expect(verified.output.contains("Bitcoin doubled."))
  }

  @Test func `a text from facts that changed is marked, and the rules' is shown in its place`() async throws {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    _ = try await home.appliance("summarize", "--asset", "BTC", environment: environment(server))
    let sql = try SQL(home.database)
    try sql.run("UPDATE summary SET facts = replace(facts, '\"bars\":', '\"bars\" :') WHERE call_id IS NULL")
    let id = try #require(try sql.rows("SELECT summary_id FROM summary WHERE call_id IS NOT NULL").first?[0])
    let why = try await home.appliance("why", "summary", id)
    #expect(why.output.contains("these facts are others by now"))
    let rows = try await home.appliance("export", "summary", "--columns", "maker,is_current", "--asset", "BTC")
    #expect(rows.output.contains("made-1,0"))
    #expect(!(try await home.appliance("show", "summary", "--asset", "BTC").output.contains("made-1")))
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `a preview is just what is sent, and sends nothing`() async throws {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    let preview = try await home.appliance("summarize", "--preview", "--asset", "BTC", environment: environment(server))
    #expect(preview.exit == 0, "\(preview.talk)")
    #expect(server.requests.count == 0)
    _ = try await home.appliance("summarize", "--asset", "BTC", environment: environment(server))
    #expect(preview.output == String(decoding: try #require(server.requests.first).body, as: UTF8.self) + "\n")
  }

  @Test(arguments: [(401, Int32(4)), (500, 3)])
  func `how it ends is told by the exit code`(status: Int, exit: Int32) async throws {
    let home = try await demo()
    let server = try LoopbackServer { _ in .status(status) }
    let ended = try await home.appliance("summarize", "--asset", "BTC", environment: environment(server))
    #expect(ended.exit == exit, "\(ended.talk)")
  }

  @Test func `a server that is not there ends it with 5, and one elsewhere is not asked where only local ones may be`()
    async throws
  {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    let environment = environment(server)
    server.stop()
    #expect(try await home.appliance("summarize", "--asset", "BTC", environment: environment).exit == 5)
    let elsewhere = try await home.appliance(
      "summarize",
      environment: [
        "LLM_PROVIDER": "openai", "LLM_MODEL": "m", "OPENAI_API_KEY": "sk-test-1234567890", "LLM_LOCAL_ONLY": "true",
      ])
    #expect(elsewhere.exit == 64)
    #expect(elsewhere.talk.contains("LLM_LOCAL_ONLY"))
  }

  @Test func `a run has the model write about the day before, and never fails because it does not`() async throws {
    let due = "INSERT INTO snapshot_due SELECT asset_id, '2025-09-18' FROM asset;"
    let home = try Record(due).home
    let server = try LoopbackServer { PlayedChat.truth($0) }
    let steps = ["--only", "snapshot,summaries", "--json"]
    let broken = try await ApplianceProcess(
      arguments: ["ingest", "--home", home.path] + steps,
      environment: [
        "APPLIANCE_NOW": "2025-09-19T22:30:00Z", "LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "made-1",
      ]
    ).run()
    #expect(broken.exit == 0, "\(broken.output)")
    #expect(broken.output.contains("3 left"))
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--home", home.path] + steps,
      environment: ["APPLIANCE_NOW": "2025-09-19T22:31:00Z"].merging(environment(server)) { $1 }
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.contains("3 texts by made-1, 2280 tokens"), "\(ended.output)")
    let again = try await ApplianceProcess(
      arguments: ["ingest", "--home", home.path] + steps,
      environment: ["APPLIANCE_NOW": "2025-09-19T22:32:00Z"].merging(environment(server)) { $1 }
    ).run()
    #expect(!again.output.contains("made-1"))
    #expect(server.requests.count == 3)
    #expect(
      try await home.appliance("report", "daily", "--date", "2025-09-18", "--as-of", "2025-09-19T22:30:30Z").output
        .contains("made-1") == false)
  }

  @Test(arguments: [
    ["LLM_BASE_URL": "http://127.0.0.1:9/v1"], ["LLM_PROVIDER": "anthropic", "LLM_MODEL": "m"],
    ["LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "m", "LLM_BUDGET_DAY": "abc"],
  ])
  func `a run goes on by rule where what is set about a model is wrong, and says so`(values: [String: String])
    async throws
  {
    let due = "INSERT INTO snapshot_due SELECT asset_id, '2025-09-18' FROM asset;"
    let home = try Record(due).home
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--home", home.path, "--only", "snapshot,summaries"],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"].merging(values) { $1 }
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.talk.contains("the rules write alone"), "\(ended.talk)")
    let renamed = try await home.appliance("asset", "edit", "BTC", "--name", "Bitcoin", environment: values)
    #expect(renamed.exit == 0, "\(renamed.talk)")
    #expect(try await home.appliance("summarize", environment: values).exit == 64)
  }

  @Test func `a model without a name is refused`() async throws {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    let ended = try await home.appliance("summarize", "--model", "", environment: environment(server))
    #expect(ended.exit == 64, "\(ended.talk)")
    #expect(server.requests.isEmpty)
  }

  @Test func `the doctor asks the model one small question when told to`() async throws {
    let home = try await demo()
    let server = try LoopbackServer { PlayedChat.truth($0) }
    let ended = try await home.appliance(
      "doctor", "--model",
      environment: environment(server).merging(["LLM_PRICES": "input=2,output=10", "APPLIANCE_BASE_URL": server.url]) {
        $1
      })
    #expect(ended.output.contains("made-1 answered in "), "\(ended.output)")
    #expect(ended.output.contains("700 + 60 tokens, $0.002"), "\(ended.output)")
  }
}
