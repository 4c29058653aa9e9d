import Crypto
import Market
import Retention
import SQLite
import Testing

@testable import Store

@Suite struct VaultTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func keep(_ roundTrip: RoundTrip) throws -> FetchID? {
    try rig.store.vault.keep(roundTrip, of: rig.run, quotas: [])
  }

  @Test func `an answer comes back with its request, byte for byte`() throws {
    let body = String(repeating: "[1,2,\"ä\"],", count: 500)
    let headers = [HeaderField("etag", "\"a: b\""), HeaderField("date", "Mon, 02 Mar 2026 00:00:00 GMT")]
    let roundTrip = RoundTrip.answered(body, status: 404, headers: headers, at: .hour(3))
    let fetch = try keep(roundTrip)
    let kept = try #require(try rig.store.vault.unreadAnswers().first)
    #expect(kept.fetch == fetch)
    #expect(kept.request == roundTrip.request)
    #expect(kept.answer == (try roundTrip.last?.result.get()))
  }

  @Test(arguments: [[], [0], [0xFF, 0, 0x80, 10, 13], (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 197) }])
  func `bytes that are no text come back as they were`(body: [UInt8]) throws {
    let answer = Answer(status: 200, headers: [], body: body, receivedAt: Rig.start)
    let request = Request(provider: "binance", path: "/x")
    _ = try keep(RoundTrip(request: request, attempts: [.answered(answer)]))
    #expect(try rig.store.vault.unreadAnswers().map(\.answer.body) == [body])
  }

  @Test func `a question with a body keeps it`() throws {
    let request = Request(provider: "sosovalue", method: .post, path: "/q", body: Array("{\"a\":1}".utf8))
    let answer = Answer(status: 200, headers: [], body: [1], receivedAt: Rig.start)
    _ = try keep(RoundTrip(request: request, attempts: [.answered(answer)]))
    #expect(try rig.store.vault.unreadAnswers().map(\.request) == [request])
  }

  @Test(arguments: ["https://feeds.example/rss?s=SPY", "http://feeds.example:8080/a+b?c+d&%zz"])
  func `a question to another host is found by it and comes back as it was`(address: String) throws {
    let request = try #require(Request(provider: "binance", address: address))
    let own = Request(provider: "binance", path: "/rss", query: [QueryItem("s", "SPY")])
    for (number, request) in [request, own].enumerated() {
      let answer = Answer(status: 200, headers: [], body: [UInt8(number)], receivedAt: Rig.start)
      let fetch = try #require(try keep(RoundTrip(request: request, attempts: [.answered(answer)])))
      #expect(try rig.store.vault.keptAnswer(fetch).request == request)
      #expect(try rig.store.vault.fetch(of: answer, to: request)?.fetch == fetch)
      try rig.store.vault.mark(fetch, .read)
      #expect(try rig.store.vault.lastAnswer(to: request)?.fetch == fetch)
    }
  }

  @Test func `what was sent is kept once, counts, and tells one question from another`() throws {
    func ask(_ sent: String, at now: Instant) -> RoundTrip {
      let request = Request(provider: "sosovalue", method: .post, path: "/q", body: Array(sent.utf8))
      return RoundTrip(
        request: request, attempts: [.answered(Answer(status: 200, headers: [], body: [1], receivedAt: now))])
    }
    let fetches = try ["btc", "eth", "btc"].map { try #require(try keep(ask($0, at: Rig.start))) }
    #expect(try rig.rows("SELECT count(DISTINCT request_body_id) FROM fetch") == ["2"])
    #expect(try rig.rows("SELECT vault_bytes FROM run") == ["7"])
    let answer = Answer(status: 200, headers: [], body: [1], receivedAt: Rig.start)
    #expect(try rig.store.vault.fetch(of: answer, to: ask("eth", at: Rig.start).request)?.fetch == fetches[1])
    #expect(try rig.store.vault.fetch(of: answer, to: ask("sol", at: Rig.start).request) == nil)
    #expect(try rig.store.vault.fetch(of: answer, to: ask("", at: Rig.start).request) == nil)
    let use = try #require(try rig.store.vaultUse(since: Rig.start).first)
    #expect([use.source, "\(use.bodies)"] == ["sosovalue", "3"])
  }

  @Test func `what was sent is checked against its hash like an answer`() throws {
    let request = Request(provider: "sosovalue", method: .post, path: "/q", body: Array("{}".utf8))
    let answer = Answer(status: 200, headers: [], body: [1], receivedAt: Rig.start)
    let fetch = try #require(try keep(RoundTrip(request: request, attempts: [.answered(answer)])))
    try rig.store.tamper("UPDATE body SET content = x'7B7C' WHERE size = 2")
    let error = #expect(throws: StoreError.self) { try rig.store.vault.keptAnswer(fetch) }
    #expect(error?.isAboutOneAnswer == true)
  }

  @Test func `equal bodies are kept once, however often they come`() throws {
    for hour in 0..<3 { _ = try keep(.answered("same", at: .hour(hour))) }
    _ = try keep(.answered("other"))
    #expect(try rig.rows("SELECT count(*), count(DISTINCT body_id) FROM fetch") == ["4|2"])
    #expect(try rig.rows("SELECT count(*) FROM body") == ["2"])
  }

  @Test func `a body is stored under the hash of what it says, whatever its packing`() throws {
    let body = String(repeating: "candle ", count: 1000)
    _ = try keep(.answered(body))
    let hash = SHA256.hash(data: Array(body.utf8)).map { "\($0)" }.joined(separator: " ")
    #expect(try rig.rows("SELECT sha256, size, encoding FROM body") == ["\(hash)|7000|zstd"])
    #expect(try rig.rows("SELECT length(content) < 700 FROM body") == ["1"])
  }

  @Test func `a body that packing would make longer is kept as it is`() throws {
    _ = try keep(.answered("[]"))
    #expect(try rig.rows("SELECT encoding, length(content) FROM body") == ["identity|2"])
  }

  @Test(arguments: [
    "UPDATE body SET content = x'00'",
    "UPDATE body SET content = substr(content, 1, length(content) - 1)",
    "UPDATE body SET encoding = 'identity'",
    "UPDATE body SET size = 1",
    "UPDATE body SET sha256 = randomblob(32)",
  ])
  func `a body that was tampered with is found out`(sql: String) throws {
    let fetch = try #require(try keep(.answered(String(repeating: "candle ", count: 1000))))
    try rig.store.tamper(sql)
    let error = #expect(throws: StoreError.self) { try rig.store.vault.unreadAnswers() }
    guard case .corrupt(let path, _) = error else {
      Issue.record("not told as damage: \(String(describing: error))")
      return
    }
    #expect(path.contains("\(fetch.rawValue)"))
  }

  @Test func `a plain body that was tampered with is found out too`() throws {
    _ = try keep(.answered("[]"))
    try rig.store.tamper("UPDATE body SET content = CAST('{}' AS BLOB)")
    #expect(throws: StoreError.self) { try rig.store.vault.unreadAnswers() }
  }

  @Test func `a body from which a key was taken is marked`() throws {
    _ = try keep(.answered("clean"))
    _ = try keep(.answered("key: ***", headers: [HeaderField("x-appliance-redacted", "1")]))
    #expect(try rig.rows("SELECT redacted FROM body ORDER BY body_id") == ["0", "1"])
  }

  @Test func `answers are unread until they are marked, oldest first`() throws {
    let fetches = try (0..<4).map { try #require(try keep(.answered("body \($0)"))) }
    try rig.store.vault.mark(fetches[0], .read)
    try rig.store.vault.mark(fetches[2], .unreadable("changed shape"))
    #expect(try rig.store.vault.unreadAnswers().map(\.fetch) == [fetches[1], fetches[3]])
    try rig.store.vault.mark(fetches[3], .unchanged)
    #expect(try rig.store.vault.unreadAnswers().map(\.fetch) == [fetches[1]])
  }

  @Test func `storing the facts of an answer marks it as read`() throws {
    let fetch = try rig.fetch()
    let reading = Reading(series: Known.bars, facts: .bars([]), covers: nil)
    _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: Rig.start)
    #expect(try rig.store.vault.unreadAnswers().isEmpty)
  }

  @Test func `every attempt is kept, and only the last one is to be read`() throws {
    let request = Request(provider: "binance", path: "/klines")
    let attempts: [Attempt] = [
      .failed(.unreachable("timed out")),
      .answered(Answer(status: 500, headers: [], body: Array("oops".utf8), receivedAt: .hour(1))),
      .answered(Answer(status: 200, headers: [], body: Array("[]".utf8), receivedAt: .hour(2))),
    ]
    let fetch = try keep(RoundTrip(request: request, attempts: attempts))
    #expect(
      try rig.rows("SELECT status, error, read_outcome FROM fetch ORDER BY fetch_id")
        == ["∅|cannot be reached: timed out|unanswered", "500|∅|superseded", "200|∅|∅"])
    #expect(try rig.store.vault.unreadAnswers().map(\.fetch) == [fetch])
  }

  @Test func `an exchange that ends without an answer leaves nothing to read`() throws {
    let request = Request(provider: "binance", path: "/klines")
    let answer = Answer(status: 503, headers: [], body: [], receivedAt: Rig.start)
    #expect(try keep(RoundTrip(request: request, attempts: [.answered(answer), .failed(.cancelled)])) == nil)
    #expect(try rig.store.vault.unreadAnswers().isEmpty)
    #expect(try rig.rows("SELECT count(*) FROM fetch") == ["2"])
  }

  @Test func `an answer of a provider that nobody registered is refused by name and keeps nothing`() throws {
    let error = #expect(throws: StoreError.self) { try keep(.answered("[]", provider: "nobody")) }
    #expect(error.map { "\($0)".contains("nobody") } == true)
    #expect(try rig.rows("SELECT count(*) FROM body") == ["0"])
  }

  @Test func `times and sizes of an attempt are kept`() throws {
    _ = try keep(.answered("[1]", at: .hour(1)))
    let second = Instant.hour(1).epochSeconds
    #expect(
      try rig.rows("SELECT asked_at, received_at, elapsed_ms, wire_bytes, url FROM fetch")
        == ["\(second)|\(second)|120|3|https://example.org"])
  }

  @Test func `the validators of the last answer that was read are found`() throws {
    let request = RoundTrip.answered("").request
    #expect(try rig.store.vault.lastAnswer(to: request) == nil)
    for (index, tag) in ["one", "two", "three"].enumerated() {
      let fetch = try keep(.answered(tag, headers: [HeaderField("etag", tag)]))
      if let fetch, index < 2 { try rig.store.vault.mark(fetch, .read) }
    }
    #expect(try rig.store.vault.lastAnswer(to: request)?.headers == [HeaderField("etag", "two")])
    #expect(try rig.store.vault.lastAnswer(to: Request(provider: "binance", path: "/other")) == nil)
  }

  @Test func `an answer that is in the vault already is known by question, bytes and instant`() throws {
    let roundTrip = RoundTrip.answered("[1]", at: .hour(1))
    let answer = try #require(try roundTrip.last?.result.get())
    #expect(try rig.store.vault.fetch(of: answer, to: roundTrip.request) == nil)
    let fetch = try #require(try keep(roundTrip))
    #expect(try rig.store.vault.fetch(of: answer, to: roundTrip.request)?.fetch == fetch)
    #expect(try rig.store.vault.fetch(of: answer, to: roundTrip.request)?.isRead == false)
    try rig.store.vault.mark(fetch, .read)
    #expect(try rig.store.vault.fetch(of: answer, to: roundTrip.request)?.isRead == true)
    for other in [
      RoundTrip.answered("[2]", at: .hour(1)), .answered("[1]", at: .hour(2)),
      .answered("[1]", path: "/x", at: .hour(1)),
    ] {
      let answer = try #require(try other.last?.result.get())
      #expect(try rig.store.vault.fetch(of: answer, to: other.request) == nil)
    }
  }

  @Test func `a body is read beside the one it was packed with, and so is one that an earlier version kept`() throws {
    let text = (0..<900).map { "\($0 * $0 % 7919)" }.joined(separator: " ")
    let first = RoundTrip.answered(text, at: .hour(1))
    let fetch = try #require(try keep(first))
    try rig.store.vault.mark(fetch, .read)
    let base = try #require(try rig.store.vault.base(for: first.request))
    let next = try PackedRoundTrip(.answered(text + " and so on", at: .hour(2)), beside: base)
    let second = try #require(try rig.store.vault.keep([next], of: rig.run, quotas: [])[0])
    #expect(try rig.rows("SELECT body_id, base_id, depth FROM body_base") == ["2|1|1"])
    #expect(try rig.rows("SELECT length(content) < 50 FROM body WHERE body_id = 2") == ["1"])
    let expected = Array("\(text) and so on".utf8)
    #expect(try rig.store.vault.keptAnswer(second).answer.body == expected)
    // The script of before: one piece, without new bytes before it, of the whole base from its start; then what is new.
    let script =
      [1, 0, UInt8(text.utf8.count & 0x7F) | 0x80, UInt8(text.utf8.count >> 7), 0] + Array(" and so on".utf8)
    let digits = script.map { String(0x100 + Int($0), radix: 16).suffix(2) }.joined()
    try rig.store.tamper("UPDATE body SET encoding = 'identity', content = x'\(digits)' WHERE body_id = 2")
    #expect(try rig.store.vault.keptAnswer(second).answer.body == expected)
    try rig.store.tamper("UPDATE body SET content = x'00' WHERE body_id = 1")
    #expect(throws: StoreError.self) { try rig.store.vault.keptAnswer(second) }
  }
}
