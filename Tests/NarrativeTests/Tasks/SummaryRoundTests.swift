import GRDB
import Market
import Store
import Support
import Testing

@testable import Narrative

@Suite struct SummaryRoundTests {
  @Test func `a model writes beside the rules, and both stay in the record`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC", "ETH"])) { _, question in PlayedModel.truth(question) }
    let report = try await model.write()
    #expect(report.written == 2)
    #expect(report.counts.new == 2)
    let rows = try model.store.summaries.all(of: MadeRows.day)
    #expect(rows.map(\.maker) == ["rule-1", "made-1", "rule-1", "made-1"])
    #expect(rows[1].text == "Bitcoin closed at 115234.5 USDT.")
    #expect(rows[1].facts == rows[0].facts)
    #expect(model.server.requests.allSatisfy { $0.method == "POST" && $0.path == "/v1/chat/completions" })
  }

  @Test func `what is written is not due again, and asks nobody`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { _, question in PlayedModel.truth(question) }
    _ = try await model.write()
    let second = try await model.write()
    #expect(second.written == 0)
    #expect(second.texts == [])
    #expect(model.server.requests.count == 1)
  }

  @Test func `a text that was lost is made again from the answer in the vault`() async throws {
    let store = try MadeRows.store(["BTC"])
    let model = try PlayedModel(store) { _, question in PlayedModel.truth(question) }
    _ = try await model.write()
    try store.write {
      try $0.execute(sql: "DELETE FROM summary_made WHERE summary_id = 2; DELETE FROM summary WHERE summary_id = 2")
    }
    // As a run leaves it that was killed between keeping an answer and reading it.
    try store.write { try $0.execute(sql: "UPDATE model_call SET outcome = NULL, tokens_in = NULL") }
    #expect(try await model.write().written == 1)
    #expect(model.server.requests.count == 1)
    #expect(
      try store.read { try Int.fetchOne($0, sql: "SELECT tokens_in FROM model_call WHERE outcome = 'complete'") } == 700
    )
  }

  @Test func `with again it is asked again`() async throws {
    let store = try MadeRows.store(["BTC"])
    let model = try PlayedModel(store) { _, question in PlayedModel.truth(question) }
    _ = try await model.write()
    try store.write {
      try $0.execute(sql: "DELETE FROM summary_made WHERE summary_id = 2; DELETE FROM summary WHERE summary_id = 2")
    }
    _ = try await model.write(isAnew: true)
    #expect(model.server.requests.count == 2)
  }

  @Test func `facts that were restated make a text due again, and the old one stays in the history`() async throws {
    let store = try MadeRows.store(["BTC"])
    let model = try PlayedModel(store) { _, question in PlayedModel.truth(question) }
    _ = try await model.write()
    try MadeRows.write(["BTC"], change: "0.03", to: store)
    let report = try await model.write()
    #expect(report.counts.changed == 1)
    #expect(model.server.requests.count == 2)
    #expect(
      try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM summary_restatement WHERE call_id = 1") } == 1)
  }

  @Test func `a sentence with a wrong figure is sent back once with the reason`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { number, question in
      number == 0
        ? PlayedModel.saying(["Bitcoin rose 2.3 %.", "It closed at 99,999 USDT."]) : PlayedModel.truth(question)
    }
    let report = try await model.write()
    #expect(report.texts.map(\.text) == ["Bitcoin closed at 115234.5 USDT."])
    let second = SentQuestion(try #require(model.server.requests.last).body)
    #expect(second.messages.map(\.role) == ["system", "user", "assistant", "user"])
    #expect(second.messages[3].text.contains("“99,999 USDT” equals none of the figures of BTC"))
    #expect(report.texts.first?.call == 2)
  }

  @Test func `what is wrong the second time too is dropped and kept with its call`() async throws {
    let store = try MadeRows.store(["BTC"])
    let model = try PlayedModel(store) { _, _ in
      PlayedModel.saying(["Bitcoin rose 2.3 %.", "It closed at 99,999 USDT."])
    }
    let report = try await model.write()
    #expect(report.texts.map(\.text) == ["Bitcoin rose 2.3 %."])
    let dropped = try store.read {
      try String.fetchOne($0, sql: "SELECT dropped FROM model_call ORDER BY call_id DESC")
    }
    #expect(
      dropped
        == #"[{"sentence":"It closed at 99,999 USDT.","reason":"“99,999 USDT” equals none of the figures of BTC"}]"#)
    #expect(model.server.requests.count == 2)
  }

  @Test func `a model of which nothing can be kept leaves the rules alone`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { _, _ in PlayedModel.saying(["Solana rose 50 %."]) }
    let report = try await model.write()
    #expect(report.failed.map(\.reason) == ["no sentence of it could be kept"])
    #expect(try model.store.summaries.all(of: MadeRows.day).map(\.maker) == ["rule-1"])
  }

  @Test(arguments: [("length", "cut off"), ("content_filter", "blocked"), ("weird", "'weird'")])
  func `an answer that is not whole is no text, and is not asked for again`(finish: String, words: String) async throws
  {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { _, _ in
      PlayedModel.saying(["Bitcoin rose 2.3 %."], finish: finish)
    }
    let report = try await model.write()
    #expect(report.failed.first?.reason.contains(words) == true)
    _ = try await model.write()
    #expect(model.server.requests.count == 1)
  }

  @Test func `an answer in another form is sent back once`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { number, question in
      number == 0 ? PlayedModel.answer("Bitcoin rose 2.3 %.") : PlayedModel.truth(question)
    }
    #expect(try await model.write().written == 1)
    #expect(model.server.requests.count == 2)
  }

  @Test func `a field that a server does not know is left out from then on`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC", "ETH"]), settings: ["LLM_CONCURRENCY": "1"]) {
      number, question in
      number == 0
        ? .status(400, [], #"{"error":"'response_format.type' must be 'text'"}"#) : PlayedModel.truth(question)
    }
    #expect(try await model.write().written == 2)
    let bodies = model.server.requests.map { String(decoding: $0.body, as: UTF8.self).contains("response_format") }
    #expect(bodies == [true, false, false])
  }

  @Test func `a server that refuses a field by both of its names is asked twice and not for ever`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC", "ETH"]), settings: ["LLM_CONCURRENCY": "1"]) { _, _ in
      .status(400, [], #"{"error":{"message":"max_tokens must be at most 512"}}"#)
    }
    let report = try await model.write()
    #expect(model.server.requests.count == 2)
    #expect(report.left == 2)
    #expect(report.stop?.kind == .userMustAct)
    #expect(report.stop?.reason.contains("LLM_MAX_OUTPUT") == true)
  }

  @Test(arguments: [#"{"error":"upstream overloaded, try again"}"#, "<html>Sign in</html>"])
  func `an error or a page that came as if it were an answer is not kept as one`(body: String) async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { number, question in
      number == 0 ? .status(200, [], body) : PlayedModel.truth(question)
    }
    #expect(try await model.write().written == 0)
    #expect(try await model.write().written == 1)
    #expect(model.server.requests.count == 2)
  }

  @Test func `what is set aside for others is waited for before a budget counts as reached`() async throws {
    let model = try PlayedModel(
      try MadeRows.store(["BTC", "ETH"]), settings: ["LLM_BUDGET_RUN": "9000", "LLM_MAX_OUTPUT": "4000"]
    ) { _, question in PlayedModel.truth(question) }
    let report = try await model.write()
    #expect(report.written == 2)
    #expect(report.stop == nil)
    #expect(report.used.tokens == 1_520)
  }

  @Test func `a server that is asked too often is asked again as it wishes`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { number, question in
      number == 0
        ? .status(429, [], #"{"error":{"message":"Please try again in 20ms","code":"rate_limit_exceeded"}}"#)
        : PlayedModel.truth(question)
    }
    #expect(try await model.write().written == 1)
    let outcomes = try model.store.read {
      try String.fetchAll($0, sql: "SELECT outcome FROM model_call ORDER BY call_id")
    }
    #expect(outcomes == ["failed", "complete"])
  }

  @Test func `a question that may have been answered is not sent again, and is booked at the most it can be`()
    async throws
  {
    let model = try PlayedModel(try MadeRows.store(["BTC"])) { _, _ in .hangUp }
    let report = try await model.write()
    #expect(report.left == 1)
    #expect(model.server.requests.count == 1)
    let row = try model.store.read {
      try Row.fetchOne($0, sql: "SELECT is_estimate, tokens_out, outcome FROM model_call")
    }
    #expect(row?["is_estimate"] == 1)
    #expect(row?["tokens_out"] == 2000)
    #expect(row?["outcome"] == "failed")
  }

  @Test func `a refused key stops the round and says what is left`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC", "ETH"]), settings: ["LLM_CONCURRENCY": "1"]) { _, _ in
      .status(401, [], #"{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}"#)
    }
    let report = try await model.write()
    #expect(report.left == 2)
    #expect(report.stop?.kind == .userMustAct)
    #expect(model.server.requests.count == 1)
  }

  @Test func `a budget that is reached stops the round and says what is left`() async throws {
    let model = try PlayedModel(
      try MadeRows.store(["BTC", "ETH"]),
      settings: ["LLM_BUDGET_RUN": "9000", "LLM_CONCURRENCY": "1", "LLM_MAX_OUTPUT": "4500"]
    ) { _, question in PlayedModel.truth(question, tokens: 5_000) }
    let report = try await model.write()
    #expect(report.written == 1)
    #expect(report.left == 1)
    #expect(
      report.line("made-1")
        == "1 text by made-1, 5060 tokens; 1 left: the budget is reached (LLM_BUDGET_RUN, 9000 tokens)")
  }

  @Test func `the day's budget counts what earlier runs used`() async throws {
    let store = try MadeRows.store(["BTC", "ETH"])
    let model = try PlayedModel(store) { _, question in PlayedModel.truth(question) }
    _ = try await model.write()
    try MadeRows.write(["BTC"], change: "0.03", to: store)
    let poor = try PlayedModel(store, settings: ["LLM_BUDGET_DAY": "1600"]) { _, question in PlayedModel.truth(question)
    }
    let report = try await poor.write()
    #expect(report.stop?.kind == .budget)
    #expect(poor.server.requests.count == 0)
  }

  @Test func `as many questions are under way as are allowed`() async throws {
    let model = try PlayedModel(try MadeRows.store(["BTC", "ETH"])) { _, question in PlayedModel.truth(question) }
    _ = try await model.write()
    #expect(model.server.mostAtOnce <= 2)
    #expect(model.server.requests.count == 2)
  }

  @Test func `two runs that were refused are enough`() async throws {
    let store = try MadeRows.store(["BTC"])
    let model = try PlayedModel(store) { _, _ in .status(401) }
    let ledger = ModelLedger(store)
    _ = try await model.write()
    #expect(try ledger.standingRefusal(of: "made-1", at: "compatible") == nil)
    _ = try store.runs.begin(command: "test", at: MadeRows.now, processID: 1, version: "test")
    _ = try await model.write()
    #expect(try ledger.standingRefusal(of: "made-1", at: "compatible") == 401)
    #expect(try ledger.standingRefusal(of: "made-2", at: "compatible") == nil)
  }
}
