import Foundation
import Support
import Testing

/// What all providers answer, whatever they are asked.
struct BadAnswer: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let response: LoopbackServer.Response
  /// Steps that are run. Where the appliance tries again it really waits, so that only one provider is asked.
  var steps = "prices,sentiment,etf-flows"

  init(_ name: String, _ response: LoopbackServer.Response, steps: String = "prices,sentiment,etf-flows") {
    testDescription = name
    self.response = response
    self.steps = steps
  }

  static let all = [
    BadAnswer("501", .status(501, [], "out of order")),
    BadAnswer("500-three-times", .status(500, [], "out of order"), steps: "sentiment"),
    BadAnswer("429-seconds", .tooManyRequests(retryAfter: "120")),
    BadAnswer(
      "429-date",
      .tooManyRequests(
        retryAfter: "Fri, 19 Sep 2025 23:00:00 GMT", [("Date", "Fri, 19 Sep 2025 22:30:00 GMT")])),
    BadAnswer("401", .status(401, [], "no")),
    BadAnswer("403", .status(403, [], "no")),
    BadAnswer("404", .status(404, [], "no")),
    BadAnswer("html", .html("<html><body>Welcome</body></html>")),
    BadAnswer("empty", .json("")),
    BadAnswer("other-json", .json(#"{"weather":"fine"}"#)),
    BadAnswer("half-json", .json("[[1,2")),
    BadAnswer("deep-json", .json(String(repeating: "[", count: 100_000))),
    BadAnswer("binary", .answer(200, body: [UInt8](repeating: 0xFF, count: 4096))),
    BadAnswer("cut", .cut("[[1", statedLength: 100), steps: "sentiment"),
    BadAnswer("hang-up", .hangUp, steps: "sentiment"),
    BadAnswer("endless", .endless(String(repeating: "[1,2,3],", count: 8192))),
    BadAnswer("gzip-bomb", .gzipped(LoopbackServer.gzipBomb(atLeast: 64 << 20))),
    BadAnswer("redirect-away", .redirect(to: "http://169.254.169.254/latest")),
    BadAnswer("redirect-circle", .redirect(to: "/again")),
  ]
}

@Suite(.serialized) struct FaultyProvidersTests {
  @Test(arguments: BadAnswer.all)
  func `whatever providers answer, the run says why it has no facts and keeps every answer`(
    bad: BadAnswer
  ) async throws {
    let home = try Home()
    let market = try Market { _ in bad.response }
    let end = try await Child.appliance(
      // Few enough hours for one page at each provider: of two that are asked for at once, either may come first.
      ["ingest", "--only", bad.steps, "--asset", "BTC", "--since", "5d", "--json"], home: home,
      environment: market.environment)
    try Golden.expect(
      try Self.words(end, home: home, server: market.server.url), equals: "\(bad.testDescription).txt")
    try await expectSound(home)

    // A day later, when nobody need be left alone any more.
    let good = try Market(Market.goodHours)
    let later = good.environment.merging(["APPLIANCE_NOW": "2025-09-21T22:30:00Z"]) { $1 }
    let next = try await Child.appliance(
      ["ingest", "--only", "prices", "--asset", "BTC"], home: home, environment: later)
    #expect(next.code == 0, "\(next.said)")
    #expect(try Record(home.database)?.count("bar") == 336)
  }

  @Test func `while every source is blocked, a run without a fact is no success`() async throws {
    let home = try Home()
    let market = try Market { _ in .status(451, [], "not here") }
    let arguments = ["ingest", "--only", "prices", "--asset", "BTC", "--json"]
    let first = try await Child.appliance(arguments, home: home, environment: market.environment)
    let asked = market.server.requests.count
    // The clock of a run goes on from where it is set: a slow first run would end after a second one that begins with it.
    let later = market.environment.merging(["APPLIANCE_NOW": "2025-09-19T22:40:00Z"]) { $1 }
    let second = try await Child.appliance(arguments, home: home, environment: later)
    #expect(first.code == 5, "\(first.said)")
    #expect(second.code == 5, "\(second.said)")
    #expect(market.server.requests.count == asked, "a source that is blocked here is left alone for a day")
  }

  /// Exit code, steps, and what is in the file, a line each.
  private static func words(_ end: Child.End, home: Home, server: String) throws -> String {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(end.output.utf8)) as? [String: Any])
    let steps = try #require(object["steps"] as? [[String: Any]], "\(end.said)")
    let lines = steps.filter { $0["reason"] as? String != "not_configured" }.map { step in
      let subject = ["name", "asset", "source"].compactMap { step[$0] as? String }.joined(separator: " ")
      let why = ["outcome", "reason", "detail"].compactMap { step[$0] as? String }.joined(separator: ": ")
      return "\(subject): \(why); new \(step["new"] ?? "")"
    }
    let record = try #require(try Record(home.database))
    let facts = try ["bar", "price_point", "sentiment", "etf_flow", "quarantine"].map { try record.count($0) }
    let kept = try record.count("fetch WHERE body_id IS NOT NULL")
    return
      (["exit \(end.code), \(object["outcome"] ?? "")"] + lines.sorted()
      + ["\(kept) answers kept, \(facts.reduce(0, +)) facts", ""]).joined(separator: "\n")
      .replacingOccurrences(of: server, with: "http://SERVER")
  }
}
