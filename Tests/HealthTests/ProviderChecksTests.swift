import Market
import Testing

@testable import Health

@Suite struct ProviderChecksTests {
  private func probe(_ result: Result<Answer, TransportError>) -> ProviderChecks.Probe {
    let attempt = Attempt(
      url: "https://api.example.com/ping", startedAt: Known.now, elapsed: .milliseconds(40), wireBytes: 2,
      result: result)
    return ProviderChecks.Probe(profile: .named("coingecko"), attempt: attempt)
  }

  private func answer(_ status: Int, _ headers: [HeaderField] = []) -> Answer {
    Answer(status: status, headers: headers, body: [], receivedAt: Known.now)
  }

  @Test(
    arguments: [
      (200, .ok), (401, .problem), (403, .warning), (451, .warning), (429, .warning), (503, .warning),
    ] as [(Int, Finding.State)])
  func `an answer is judged by its status`(status: Int, expected: Finding.State) {
    #expect(ProviderChecks.findings(of: [probe(.success(answer(status)))]).map(\.state) == [expected])
  }

  @Test(arguments: [
    (nil, "check SOME_KEY; https://coingecko gives keys"),
    ("https://example.com/keys", "check SOME_KEY; https://example.com/keys gives keys"),
  ])
  func `of a key that is refused it is told where there are others`(page: String?, remedy: String) {
    let credential = Credential(header: "x-key", setting: "SOME_KEY", isRequired: true, page: page)
    let refused = ProviderChecks.Probe(
      profile: .named("coingecko", credential: credential), attempt: probe(.success(answer(401))).attempt)
    #expect(ProviderChecks.findings(of: [refused]).map(\.hint) == [remedy])
  }

  @Test func `one that cannot be reached is a warning, none at all a problem`() {
    let dead = probe(.failure(.unreachable("no route to host")))
    #expect(ProviderChecks.findings(of: [dead, probe(.success(answer(200)))]).map(\.state) == [.warning, .ok])
    #expect(ProviderChecks.findings(of: [dead, dead]).map(\.state) == [.warning, .warning, .problem])
  }

  @Test func `one without its key is not asked`() {
    let finding = ProviderChecks.findings(of: [
      probe(.failure(.keyMissing(setting: "SOME_KEY"))), probe(.success(answer(200))),
    ])
    #expect(
      finding.map(\.text) == ["not asked: it needs a key in SOME_KEY", "answers at https://api.example.com in 40 ms"])
  }

  @Test func `an answer out of a store is as old as it says`() {
    let headers = [HeaderField("date", "Fri, 19 Sep 2025 22:29:00 GMT"), HeaderField("age", "55")]
    #expect(probe(.success(answer(200, headers))).clockLead == 5)
  }

  @Test func `one that says under a good status that it was asked too often is not taken for sound`() {
    let profile = ProviderProfile(
      name: "alpha", title: "Alpha", baseURL: "https://api.example.com", homepage: "",
      politeness: Politeness(windows: [], concurrency: 1), safety: 0, probe: Request(provider: "alpha", path: "/"),
      verdict: { _ in .throttled(retryAfter: nil) })
    let sound = probe(.success(answer(200)))
    let findings = ProviderChecks.findings(of: [.init(profile: profile, attempt: sound.attempt), sound])
    #expect(findings.map(\.state) == [.warning, .ok])
    #expect(findings.first?.text == "says that it was asked too often")
  }

  @Test func `one whose ration is used up says from when on it may be asked`() {
    let findings = ProviderChecks.findings(of: [
      probe(.failure(.throttled(retryAfter: 90))), probe(.success(answer(200))),
    ])
    #expect(findings.first?.text == "not to be asked before 2025-09-19T22:31:30Z")
  }

  @Test func `each provider is asked its own question once, and told in the order of the list`() async throws {
    let transport = Scripted { request in
      request.provider == "binance" ? .success(200) : .failure(.unreachable("no route"))
    }
    let checks = ProviderChecks([.named("kraken"), .named("binance")], over: transport)
    let findings = ProviderChecks.findings(of: await checks.probes())
    #expect(findings.map(\.subject) == ["kraken", "binance"])
    #expect(findings.map(\.state) == [.warning, .ok])
    #expect(transport.asked.sorted() == ["binance/ping", "kraken/ping"])
  }

  @Test func `a probe is given less time than a run's question`() async throws {
    let transport = Scripted { .success($0.timeLimit) }
    let probes = await ProviderChecks([.named("binance")], over: transport).probes()
    #expect(probes.map { $0.answer?.status } == [6])
  }
}
