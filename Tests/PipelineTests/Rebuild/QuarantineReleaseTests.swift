import Market
import Providers
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// Oil has traded below zero; an exchange's row that says so is refused at first.
@Suite struct QuarantineReleaseTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  private static let first = Instant.hour(-9)

  /// Ten hours of which the fourth closes at a price below zero, the sixth has its high below its low, and the eighth
  /// comes twice with two closes.
  private func answer() -> String {
    let rows = (0..<10).flatMap { hour -> [String] in
      let time = (QuarantineReleaseTests.first + Int64(hour) * 3600).epochSeconds * 1000
      func row(_ prices: String, _ volume: String = "5") -> String {
        "[\(time),\(prices),\"\(volume)\",\(time + 3_599_999),\"1\",1,\"1\",\"1\",\"0\"]"
      }
      switch hour {
      case 3: return [row(#""10.0","11.0","-37.6","-37.5""#)]
      case 5: return [row(#""10.0","5.0","9.0","10.0""#)]
      case 7: return [row(#""10.0","12.0","9.0","11.0""#), row(#""10.0","12.0","9.0","11.5""#)]
      default: return [row(#""10.0","11.0","9.0","10.0""#)]
      }
    }
    return "[\(rows.joined(separator: ","))]"
  }

  private func ingest(at now: Instant = Scene.start) async throws {
    scene.bourse.change { $0.faults["binance"] = .answer(status: 200, body: answer()) }
    try await scene.run(at: now) {
      $0.only = [.prices, .snapshot]
      $0.since = QuarantineReleaseTests.first
    }
  }

  private func id(_ reason: RefusalReason, _ excerpt: String = "") throws -> QuarantineID {
    try #require(
      try scene.store.judgement.quarantinedRows(reason: reason).first {
        excerpt.isEmpty || $0.excerpt.contains(excerpt)
      }
    ).id
  }

  private func release(_ id: QuarantineID) throws -> StepCounts {
    try QuarantineRelease(providers: Scene.providers, opener: Importing.opener).release(
      id, in: scene.store, at: Scene.start + 60)
  }

  @Test func `a released row is a fact with its own fetch, and no longer missing`() async throws {
    try await ingest()
    #expect(try scene.count(Scene.bars) == 7)
    #expect(try release(id(.outOfBounds)) == StepCounts(new: 1))
    #expect(
      try scene.store.rows(
        "SELECT low, close, fetch_id FROM bar WHERE series_id = 1 AND open_time = \(Instant.hour(-6).epochSeconds)")
        == ["-37.6|-37.5|1"])
    #expect(try scene.store.rows("SELECT reason, missing FROM gap ORDER BY from_time") == ["refused|1", "refused|1"])
    #expect(try scene.store.judgement.quarantinedRows().count == 3)
    #expect(try scene.store.rows("SELECT kind FROM decision") == ["quarantine.release"])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `the same row in a later answer is believed`() async throws {
    try await ingest()
    _ = try release(id(.outOfBounds))
    try await ingest(at: Scene.start + 600)
    #expect(try scene.count(Scene.bars) == 8)
    #expect(try scene.store.rows("SELECT count(*) FROM bar_restatement") == ["0"])
    #expect(try scene.store.rows("SELECT state, count(*) FROM quarantine GROUP BY state") == ["held|3", "released|1"])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `one of two rows that contradict each other can be chosen, the other then not`() async throws {
    try await ingest()
    _ = try release(id(.contradictory, "11.5"))
    #expect(
      try scene.store.rows(
        "SELECT close FROM bar WHERE series_id = 1 AND open_time = \(Instant.hour(-2).epochSeconds)") == ["11.5"])
    let other = try id(.contradictory)
    #expect(throws: DecisionError.present(other, Scene.bars, .hour(-2), FetchID(1))) { try release(other) }
    try await ingest(at: Scene.start + 600)
    #expect(
      try scene.store.rows(
        "SELECT close FROM bar WHERE series_id = 1 AND open_time = \(Instant.hour(-2).epochSeconds)") == ["11.5"])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `a row that cannot be stays refused and says why`() async throws {
    try await ingest()
    let row = try id(.impossibleRange)
    #expect(throws: DecisionError.noFact(row, reason: "high 5.0 is below 10.0, where it opened or closed")) {
      try release(row)
    }
    #expect(try scene.store.rows("SELECT count(*) FROM decision") == ["0"])
  }

  @Test func `a dropped row is listed no more, stays refused, and stays dropped`() async throws {
    try await ingest()
    let row = try id(.impossibleRange)
    try scene.store.judgement.drop([row], at: Scene.start + 60)
    #expect(try scene.store.judgement.quarantinedRows().allSatisfy { $0.id != row })
    #expect(try scene.store.judgement.quarantinedRows(states: [.dropped]).map(\.id) == [row])
    #expect(try scene.store.judgement.refusedRows(in: Instant.representable).count == 3)
    try await ingest(at: Scene.start + 600)
    #expect(try scene.store.judgement.quarantinedRows(states: [.dropped]).map(\.id) == [row])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `a decision stands, and one wrong number drops nothing`() async throws {
    try await ingest()
    let row = try id(.impossibleRange)
    #expect(throws: DecisionError.unknown(QuarantineID(99))) {
      try scene.store.judgement.drop([row, QuarantineID(99)], at: Scene.start)
    }
    #expect(try scene.store.judgement.quarantinedRows().count == 4)
    try scene.store.judgement.drop([row], at: Scene.start)
    #expect(throws: DecisionError.decided(row, .dropped)) { try release(row) }
  }

  // MARK: Other rows than bars

  private func answer(_ provider: ProviderName, _ step: StepName, _ body: String) async throws {
    scene.bourse.change { $0.faults[provider] = .answer(status: 200, body: body) }
    try await scene.run { $0.only = [step] }
  }

  private func day(_ back: Int) -> Day { Scene.start.day - back }

  @Test func `of two sentiments of one day the user can choose`() async throws {
    let entries = [(2, 40), (1, 41), (1, 59)].map { back, value in
      #"{"value":"\#(value)","value_classification":"Fear","timestamp":"\#(day(back).start.epochSeconds)"}"#
    }
    try await answer(
      "alternative.me", .sentiment, #"{"data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#)
    #expect(try release(id(.contradictory, "59")) == StepCounts(new: 1))
    #expect(try scene.store.rows("SELECT value FROM sentiment WHERE day = '\(day(1))'") == ["59.0"])
    let other = try id(.contradictory)
    #expect(throws: DecisionError.self) { try release(other) }
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `flows whose total says otherwise can be believed`() async throws {
    let friday = (1...7).map(day).first { $0.weekday == 5 } ?? day(1)
    try await answer(
      "farside", .etfFlows,
      """
      <html><body><table class="etf"><thead><tr><th>Date</th><th>IBIT</th><th>FBTC</th><th>Total</th></tr></thead>
      <tr><td>\(Bourse.State.written(friday))</td><td>10.0</td><td>(2.5)</td><td>75.0</td></tr></table></body></html>
      """)
    let row = try id(.contradictory)
    #expect(try release(row) == StepCounts(new: 2))
    #expect(
      try scene.store.rows(
        "SELECT ticker, net_flow_usd FROM etf_flow JOIN etf USING (etf_id) WHERE day = '\(friday)' ORDER BY 1")
        == ["FBTC|-2500000", "IBIT|10000000"])
    #expect(try Rebuilt(scene.store).faults == [])
  }
}
