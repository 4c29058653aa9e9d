import Market
import Testing

@testable import Store

/// The table of gaps against the naive model, for any answers and failures in any order.
@Suite struct GapPropertyTests {
  @Test(arguments: 0..<60)
  func `gaps of bars are what going through them key by key says`(seed: Int) throws {
    let table = Table(key: Known.bars, expected: Array(0..<60), length: 60) { keys in
      .bars(keys.map { Bar(hour: $0) })
    }
    try table.play(seed: seed)
  }

  @Test(arguments: 0..<40)
  func `gaps of a fund table are what going through its sessions says`(seed: Int) throws {
    let sessions = (0..<45).filter { Calendar.nyse.isOpen(on: .number($0)) }
    let table = Table(key: Known.flows, expected: sessions, length: 45) { keys in
      .flows(keys.map { EtfFlow(day: .number($0), ticker: "IBIT", netFlowUSD: nil) })
    }
    try table.play(seed: seed + 1000)
  }

  @Test(arguments: 0..<25)
  func `covers that together leave nothing out miss the same keys in any order, and prove them all from the oldest on`(
    seed: Int
  ) throws {
    var dice = Seeded(UInt64(seed) + 5000)
    let present = (0..<60).filter { _ in Int.random(in: 0..<3, using: &dice) > 0 }
    let pages = stride(from: 0, to: 60, by: 10).map { $0...$0 + 9 }
    let orders = [pages, pages.shuffled(using: &dice), pages.reversed(), pages.shuffled(using: &dice)]
    let first = Instant.hour(present.first ?? 0).epochSeconds
    let tables = try orders.map { order -> (missing: [String], reasons: [String]) in
      let rig = try Rig()
      for page in order {
        try rig.store(
          .bars(present.filter(page.contains).map { Bar(hour: $0) }), of: Known.bars, covers: hours(page))
      }
      let missing = try rig.rows(
        """
        WITH RECURSIVE key(at, last) AS (
          SELECT from_time, to_time FROM gap WHERE from_time > \(first)
          UNION ALL SELECT at + 3600, last FROM key WHERE at < last)
        SELECT at FROM key ORDER BY at
        """)
      return (missing, try rig.rows("SELECT DISTINCT reason FROM gap WHERE from_time > \(first)"))
    }
    #expect(Set(tables.map(\.missing)).count == 1)
    #expect(tables[0].reasons == ["provider_empty"])
  }
}

/// A series whose keys are counted in its own intervals from the tests' Monday.
private struct Table {
  let key: SeriesKey
  let expected: [Int]
  let length: Int
  let facts: ([Int]) -> Facts

  private func instant(_ index: Int) -> Instant { Rig.start + Int64(index) * key.interval.seconds }

  func play(seed: Int) throws {
    var dice = Seeded(UInt64(seed))
    let rig = try Rig()
    var model = GapModel(expected: expected)
    let step = try rig.store.runs.beginStep(.prices, series: nil, of: rig.run, at: Rig.start)
    for turn in 0..<14 {
      let first = Int.random(in: 0..<length, using: &dice)
      let covers = first...min(length - 1, first + Int.random(in: 0..<length / 3, using: &dice))
      let stretch = instant(covers.lowerBound)...instant(covers.upperBound)
      if Int.random(in: 0..<4, using: &dice) == 0 {
        model.failure(over: covers)
        try rig.store.gaps.noteFailure(of: key, over: stretch, step: step)
      } else {
        let rows = expected.filter { covers.contains($0) && Int.random(in: 0..<5, using: &dice) > 1 }
        let refused = expected.filter {
          covers.contains($0) && !rows.contains($0) && Int.random(in: 0..<5, using: &dice) == 0
        }
        let refusals = refused.map {
          Refusal(reason: .malformed, at: instant($0), detail: "malformed", excerpt: "row \($0)")
        }
        model.answer(rows, refused: Set(refused), covers: covers)
        try rig.store(facts(rows), of: key, refusals: refusals, covers: stretch)
      }
      let found = try rig.store.gaps.all(of: rig.series(key).id).map { gap in
        let first = (gap.span.lowerBound - Rig.start) / key.interval.seconds
        let last = (gap.span.upperBound - Rig.start) / key.interval.seconds
        return "\(first)-\(last) \(gap.reason.rawValue) \(gap.missing)"
      }
      try #require(found == model.gaps, "turn \(turn) of seed \(seed)")
      #expect(
        try rig.store.facts.keys(of: rig.series(key), in: instant(0)...instant(length)).count == model.present.count)
    }
  }
}
