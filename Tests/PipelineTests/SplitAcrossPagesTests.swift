import Market
import Pipeline
import Providers
import Synchronization
import Testing

@testable import Store

/// A provider that tells acts apart from its bars restates all of them after a split, in more than one answer.
@Suite struct SplitAcrossPagesTests {
  private static let series = SeriesKey(
    dataset: .bar, provider: "polygon", providerSymbol: "ACME", interval: .day1)
  private let store: Store
  private let exchange = Aggregates()

  init() throws {
    store = try Store.scratch()
    try store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "ACME", name: "Acme", assetClass: .stock)], funds: [],
        series: [
          SeriesDefinition(
            key: Self.series, asset: "ACME", quoteCurrency: "USD", priority: 1, needsKey: true, basis: .splitAdjusted)
        ]),
      providers: [Polygon().profile])
  }

  private func run(at now: Instant, since: Instant? = nil) async throws -> RunReport {
    exchange.state.withLock { $0.now = now }
    var options = RunOptions()
    options.since = since
    options.skip = [.snapshot]
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [Polygon()], transport: exchange, clock: .standing(at: now), quotas: { [] }, keyed: ["polygon"],
        command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(options)
  }

  /// Prices of before in the file that are not a quarter, and that are.
  private func bases() throws -> (old: Int, new: Int) {
    let rows = try store.rows(
      "SELECT count(*) FILTER (WHERE close >= 100), count(*) FILTER (WHERE close < 100) FROM bar")
    let counts = rows[0].split(separator: "|").compactMap { Int($0) }
    return (counts[0], counts[1])
  }

  /// Eight hundred days: what a free key is told, and what lies before it, are asked for apart.
  private func fill() async throws -> Int {
    let report = try await run(at: Scene.start, since: Scene.start - 800 * 86_400)
    #expect(report.outcome == .done)
    #expect(exchange.takeAsked() == 2)
    let (old, new) = try bases()
    #expect(new == 0)
    return old
  }

  @Test func `all of them move, at once, and the record says by which factor`() async throws {
    let count = try await fill()
    exchange.state.withLock { $0.factor = 0.25 }
    let later = Scene.start + 3 * 86_400
    #expect(try await run(at: later).outcome == .done)
    // What was due, then all of it in two answers.
    #expect(exchange.takeAsked() == 3)
    let found = try bases()
    #expect(found == (0, count + 1), "\(count): \(found)")
    let rebases = try store.rows("SELECT factor, cause, rows FROM rebase ORDER BY fetch_id")
    #expect(rebases.allSatisfy { $0.hasPrefix("0.25|all prices × 0.25|") } && rebases.count == 2)
    #expect(try store.rows("SELECT count(*) FROM bar_restatement") == ["\(count)"])
    #expect(try store.rows("SELECT * FROM quality_flag") == [])
    #expect(try Rebuilt(store, providers: [Polygon()]).faults == [])
    #expect(try await run(at: later).isNothingDue)
  }

  @Test func `where one of the answers fails nothing moves, and the next run does it all`() async throws {
    let count = try await fill()
    exchange.state.withLock { state in
      state.factor = 0.25
      state.failing = 3
    }
    let later = Scene.start + 3 * 86_400
    #expect(try await run(at: later).outcome != .done)
    #expect(try bases() == (count, 0))
    #expect(try store.rows("SELECT * FROM rebase") == [])
    _ = exchange.takeAsked()
    #expect(try await run(at: later + 3600).outcome == .done)
    let found = try bases()
    #expect(found == (0, count + 1), "\(count): \(found)")
    #expect(try Rebuilt(store, providers: [Polygon()]).faults == [])
  }
}

/// Polygon's daily aggregates of one share in memory: what a price is worth may change as a whole.
private final class Aggregates: Transport {
  struct State {
    var now = Scene.start
    var factor = 1.0
    var asked = 0
    /// Which request since the last count fails.
    var failing: Int?
  }
  let state = Mutex(State())

  func takeAsked() -> Int {
    state.withLock { state in
      defer { (state.asked, state.failing) = (0, nil) }
      return state.asked
    }
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let (state, isFailing) = state.withLock { state in
      state.asked += 1
      return (state, state.asked == state.failing)
    }
    let body = Array(Self.body(for: request, state).utf8)
    return RoundTrip(
      request: request,
      attempts: [
        Attempt(
          url: "https://polygon.example\(request.target)", startedAt: state.now, elapsed: .zero, wireBytes: body.count,
          result: isFailing
            ? .failure(.unreachable("no route"))
            : .success(Answer(status: 200, headers: [], body: body, receivedAt: state.now)))
      ])
  }

  private static func body(for request: Request, _ state: State) -> String {
    let days = request.path.split(separator: "/").suffix(2).compactMap { Day(String($0)) }
    let rows = stride(from: days[0].start.epochSeconds, through: min(days[1].start, state.now).epochSeconds, by: 86_400)
      .map { Instant(epochSeconds: $0).day }.filter { Calendar.nyse.isOpen(on: $0) }
      .map { day in
        let close = (300 + Double(day.daysSinceEpoch % 17)) * state.factor
        return
          #"{"v":\#(7 / state.factor),"o":\#(close),"c":\#(close),"h":\#(close),"l":\#(close),"t":\#(day.start.epochSeconds * 1000 + 18_000_000)}"#
      }
    return
      #"{"ticker":"ACME","adjusted":true,"resultsCount":\#(rows.count),"status":"OK","results":[\#(rows.joined(separator: ","))]}"#
  }
}
