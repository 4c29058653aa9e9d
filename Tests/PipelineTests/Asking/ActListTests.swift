import Market
import Pipeline
import Providers
import Synchronization
import Testing

@testable import Store

/// Splits and dividends of providers that list them apart from their bars are asked for symbol by symbol, once a week.
@Suite struct ActListTests {
  private let store: Store
  private let lists = Lists()
  private static let start = Scene.start
  private static let providers: [any Provider] = [AlphaVantage(), Polygon()]

  init() throws {
    store = try Store.scratch()
    let followed = [("ACME", "polygon"), ("BOLT", "polygon"), ("ACME", "alphavantage")]
    try store.catalogue.add(
      Catalogue(
        assets: ["ACME", "BOLT"].map { Asset(symbol: $0, name: $0, assetClass: .stock) }, funds: [],
        series: followed.enumerated().map { index, named in
          SeriesDefinition(
            key: Self.acts(of: named.0, at: ProviderName(named.1)), asset: named.0, quoteCurrency: "USD",
            priority: index + 1, needsKey: true)
        }),
      providers: Self.providers.map(\.profile))
  }

  private static func acts(of symbol: String, at provider: ProviderName) -> SeriesKey {
    SeriesKey(dataset: .corporateAction, provider: provider, providerSymbol: symbol, interval: .day1)
  }

  private func run(
    at now: Instant = ActListTests.start, keyed: Set<ProviderName> = ["polygon", "alphavantage"]
  ) async throws -> RunReport {
    lists.state.withLock { $0.now = now }
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: Self.providers, transport: lists, clock: .standing(at: now), quotas: { [] }, keyed: keyed,
        command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(RunOptions())
  }

  private func stored() throws -> [String] {
    try store.rows(
      "SELECT source.name, provider_symbol, day, kind, value FROM corporate_action JOIN series USING (series_id) "
        + "JOIN source USING (source_id) ORDER BY source.name, provider_symbol, day, kind")
  }

  @Test func `both lists of each share are asked for, stored, and left alone for a week`() async throws {
    let report = try await run()
    #expect(report.outcome == .done)
    #expect(lists.takeAsked().count == 6)
    #expect(
      try stored() == [
        "alphavantage|ACME|2021-11-04|split|1.046", "alphavantage|ACME|2024-05-09|dividend|1.67",
        "polygon|ACME|2020-08-31|split|4.0", "polygon|ACME|2024-05-09|dividend|0.25",
        "polygon|BOLT|2020-08-31|split|4.0", "polygon|BOLT|2024-05-09|dividend|0.25",
      ])
    #expect(try await run(at: Self.start + 6 * 86_400).isNothingDue)
    #expect(lists.takeAsked() == [])
    let again = try await run(at: Self.start + 7 * 86_400)
    #expect(again.counts.unchanged == 6)
    #expect(lists.takeAsked().count == 6)
  }

  @Test func `a share of which there is nothing to tell is answered, and not asked for each time`() async throws {
    lists.state.withLock { $0.isBare = true }
    #expect(try await run().outcome == .done)
    _ = lists.takeAsked()
    #expect(try await run(at: Self.start + 3600).isNothingDue)
    #expect(lists.takeAsked() == [])
    #expect(try stored() == [])
  }

  @Test func `where a ration ends, the rest is asked for by the next run and nothing twice`() async throws {
    lists.state.withLock { $0.left = 3 }
    let report = try await run()
    #expect(Set(report.steps.map(\.outcome)) != [.done])
    #expect(report.steps.contains { $0.detail?.hasSuffix("left for then") == true })
    let first = lists.takeAsked()
    lists.state.withLock { $0.left = 100 }
    #expect(try await run(at: Self.start + 3600).outcome == .done)
    let second = lists.takeAsked()
    #expect(first.count == 3 && second.count == 3)
    #expect(Set((first + second).map { "\($0.provider)\($0.target)" }).count == 6)
    #expect(try await run(at: Self.start + 7200).isNothingDue)
  }

  @Test func `what is left for another day is said to be left for tomorrow`() async throws {
    lists.state.withLock { ($0.left, $0.rest) = (0, 86_400) }
    let details = try await run().steps.compactMap(\.detail)
    #expect(details.count == 2 && details.allSatisfy { $0.hasSuffix("requests left for tomorrow") }, "\(details)")
  }

  @Test func `one symbol that is not known keeps no other from being asked`() async throws {
    lists.state.withLock { $0.unknown = "ACME" }
    let report = try await run()
    #expect(report.steps.first { $0.source == "polygon" }?.outcome == .partial)
    #expect(try stored().count == 2)
    #expect(try stored().allSatisfy { $0.hasPrefix("polygon|BOLT") })
  }

  @Test func `without a key nobody is asked`() async throws {
    let report = try await run(keyed: [])
    #expect(lists.takeAsked() == [])
    #expect(!report.steps.contains { $0.outcome == .failed })
  }
}

/// Two providers in memory that tell each share the same few acts.
private final class Lists: Transport {
  struct State {
    var now = Scene.start
    var asked: [Request] = []
    var isBare = false
    /// Of which there is no share.
    var unknown: String?
    /// Requests that the rations still hold.
    var left = 100
    /// Seconds until they hold some again.
    var rest: Int64 = 60
  }
  let state = Mutex(State())

  func takeAsked() -> [Request] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let result: Result<Answer, TransportError> = state.withLock { state in
      guard state.left > 0 else { return .failure(.rationed(retryAfter: state.rest)) }
      state.left -= 1
      state.asked.append(request)
      let (status, body) = Self.answer(to: request, state)
      return .success(Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: state.now))
    }
    let now = state.withLock { $0.now }
    return RoundTrip(
      request: request,
      attempts: [
        Attempt(
          url: "https://lists.example\(request.target)", startedAt: now, elapsed: .zero, wireBytes: 1, result: result)
      ])
  }

  private static func answer(to request: Request, _ state: State) -> (Int, String) {
    let symbol = request.queryValue("symbol") ?? request.queryValue("ticker") ?? ""
    let isSplits = request.queryValue("function") == "SPLITS" || request.path.hasSuffix("splits")
    if request.provider == "alphavantage" {
      if symbol == state.unknown { return (200, #"{"Error Message":"Invalid API call."}"#) }
      if state.isBare { return (200, isSplits ? "{}" : #"{"symbol":"\#(symbol)","data":[]}"#) }
      let row =
        isSplits
        ? #"{"effective_date":"2021-11-04","split_factor":"1.0460"}"#
        : #"{"ex_dividend_date":"2024-05-09","amount":"1.67"}"#
      return (200, #"{"symbol":"\#(symbol)","data":[\#(row)]}"#)
    }
    if symbol == state.unknown { return (404, #"{"status":"NOT_FOUND","message":"Ticker not found."}"#) }
    if state.isBare { return (200, #"{"status":"OK"\#(isSplits ? #","results":[]"# : #","results":null"#)}"#) }
    let row =
      isSplits
      ? #"{"execution_date":"2020-08-31","split_from":1,"split_to":4,"ticker":"\#(symbol)"}"#
      : #"{"cash_amount":0.25,"dividend_type":"CD","ex_dividend_date":"2024-05-09","ticker":"\#(symbol)"}"#
    return (200, #"{"status":"OK","results":[\#(row)]}"#)
  }
}
