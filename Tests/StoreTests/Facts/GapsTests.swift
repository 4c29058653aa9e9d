import Market
import Testing

@testable import Store

@Suite struct GapsTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func bars(_ hours: [Int]) -> Facts { .bars(hours.map { Bar(hour: $0) }) }

  private func gaps(_ key: SeriesKey = Known.bars) throws -> [String] {
    try rig.store.gaps.all(of: rig.series(key).id).map { gap in
      let first = (gap.span.lowerBound - Rig.start) / 3600
      let last = (gap.span.upperBound - Rig.start) / 3600
      return "\(first)-\(last) \(gap.reason.rawValue) \(gap.missing)"
    }
  }

  @Test func `a whole answer leaves no gap`() throws {
    try rig.store(bars([0, 1, 2]), of: Known.bars, covers: hours(0...2))
    #expect(try gaps().isEmpty)
  }

  @Test func `what an answer leaves out is proven, with the fetch that proved it`() throws {
    let fetch = try rig.fetch()
    let reading = Reading(series: Known.bars, facts: bars([0, 3, 5]), covers: hours(0...5))
    _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: Rig.start)
    #expect(try gaps() == ["1-2 provider_empty 2", "4-4 provider_empty 1"])
    #expect(try rig.rows("SELECT DISTINCT fetch_id FROM gap") == ["\(fetch.rawValue)"])
    #expect(try rig.store.gaps.all(of: rig.series(Known.bars).id).allSatisfy { $0.reason.isProven })
  }

  @Test func `what comes after the last row of an answer that reaches further is proven too`() throws {
    try rig.store(bars([0]), of: Known.bars, covers: hours(0...3))
    #expect(try gaps() == ["1-3 provider_empty 3"])
  }

  @Test func `a confirmed gap keeps its first evidence`() throws {
    let first = try rig.fetch()
    for fetch in [first, try rig.fetch()] {
      let reading = Reading(series: Known.bars, facts: bars([0, 3]), covers: hours(0...3))
      _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: Rig.start)
    }
    #expect(try rig.rows("SELECT fetch_id FROM gap") == ["\(first.rawValue)"])
  }

  @Test func `a gap that an answer fills is gone, and what is left of it stays`() throws {
    try rig.store(bars([0, 9]), of: Known.bars, covers: hours(0...9))
    try rig.store(bars([4, 5]), of: Known.bars, covers: hours(4...5))
    #expect(try gaps() == ["1-3 provider_empty 3", "6-8 provider_empty 3"])
    try rig.store(bars([1, 2, 3, 6, 7, 8]), of: Known.bars, covers: hours(1...8))
    #expect(try gaps().isEmpty)
  }

  @Test func `one gap across two pages is one gap, and stays proven`() throws {
    try rig.store(bars([0, 1]), of: Known.bars, covers: hours(0...4))
    try rig.store(bars([8, 9]), of: Known.bars, covers: hours(5...9))
    #expect(try gaps() == ["2-7 provider_empty 6"])
  }

  @Test func `of pages that arrive in the other order the later one does not speak for what lies before its first row`()
    throws
  {
    try rig.store(bars([8, 9]), of: Known.bars, covers: hours(5...9))
    try rig.store(bars([0, 1]), of: Known.bars, covers: hours(0...4))
    #expect(try gaps() == ["2-4 provider_empty 3", "5-7 not_asked 3"])
  }

  @Test(arguments: [1, 5, 9])
  func `one answer that begins late proves nothing of the time before`(first: Int) throws {
    try rig.store(bars(Array(first...10)), of: Known.bars, covers: hours(0...10))
    #expect(try gaps() == [])
    try rig.store(bars(Array(first...10)), of: Known.bars, covers: hours(0...10))
    #expect(try gaps() == [])
    try rig.store(bars([]), of: Known.bars, covers: hours(0...first - 1))
    #expect(try gaps() == ["0-\(first - 1) before_listing \(first)"])
  }

  @Test func `a row that was refused before the first one is no time before the listing`() throws {
    let refusal = Refusal(reason: .malformed, at: .hour(2), detail: "malformed", excerpt: "row")
    try rig.store(bars([5, 6]), of: Known.bars, refusals: [refusal], covers: hours(0...6))
    #expect(try gaps() == ["2-2 refused 1", "3-4 provider_empty 2"])
  }

  @Test func `an answer without any row proves nothing where rows are or may come`() throws {
    try rig.store(bars([]), of: Known.bars, covers: hours(0...4))
    #expect(try gaps().isEmpty)
    try rig.store(bars([5, 6]), of: Known.bars, covers: hours(5...6))
    try rig.store(bars([]), of: Known.bars, covers: hours(5...9))
    #expect(try gaps().isEmpty)
  }

  @Test func `an answer without any row is believed of the time before the first`() throws {
    try rig.store(bars([5, 6]), of: Known.bars, covers: hours(5...6))
    try rig.store(bars([]), of: Known.bars, covers: hours(0...4))
    #expect(try gaps() == ["0-4 before_listing 5"])
  }

  @Test func `what is concluded from several answers leaves refused rows refused`() throws {
    let refusal = Refusal(reason: .malformed, at: .hour(1), detail: "malformed", excerpt: "row")
    try rig.store(bars([3]), of: Known.bars, refusals: [refusal], covers: hours(1...3))
    try rig.store.gaps.noteAbsence(of: Known.bars, over: hours(0...2), from: try rig.fetch())
    #expect(try gaps() == ["0-0 before_listing 1", "1-1 refused 1", "2-2 before_listing 1"])
  }

  @Test func `an earlier row turns the time before the listing into a hole`() throws {
    try rig.store(bars([9]), of: Known.bars, covers: hours(9...9))
    try rig.store(bars([]), of: Known.bars, covers: hours(0...8))
    try rig.store(bars([4]), of: Known.bars, covers: hours(4...4))
    #expect(try gaps() == ["0-3 before_listing 4", "5-8 provider_empty 4"])
  }

  @Test func `a refused row is a gap of its own that names its quarantine row`() throws {
    let refusals = [2, 3].map {
      Refusal(reason: .impossibleRange, at: .hour($0), detail: "high below low", excerpt: "row \($0)")
    }
    try rig.store(bars([0, 1, 5]), of: Known.bars, refusals: refusals, covers: hours(0...5))
    #expect(try gaps() == ["2-2 refused 1", "3-3 refused 1", "4-4 provider_empty 1"])
    #expect(
      try rig.rows("SELECT excerpt FROM gap JOIN quarantine USING (quarantine_id) ORDER BY from_time")
        == ["row 2", "row 3"])
  }

  @Test func `a refused row that comes right later leaves no gap`() throws {
    let refusal = Refusal(reason: .notANumber, at: .hour(1), detail: "no number", excerpt: "x")
    try rig.store(bars([0, 2]), of: Known.bars, refusals: [refusal], covers: hours(0...2))
    try rig.store(bars([0, 1, 2]), of: Known.bars, covers: hours(0...2))
    #expect(try gaps().isEmpty)
  }

  @Test func `what lies between two stretches that were asked for was not asked`() throws {
    try rig.store(bars([0, 1]), of: Known.bars, covers: hours(0...1))
    try rig.store(bars([8, 9]), of: Known.bars, covers: hours(8...9))
    #expect(try gaps() == ["2-7 not_asked 6"])
    try rig.store(bars([5]), of: Known.bars, covers: hours(4...5))
    #expect(try gaps() == ["2-3 not_asked 2", "4-4 provider_empty 1", "6-7 not_asked 2"])
  }

  @Test func `a stretch before what is stored leaves what lies between unasked`() throws {
    try rig.store(bars([8, 9]), of: Known.bars, covers: hours(8...9))
    try rig.store(bars([0, 1]), of: Known.bars, covers: hours(0...1))
    #expect(try gaps() == ["2-7 not_asked 6"])
  }

  @Test func `an absence that was proven beyond the last row stays proven when later rows come`() throws {
    try rig.store(bars([0]), of: Known.bars, covers: hours(0...3))
    try rig.store(bars([6]), of: Known.bars, covers: hours(6...6))
    #expect(try gaps() == ["1-3 provider_empty 3", "4-5 not_asked 2"])
  }

  @Test func `a failed step leaves its mark on what it asked for in vain`() throws {
    try rig.store(bars([0, 1]), of: Known.bars, covers: hours(0...1))
    try rig.store(bars([8, 9]), of: Known.bars, covers: hours(8...9))
    let step = try rig.store.runs.beginStep(.prices, series: rig.series(Known.bars).id, of: rig.run, at: Rig.start)
    try rig.store.gaps.noteFailure(of: Known.bars, over: hours(4...20), step: step)
    #expect(try gaps() == ["2-3 not_asked 2", "4-7 failed 4"])
    #expect(try rig.rows("SELECT step_id FROM gap WHERE reason = 'failed'") == ["\(step.rawValue)"])
    #expect(GapReason.failed.isProven == false)
  }

  @Test func `a step that fails takes no proof away`() throws {
    let refusal = Refusal(reason: .notANumber, at: .hour(5), detail: "no number", excerpt: "x")
    try rig.store(bars([0, 4, 9]), of: Known.bars, refusals: [refusal], covers: hours(0...9))
    let before = try rig.rows("SELECT * FROM gap")
    let step = try rig.store.runs.beginStep(.prices, series: rig.series(Known.bars).id, of: rig.run, at: Rig.start)
    try rig.store.gaps.noteFailure(of: Known.bars, over: hours(0...9), step: step)
    #expect(try rig.rows("SELECT * FROM gap") == before)
  }

  @Test func `a step that fails beyond what is stored is late, not a gap`() throws {
    try rig.store(bars([0, 1]), of: Known.bars, covers: hours(0...1))
    let step = try rig.store.runs.beginStep(.prices, series: nil, of: rig.run, at: Rig.start)
    try rig.store.gaps.noteFailure(of: Known.bars, over: hours(2...9), step: step)
    try rig.store.gaps.noteFailure(of: Known.otherBars, over: hours(0...9), step: step)
    #expect(try gaps().isEmpty)
    #expect(try gaps(Known.otherBars).isEmpty)
  }

  @Test func `what failed and is answered later is proven or filled`() throws {
    try rig.store(bars([0, 9]), of: Known.bars, covers: hours(0...0))
    let step = try rig.store.runs.beginStep(.prices, series: nil, of: rig.run, at: Rig.start)
    try rig.store.gaps.noteFailure(of: Known.bars, over: hours(1...8), step: step)
    #expect(try gaps() == ["1-8 failed 8"])
    try rig.store(bars([3]), of: Known.bars, covers: hours(1...4))
    #expect(try gaps() == ["1-2 provider_empty 2", "4-4 provider_empty 1", "5-8 failed 4"])
  }

  @Test func `gaps of one series are no gaps of another`() throws {
    try rig.store(bars([0, 2]), of: Known.bars, covers: hours(0...2))
    #expect(try gaps(Known.otherBars).isEmpty)
    try rig.store(bars([0, 1, 2]), of: Known.otherBars, covers: hours(0...2))
    #expect(try gaps() == ["1-1 provider_empty 1"])
  }

  @Test func `only gaps that touch the stretch are returned`() throws {
    try rig.store(bars([0, 2, 4, 6]), of: Known.bars, covers: hours(0...6))
    let found = try rig.store.gaps.all(of: rig.series(Known.bars).id, in: hours(3...4))
    #expect(found.map(\.span) == [hours(3...3)])
  }

  @Test func `a fund table has no weekends, so a gap from Friday to Monday is one`() throws {
    let present = [0, 1, 2, 3, 8, 9].map { EtfFlow(day: .number($0), ticker: "IBIT", netFlowUSD: 1) }
    try rig.store(.flows(present), of: Known.flows, covers: days(0...9))
    // The tests' first day is a Monday: 4 is a Friday, 7 the Monday after.
    #expect(try gaps(Known.flows) == ["96-168 provider_empty 2"])
  }

  @Test func `a market holiday is no gap, and a gap over one is one`() throws {
    // Day 32 is Good Friday, 2026-04-03; 31 the Thursday before, 35 the Monday after.
    let present = [30, 36].map { EtfFlow(day: .number($0), ticker: "IBIT", netFlowUSD: 1) }
    try rig.store(.flows(present), of: Known.flows, covers: days(30...36))
    #expect(try gaps(Known.flows) == ["\(31 * 24)-\(35 * 24) provider_empty 2"])
    let others = [31, 35].map { EtfFlow(day: .number($0), ticker: "IBIT", netFlowUSD: 1) }
    try rig.store(.flows(others), of: Known.flows, covers: days(31...35))
    #expect(try gaps(Known.flows) == [])
  }

  @Test func `a gap over a weekend is cut at its weekdays`() throws {
    let present = [0, 10].map { EtfFlow(day: .number($0), ticker: "IBIT", netFlowUSD: 1) }
    try rig.store(.flows(present), of: Known.flows, covers: days(0...10))
    #expect(try gaps(Known.flows) == ["24-216 provider_empty 7"])
    let monday = EtfFlow(day: .number(7), ticker: "IBIT", netFlowUSD: 1)
    try rig.store(.flows([monday]), of: Known.flows, covers: days(7...7))
    #expect(try gaps(Known.flows) == ["24-96 provider_empty 4", "192-216 provider_empty 2"])
  }

  @Test func `a weekend between two stretches of a fund table is not missing`() throws {
    func flow(_ day: Int) -> Facts { .flows([EtfFlow(day: .number(day), ticker: "IBIT", netFlowUSD: 1)]) }
    try rig.store(flow(4), of: Known.flows, covers: days(4...4))
    try rig.store(flow(7), of: Known.flows, covers: days(7...7))
    #expect(try gaps(Known.flows).isEmpty)
  }

  @Test func `days of an index that were never published are proven absent`() throws {
    let values = [0, 1, 4].map { SentimentValue(day: .number($0), value: 50, classification: "Neutral") }
    try rig.store(.sentiment(values), of: Known.mood, covers: days(0...4))
    #expect(try gaps(Known.mood) == ["48-72 provider_empty 2"])
  }
}
