import Market
import Pipeline
import Providers
import Support
import Synchronization
import Testing

@testable import Store

/// A key that is not paid for is told less than there is: what lies beyond is absent, and is not asked for again and again.
@Suite struct PlanReachTests {
  private static let asTraded = SeriesKey(
    dataset: .bar, provider: "alphavantage", providerSymbol: "ACME", interval: .day1)
  private static let minutes = SeriesKey(
    dataset: .bar, provider: "alphavantage", providerSymbol: "ACME", interval: .minute5)
  private static let adjusted = SeriesKey(dataset: .bar, provider: "polygon", providerSymbol: "ACME", interval: .day1)
  private static let trades = SeriesKey(
    dataset: .barTrade, provider: "polygon", providerSymbol: "ACME", interval: .day1)
  private static let providers: [any Provider] = [AlphaVantage(), Polygon()]

  private let store: Store
  private let desk = FreeDesk()

  private func ingest(at now: Instant = Scene.start) async throws -> RunReport {
    var options = RunOptions()
    options.only = [.prices]
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: Self.providers, transport: desk.at(now), clock: .standing(at: now), quotas: { [] },
        keyed: ["alphavantage", "polygon"], command: "ingest", version: "test", processID: 1, closing: [],
        onEvent: { _ in })
    ).run(options)
  }

  init() throws { store = try Store.scratch() }

  private func register(_ series: [SeriesKey]) throws {
    try store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "ACME", name: "Acme", assetClass: .stock)], funds: [],
        series: series.map { SeriesDefinition(key: $0, asset: "ACME", quoteCurrency: "USD", priority: 1) }),
      providers: Self.providers.map(\.profile))
  }

  /// Saturday, an hour after Friday's bar became final.
  private static let night = Scene.start + 12_600

  @Test func `the newest hundred days come, and those before them are absent`() async throws {
    try register([Self.asTraded])
    #expect(try await ingest(at: Self.night).outcome == .done)
    #expect(desk.takeAsked() == ["compact", "full"])
    let first = try #require(store.catalogue.series(Self.asTraded)?.extent?.lowerBound)
    let gaps = try store.gaps.all(of: Self.asTraded)
    #expect(gaps.map(\.reason) == [.beforeListing])
    #expect(gaps.first?.span.upperBound == Market.Calendar.nyse.session(onOrBefore: first.day - 1).start)
    #expect(try await ingest(at: Self.night).isNothingDue)
    #expect(try Rebuilt(store, providers: Self.providers).faults == [])
  }

  @Test func `while a day is not final it may be among the hundred, and no more is asked for because of that`()
    async throws
  {
    try register([Self.asTraded])
    #expect(try await ingest().outcome == .done)
    #expect(desk.takeAsked() == ["compact", "full"])
    #expect(try store.gaps.all(of: Self.asTraded).map(\.reason) == [.beforeListing])
    #expect(try await ingest().isNothingDue)
  }

  @Test func `later the newest are enough; after a month what lies before them is asked for again`() async throws {
    try register([Self.asTraded])
    _ = try await ingest(at: Self.night)
    _ = desk.takeAsked()
    _ = try await ingest(at: Self.night + 3 * 86_400)
    #expect(desk.takeAsked() == ["compact"])
    _ = try await ingest(at: Self.night + 10 * 86_400)
    #expect(desk.takeAsked() == ["compact"])
    _ = try await ingest(at: Self.night + 40 * 86_400)
    #expect(desk.takeAsked() == ["full", "compact"])
  }

  @Test func `of the bars within a day the newest come, and what lies before them is absent`() async throws {
    try register([Self.minutes])
    #expect(try await ingest(at: Self.night).step(Self.minutes)?.counts.new == 100)
    // The month of the newest rows is asked for twice, since the first answer about it proves nothing.
    #expect(desk.takeAsked() == ["compact", "full 2026-02", "full 2026-03", "full 2026-03"])
    #expect(try store.gaps.all(of: Self.minutes).map(\.reason) == [.beforeListing])
    #expect(try await ingest(at: Self.night).isNothingDue)
    let monday = try await ingest(at: Self.night + 3 * 86_400)
    #expect(monday.outcome == .done)
    #expect(monday.step(Self.minutes)?.counts.new == 78)
    #expect(desk.takeAsked() == ["compact", "full 2026-03"])
    #expect(try await ingest(at: Self.night + 3 * 86_400).isNothingDue)
  }

  @Test func `two years of days come with their trades, and the day before them is absent`() async throws {
    try register([Self.adjusted, Self.trades])
    #expect(try await ingest().outcome == .done)
    #expect(desk.takeAsked() == ["2024-03-13 2024-03-13", "2024-03-14 2026-03-12"])
    let day = try #require(Instant("2024-03-13"))
    #expect(
      try store.gaps.all(of: Self.adjusted) == [Gap(span: day...day, missing: 1, reason: .beforeListing)])
    #expect(try store.rows("SELECT count(*) FROM bar") == store.rows("SELECT count(*) FROM bar_trade"))
    #expect(try await ingest().isNothingDue)
    #expect(try Rebuilt(store, providers: Self.providers).faults == [])
  }
}

/// Plays both to a key that is not paid for.
private final class FreeDesk: Sendable {
  private let asked: Mutex<[String]> = Mutex([])

  func takeAsked() -> [String] {
    asked.withLock { asked in
      defer { asked = [] }; return asked
    }
  }

  func at(_ now: Instant) -> Door { Door(desk: self, now: now) }

  struct Door: Transport {
    let desk: FreeDesk
    let now: Instant

    func roundTrip(_ request: Request) async -> RoundTrip {
      let (status, body) = request.provider == "polygon" ? polygon(request) : alphaVantage(request)
      let answer = Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: now)
      return RoundTrip(request, answered: answer)
    }

    private var sessions: [Day] {
      (0..<900).map { now.day - 899 + $0 }.filter { day in
        Market.Calendar.nyse.session(on: day).map { $0.close <= now } ?? false
      }
    }

    private func alphaVantage(_ request: Request) -> (Int, String) {
      let size = request.queryValue("outputsize") ?? ""
      desk.asked.withLock { $0.append([size, request.queryValue("month")].compactMap { $0 }.joined(separator: " ")) }
      guard size == "compact" else { return (200, #"{"Information":"This is a premium endpoint."}"#) }
      let isDaily = request.queryValue("interval") == nil
      let stamps = isDaily ? sessions.map(\.description) : sessions.suffix(3).flatMap(minutes)
      let rows = stamps.suffix(100).reversed().map {
        #""\#($0)":{"1. open":"1","2. high":"1","3. low":"1","4. close":"1","5. volume":"1"}"#
      }
      return (200, #"{"Time Series (x)":{\#(rows.joined(separator: ","))}}"#)
    }

    /// Of a session, every five.
    private func minutes(of day: Day) -> [String] {
      stride(from: 9 * 60 + 30, to: 16 * 60, by: 5).map { minute in
        let parts = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day) \(parts.joined(separator: ":")):00"
      }
    }

    private func polygon(_ request: Request) -> (Int, String) {
      let days = request.path.split(separator: "/").suffix(2).compactMap { Day(String($0)) }
      desk.asked.withLock { $0.append(days.map(\.description).joined(separator: " ")) }
      guard days.count == 2, days[0].start >= now - 730 * 86_400 else {
        return (403, #"{"status":"NOT_AUTHORIZED","message":"Your plan doesn't include this data timeframe."}"#)
      }
      let rows = sessions.filter { (days[0]...days[1]).contains($0) }.map {
        #"{"t":\#(($0.start.epochSeconds + 5 * 3600) * 1000),"o":1,"h":1,"l":1,"c":1,"v":1,"vw":1,"n":1}"#
      }
      return (200, #"{"status":"OK","ticker":"ACME","results":[\#(rows.joined(separator: ","))]}"#)
    }
  }
}
