import Support
import Testing

/// Prices of now from providers on this machine.
@Suite struct QuoteTests {
  /// Binance, Coinbase and Yahoo of a Friday noon; who stands in `silent` says that it was asked too often.
  private struct Town {
    let server: LoopbackServer

    init(silent: Set<String> = []) throws {
      let day = 1_758_240_000  // 2025-09-19
      server = try LoopbackServer { request in
        if silent.contains(where: { request.path.hasPrefix("/\($0)/") }) {
          return .tooManyRequests(retryAfter: "900")
        }
        if request.path.hasPrefix("/binance/") {
          return .json(
            """
            [[\(day - 86_400)000,"4000","4900","3900","4000.5","1",0,"0",1,"0","0","0"],
            [\(day)000,"4000","4900","3900","4100.25","1",0,"0",1,"0","0","0"]]
            """)
        }
        if request.path.hasPrefix("/coinbase/") {
          return .json("[[\(day),3900,4900,4000,4101.5,1],[\(day - 86_400),3900,4900,4000,4001,1]]")
        }
        guard request.path.hasPrefix("/yahoo/v8/finance/chart/AAPL") else { return .status(404, [], "{}") }
        return .json(
          """
          {"chart":{"result":[{"meta":{"currency":"USD","symbol":"AAPL","instrumentType":"EQUITY","dataGranularity":"1d",
          "exchangeTimezoneName":"America/New_York","regularMarketPrice":245.5,"regularMarketTime":1758303005},
          "timestamp":[1758202200,1758288600],"indicators":{"quote":[{"open":[237,241],"high":[241,246],"low":[236,240],
          "close":[237.88,245.5],"volume":[1,1]}]}}],"error":null}}
          """)
      }
    }
  }

  private func appliance(
    _ words: [String], _ home: TemporaryHome, _ town: Town, output: ApplianceProcess.Output = .captured,
    more: [String: String] = [:]
  ) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path],
      environment: [
        "APPLIANCE_NOW": "2025-09-19T17:30:20Z", "APPLIANCE_BASE_URL": town.server.url, "COLUMNS": "80",
      ].merging(more) { $1 }, output: output
    ).run()
  }

  /// The clock that was set goes on while the program runs.
  private func steadied(_ text: String) -> String {
    text.replacing(/17:30:[2-5][0-9]Z/, with: "17:30:20Z").replacing(#/ [1-5][0-9] s /#, with: " 15 s ")
      .replacing(#/  [0-9] s  /#, with: "  0 s  ").replacing(/_seconds":[1-5][0-9]/, with: "_seconds\":15")
      .replacing(/_seconds":[0-9],/, with: "_seconds\":0,")
  }

  private func home(_ town: Town) async throws -> TemporaryHome {
    let record = try Record()
    let added = try await appliance(["asset", "add", "AAPL"], record.home, town)
    #expect(added.exit == 0, "\(added.talk)")
    return record.home
  }

  @Test func `prices are told with change, time, age, market and source, and nothing of them is stored`() async throws {
    let town = try Town()
    let home = try await home(town)
    let before = try SQL(home.database).rows("SELECT count(*) FROM fetch UNION ALL SELECT count(*) FROM bar")
    let ended = try await appliance(["quote", "aapl,BTC", "ETH"], home, town, output: .screen(columns: 80))
    #expect(ended.exit == 0)
    try Golden.expect(steadied(ended.output), isGolden: "screen-quote-80")
    let json = try await appliance(["quote", "AAPL", "ETH", "--json"], home, town)
    try Golden.expect(steadied(json.output), isGolden: "quote-json")
    let after = try SQL(home.database).rows("SELECT count(*) FROM fetch UNION ALL SELECT count(*) FROM bar")
    #expect(after == before)
  }

  @Test func `who is at rest is named, and the next source answers`() async throws {
    let town = try Town(silent: ["binance"])
    let home = try await home(town)
    let ended = try await appliance(["quote", "BTC"], home, town)
    #expect(ended.exit == 0)
    #expect(ended.talk.contains("BTC: Binance: "), "\(ended.talk)")
    #expect(ended.output.contains("4101.5"))
    // Its wish is kept, so that it is not asked again.
    let asked = town.server.requests.count { $0.path.hasPrefix("/binance/") }
    let again = try await appliance(["quote", "BTC"], home, town)
    #expect(again.talk.contains("Binance: not to be asked before 2025-09-19T17:45:"), "\(again.talk)")
    #expect(town.server.requests.count { $0.path.hasPrefix("/binance/") } == asked)
  }

  @Test func `where some answer the command ends with 3, where nobody does with 5`() async throws {
    let town = try Town(silent: ["yahoo"])
    let home = try await home(town)
    let some = try await appliance(["quote", "AAPL", "BTC"], home, town)
    #expect(some.exit == 3)
    #expect(some.output.contains("BTC"))
    let none = try await appliance(["quote", "AAPL", "--json"], home, town)
    #expect(none.exit == 5)
    #expect(none.output.hasPrefix(#"{"version":1,"outcome":"failed","at":"2025-09-19T17:30:"#))
    #expect(
      none.output.contains(#""troubles":[{"source":"Yahoo Finance","reason":"not to be asked before 2025-09-19T"#))
  }

  @Test func `what was asked counts on our own ration`() async throws {
    let town = try Town()
    let home = try await home(town)
    for _ in 0..<2 {
      let ended = try await appliance(["quote", "BTC"], home, town, more: ["APPLIANCE_PACE": "always"])
      #expect(ended.exit == 0, "\(ended.talk)")
    }
    let used = "SELECT used FROM quota JOIN source USING (source_id) WHERE name = 'binance'"
    #expect(try SQL(home.database).rows(used) == [["4"]])
  }

  @Test(arguments: [
    (["BTX"], "'BTX' is not followed (did you mean 'BTC'?)"),
    (["TSLA"], "'TSLA' is not followed; `appliance asset add TSLA"), ([","], "the symbols: it names nothing"),
    ([], "missing expected argument '<symbol> ...'"),
  ])
  func `what is not followed says what is`(words: [String], told: String) async throws {
    let town = try Town()
    let ended = try await appliance(["quote"] + words, try await home(town), town)
    #expect(ended.exit == 64)
    #expect(ended.talk.replacing("\n", with: " ").contains(told), "\(ended.talk)")
    #expect(town.server.requests.isEmpty)
  }

  @Test func `a demo asks nobody`() async throws {
    let town = try Town()
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    let ended = try await appliance(["quote", "BTC"], home, town)
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("this record is a demo"))
    #expect(town.server.requests.isEmpty)
  }

  @Test func `a home without a file has nothing to ask about`() async throws {
    let town = try Town()
    #expect(try await appliance(["quote", "BTC"], try TemporaryHome(), town).exit == 10)
  }

  @Test(arguments: ["quote"])
  func `its help says how to begin`(command: String) async throws {
    let ended = try await ApplianceProcess(arguments: ["help", command]).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command)")
  }
}
