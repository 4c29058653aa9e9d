import Market
import Testing

@testable import Store

@Suite struct QuarantineTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func refusal(
    _ reason: RefusalReason = .impossibleRange, hour: Int? = 3, excerpt: String = "[3,5,4]"
  ) -> Refusal {
    Refusal(reason: reason, at: hour.map { Instant.hour($0) }, detail: "high 4 is below open 5", excerpt: excerpt)
  }

  @Test func `a refused row is kept with its reason, its words and its fetch`() throws {
    let fetch = try rig.fetch()
    let reading = Reading(series: Known.bars, facts: .bars([]), refusals: [refusal()], covers: hours(3...3))
    let counts = try rig.store.facts.store(reading, from: fetch, step: nil, at: Rig.start)
    #expect(counts == StepCounts(refused: 1))
    #expect(
      try rig.rows("SELECT at, reason, detail, excerpt, fetch_id FROM quarantine")
        == ["\(Instant.hour(3).epochSeconds)|impossible_range|high 4 is below open 5|[3,5,4]|\(fetch.rawValue)"])
  }

  @Test func `the same bad row in a later answer is the same refusal`() throws {
    try rig.store(.bars([]), of: Known.bars, refusals: [refusal()], covers: hours(3...3))
    let before = try rig.store.dump()
    let counts = try rig.store(.bars([]), of: Known.bars, refusals: [refusal()], covers: hours(3...3))
    #expect(counts == StepCounts())
    #expect(try rig.store.dump() == before)
  }

  @Test func `a bad row without a readable time is kept once too`() throws {
    for expected in [1, 0] {
      let counts = try rig.store(.bars([]), of: Known.bars, refusals: [refusal(.malformed, hour: nil)])
      #expect(counts.refused == expected)
    }
    #expect(try rig.rows("SELECT at FROM quarantine") == ["∅"])
  }

  @Test func `another reason, another time, another text or another series is another refusal`() throws {
    let refusals = [
      refusal(), refusal(.outOfBounds), refusal(hour: 4), refusal(excerpt: "[3,6,4]"),
    ]
    try rig.store(.bars([]), of: Known.bars, refusals: refusals)
    try rig.store(.bars([]), of: Known.otherBars, refusals: [refusal()])
    #expect(try rig.rows("SELECT count(*) FROM quarantine") == ["5"])
  }

  @Test func `a refused row never stops the good ones beside it`() throws {
    let counts = try rig.store(
      .bars([Bar(hour: 2), Bar(hour: 4)]), of: Known.bars, refusals: [refusal()], covers: hours(2...4))
    #expect(counts == StepCounts(new: 2, refused: 1))
  }
}
