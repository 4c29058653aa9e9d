import Market
import Testing

@testable import Following

/// A provider of days and hours: a request a hundred days, one for splits.
private struct Paper: Provider {
  let profile: ProviderProfile
  var tellsActs = false

  func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series else { return [] }
    let request = Request(provider: profile.name, path: "/\(series.providerSymbol)")
    if series.dataset == .corporateAction { return tellsActs ? [request] : [] }
    guard series.interval == .day1 || series.interval == .hour1 else { return [] }
    let days = (want.span.upperBound - want.span.lowerBound) / 86_400
    return Array(repeating: request, count: Int(days / 100) + 1)
  }

  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading { throw .empty }
}

@Suite struct SeriesWishTests {
  private func definitions(
    _ interval: Interval, tellsActs: Bool = true, source: String = "paper"
  ) throws(NotFollowed) -> [SeriesDefinition] {
    let provider = Paper(profile: Known.profile(source, needsKey: true), tellsActs: tellsActs)
    return try SeriesWish(asset: Known.meta, provider: provider, interval: interval, symbol: "META")
      .definitions(beside: Known.platforms.series, at: Known.start)
  }

  @Test func `days come with the splits of their own source, behind what is followed already`() throws {
    let series = try definitions(.day1)
    #expect(series.map(\.key.dataset) == [.bar, .corporateAction])
    #expect(series.map(\.priority) == [2, 2])
    #expect(series.allSatisfy { $0.needsKey && $0.asset == "META" && $0.quoteCurrency == "USD" })
  }

  @Test func `hours come alone, and stand first where there are no others`() throws {
    let series = try definitions(.hour1)
    #expect(series.map(\.key.dataset) == [.bar])
    #expect(series.map(\.priority) == [1])
  }

  @Test func `a source that lists no splits is not asked for them`() throws {
    #expect(try definitions(.day1, tellsActs: false).count == 1)
  }

  @Test(arguments: [("yahoo", PriceBasis.splitAdjusted), ("polygon", .splitAdjusted), ("alphavantage", .asTraded)])
  func `the basis is that of the source`(source: String, basis: PriceBasis) throws {
    #expect(try definitions(.day1, source: source).first?.basis == basis)
  }

  @Test(arguments: [
    ("polygon", Interval.hour1, [Dataset.bar, .barTrade]), ("polygon", .day1, [.bar, .barTrade, .corporateAction]),
    ("yahoo", .day1, [.bar, .corporateAction]), ("yahoo", .hour1, [.bar]), ("paper", .hour1, [.bar]),
  ])
  func `what the answers tell beside the bars has series too`(
    source: String, interval: Interval, datasets: [Dataset]
  ) throws {
    #expect(try definitions(interval, source: source).map(\.key.dataset) == datasets)
  }

  @Test func `a coin is paid in the money of its exchange, and not of another one`() throws {
    func currency(at source: String) throws -> String? {
      let provider = Paper(profile: Known.profile(source))
      let tether = SeriesDefinition(
        key: Known.days("BTCEUR", at: "elsewhere"), asset: "BTC", quoteCurrency: "EUR", priority: 1)
      return try SeriesWish(asset: Known.btc, provider: provider, interval: .day1, symbol: "BTC")
        .definitions(beside: [tether], at: Known.start).first?.quoteCurrency
    }
    #expect(try currency(at: "yahoo") == "USD")
    let yahoo = SeriesWish(
      asset: Known.btc, provider: Paper(profile: Known.profile("yahoo")), interval: .day1, symbol: "BTC-USD")
    #expect(try yahoo.definitions(beside: [], at: Known.start).map(\.key.dataset) == [.bar])
    #expect(try currency(at: "binance") == "USDT")
    #expect(try currency(at: "elsewhere") == "EUR")
  }

  @Test func `an interval that is not served is told with those that are`() {
    let error = #expect(throws: NotFollowed.self) { try definitions(.minute5) }
    #expect(error?.description == "Paper has no bars of 5m; it has 1h, 1d")
  }

  @Test func `the cost counts the first of those that answer the same, at the pace of the provider`() {
    let providers = [Paper(profile: Known.profile("paper")), Paper(profile: Known.profile("other"))]
    let series = [
      Known.series(Known.days("META", at: "paper"), of: "META"),
      Known.series(Known.days("META", at: "other"), of: "META", priority: 2),
    ]
    let costs = AskingCost.of(
      series, classes: ["META": .stock], providers: providers, keyed: [], at: Known.start)
    // Two years of days are eight hundreds of days, of which five may be asked for in a minute.
    #expect(costs.map(\.words) == ["8 requests to Paper, 2 s apart: 1 min"])
    #expect(costs.map(\.seconds) == [60])
  }

  @Test func `who lacks his key costs nothing`() {
    let series = SeriesDefinition(
      key: Known.days("META", at: "paper"), asset: "META", quoteCurrency: "USD", priority: 1, needsKey: true)
    let provider = Paper(profile: Known.profile("paper", needsKey: true))
    #expect(AskingCost.of([series], classes: [:], providers: [provider], keyed: [], at: Known.start).isEmpty)
    #expect(AskingCost.of([series], classes: [:], providers: [provider], keyed: ["paper"], at: Known.start).count == 1)
  }
}

@Suite struct SourceLineTests {
  private func line(_ quotas: [QuotaState], needsKey: Bool = false) throws -> JSONValue {
    let store = try Known.store()
    return SourceLine(
      Known.profile("yahoo", needsKey: needsKey), try store.following.sources().first { $0.credit.name == "yahoo" },
      hasKey: false, quotas: quotas, at: Known.start
    ).json
  }

  @Test func `what is used counts in the window that is open, each by itself`() throws {
    let json = try line([
      QuotaState(provider: "yahoo", window: 60, windowStart: Known.start - 61, used: 4),
      QuotaState(provider: "yahoo", window: 86_400, windowStart: Known.start - 61, used: 7),
    ]).compact
    #expect(json.contains(#""limits":[{"limit":5,"seconds":60,"used":0,"left":5,"ends_at":null},"#))
    #expect(json.contains(#"{"limit":25,"seconds":86400,"used":7,"left":18,"ends_at":"2026-03-02T23:58:59Z"}]"#))
  }

  @Test func `a window that begins in the future is void`() throws {
    let json = try line([QuotaState(provider: "yahoo", window: 60, windowStart: Known.start + 10, used: 4)]).compact
    #expect(json.contains(#"{"limit":5,"seconds":60,"used":0,"left":5,"ends_at":null}"#))
  }

  @Test func `a source that needs a key and has none is not configured, and one at rest says until when`() throws {
    #expect(try line([], needsKey: true).compact.contains(#""state":"not_configured""#))
    let rests = QuotaState(
      provider: "yahoo", window: 60, windowStart: Known.start - 5, used: 1, notBefore: Known.start + 3600)
    #expect(try line([rests]).compact.contains(#""state":"at_rest""#))
  }
}
