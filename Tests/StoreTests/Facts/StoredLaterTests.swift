import Market
import SQLite
import Testing

@testable import Store

/// A refused row whose key a later answer stored waits for nobody.
@Suite struct StoredLaterTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func refusal(_ at: Instant, _ reason: RefusalReason = .wrongTime) -> Refusal {
    Refusal(reason: reason, at: at, detail: "it has not begun", excerpt: "row")
  }

  private func value(_ day: Int) -> Facts {
    .sentiment([SentimentValue(day: .number(day), value: 40, classification: "Fear")])
  }

  private func waiting() throws -> Int {
    let counted = try rig.store.judgement.flagCounts().refused
    #expect(try rig.store.judgement.quarantinedRows().count == counted)
    let span = Instant.hour(-1000) ... .hour(1000)
    #expect(try rig.store.judgement.refusedRows(in: span).count == counted)
    return counted
  }

  @Test func `a day that had not begun and came the day after waits no more`() throws {
    try rig.store(value(0), of: Known.mood, refusals: [refusal(Day.number(1).start)])
    #expect(try waiting() == 1)
    try rig.store(value(1), of: Known.mood)
    #expect(try waiting() == 0)
    let row = try #require(try rig.store.judgement.quarantinedRows(states: [.stored]).first)
    #expect(row.storedBy == FetchID(2))
    #expect(try rig.rows("SELECT state FROM quarantine") == ["held"])
  }

  @Test func `an hour that comes right later waits no more, its neighbours do`() throws {
    try rig.store(
      .bars([Bar(hour: 0)]), of: Known.bars,
      refusals: [refusal(.hour(1), .impossibleRange), refusal(.hour(2), .impossibleRange)])
    try rig.store(.bars([Bar(hour: 1)]), of: Known.bars)
    #expect(try waiting() == 1)
    #expect(try rig.store.judgement.quarantinedRows().map(\.at) == [.hour(2)])
  }

  @Test func `the same hour of another series changes nothing`() throws {
    try rig.store(.bars([]), of: Known.bars, refusals: [refusal(.hour(1))])
    try rig.store(.bars([Bar(hour: 1)]), of: Known.otherBars)
    #expect(try waiting() == 1)
  }

  @Test func `one fund of a day does not answer for the row of another`() throws {
    try rig.store(.flows([]), of: Known.flows, refusals: [refusal(Day.number(3).start, .contradictory)])
    try rig.store(.flows([EtfFlow(day: .number(3), ticker: "IBIT", netFlowUSD: 5)]), of: Known.flows)
    #expect(try waiting() == 1)
  }

  @Test func `a sample is found by its instant`() throws {
    try rig.store(.pricePoints([]), of: Known.points, refusals: [refusal(.hour(3), .outOfBounds)])
    let point = PricePoint(at: .hour(3), price: 5, marketCap: nil, volume24h: nil)
    try rig.store(.pricePoints([point]), of: Known.points)
    #expect(try waiting() == 0)
  }

  @Test func `a row that was there before does not answer for one that is refused later`() throws {
    try rig.store(.bars([Bar(hour: 1)]), of: Known.bars)
    try rig.store(.bars([]), of: Known.bars, refusals: [refusal(.hour(1), .impossibleRange)])
    #expect(try waiting() == 1)
  }

  @Test func `a row without a time waits for a person`() throws {
    let timeless = Refusal(reason: .malformed, at: nil, detail: "no time", excerpt: "row")
    try rig.store(.bars([]), of: Known.bars, refusals: [timeless])
    try rig.store(.bars([Bar(hour: 1)]), of: Known.bars)
    #expect(try waiting() == 1)
  }

  @Test func `it can still be dropped, and to release it names the row that is there`() throws {
    try rig.store(value(0), of: Known.mood, refusals: [refusal(Day.number(1).start)])
    try rig.store(value(1), of: Known.mood)
    let id = try #require(try rig.store.judgement.quarantinedRows(states: [.stored]).first).id
    #expect(throws: DecisionError.present(id, Known.mood, Day.number(1).start, FetchID(2))) {
      try rig.store.judgement.release(id, reading: nil, at: Rig.start)
    }
    try rig.store.judgement.drop([id], at: Rig.start)
    #expect(try rig.store.judgement.quarantinedRows(states: [.dropped]).map(\.id) == [id])
  }
}
