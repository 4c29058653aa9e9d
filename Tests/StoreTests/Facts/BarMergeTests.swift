import Market
import SQLite
import Testing

@testable import Store

@Suite struct BarMergeTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  @Test func `new bars are counted as new and stored as they came`() throws {
    let bars = (0..<40).map { Bar(hour: $0, close: 100.1 + Double($0) / 7) }
    let counts = try rig.store(.bars(bars), of: Known.bars, covers: hours(0...39))
    #expect(counts == StepCounts(new: 40))
    #expect(try rig.store.snapshots.bars(of: rig.series(Known.bars).id, in: hours(0...39)) == bars)
  }

  @Test func `the same bars again change nothing`() throws {
    let bars = (0..<40).map { Bar(hour: $0) }
    try rig.store(.bars(bars), of: Known.bars, covers: hours(0...39))
    let before = try rig.store.dump()
    let counts = try rig.store(.bars(bars), of: Known.bars, covers: hours(0...39))
    #expect(counts == StepCounts(unchanged: 40))
    #expect(try rig.store.dump() == before)
  }

  @Test func `a confirmed bar keeps the fetch that taught it`() throws {
    let first = try rig.fetch()
    let second = try rig.fetch()
    let reading = Reading(series: Known.bars, facts: .bars([Bar(hour: 0)]), covers: hours(0...0))
    _ = try rig.store.facts.store(reading, from: first, step: nil, at: Rig.start)
    _ = try rig.store.facts.store(reading, from: second, step: nil, at: Rig.start)
    #expect(try rig.rows("SELECT fetch_id FROM bar") == ["\(first.rawValue)"])
  }

  @Test(arguments: [
    Bar(openTime: .hour(1), open: 101, high: 120, low: 90, close: 110, volume: 5),
    Bar(openTime: .hour(1), open: 100, high: 121, low: 90, close: 110, volume: 5),
    Bar(openTime: .hour(1), open: 100, high: 120, low: 89, close: 110, volume: 5),
    Bar(openTime: .hour(1), open: 100, high: 120, low: 90, close: 110.00000000000001, volume: 5),
    Bar(openTime: .hour(1), open: 100, high: 120, low: 90, close: 110, volume: 6),
  ])
  func `a restatement of any column keeps the old value and both fetches`(restated: Bar) throws {
    let old = Bar(openTime: .hour(1), open: 100, high: 120, low: 90, close: 110, volume: 5)
    let first = try rig.fetch()
    let second = try rig.fetch()
    let facts = [[Bar(hour: 0), old, Bar(hour: 2)], [Bar(hour: 0), restated, Bar(hour: 2)]]
    for (fetch, bars) in zip([first, second], facts) {
      let reading = Reading(series: Known.bars, facts: .bars(bars), covers: hours(0...2))
      let counts = try rig.store.facts.store(reading, from: fetch, step: nil, at: .hour(50))
      #expect(counts == (fetch == first ? StepCounts(new: 3) : StepCounts(changed: 1, unchanged: 2)))
    }
    #expect(try rig.store.snapshots.bars(of: rig.series(Known.bars).id, in: hours(1...1)) == [restated])
    #expect(
      try rig.rows("SELECT fetch_id FROM bar ORDER BY open_time")
        == [first, second, first].map { "\($0.rawValue)" })
    #expect(
      try rig.rows(
        """
        SELECT open_time, open, high, low, close, volume, fetch_id, replaced_by_fetch_id, replaced_at
        FROM bar_restatement
        """)
        == [
          "\(Instant.hour(1).epochSeconds)|100.0|120.0|90.0|110.0|5.0|\(first.rawValue)|\(second.rawValue)|"
            + "\(Instant.hour(50).epochSeconds)"
        ])
  }

  @Test func `a bar that goes back and forth keeps every belief in order`() throws {
    for close in [100.0, 101, 100, 102] {
      try rig.store(.bars([Bar(hour: 0, close: close)]), of: Known.bars, covers: hours(0...0))
    }
    #expect(
      try rig.rows("SELECT close FROM bar_restatement ORDER BY replaced_by_fetch_id") == ["100.0", "101.0", "100.0"])
    #expect(try rig.rows("SELECT close FROM bar") == ["102.0"])
  }

  @Test func `an answer that is read again after a later one can be believed again`() throws {
    let first = try rig.fetch()
    let second = try rig.fetch()
    for (fetch, close) in [(first, 100.0), (second, 101), (first, 100), (second, 101)] {
      let reading = Reading(series: Known.bars, facts: .bars([Bar(hour: 0, close: close)]), covers: hours(0...0))
      _ = try rig.store.facts.store(reading, from: fetch, step: nil, at: Rig.start)
    }
    #expect(try rig.rows("SELECT close, fetch_id FROM bar") == ["101.0|\(second.rawValue)"])
  }

  @Test func `bars before and between the stored ones find their places`() throws {
    try rig.store(.bars([Bar(hour: 4), Bar(hour: 8)]), of: Known.bars, covers: hours(4...8))
    let counts = try rig.store(.bars((0...9).map { Bar(hour: $0) }), of: Known.bars, covers: hours(0...9))
    #expect(counts == StepCounts(new: 8, unchanged: 2))
    #expect(try rig.rows("SELECT count(*) FROM bar") == ["10"])
  }

  @Test func `two series never share a row`() throws {
    try rig.store(.bars([Bar(hour: 0, close: 100)]), of: Known.bars, covers: hours(0...0))
    let counts = try rig.store(.bars([Bar(hour: 0, close: 99)]), of: Known.otherBars, covers: hours(0...0))
    #expect(counts == StepCounts(new: 1))
    #expect(try rig.rows("SELECT close FROM bar ORDER BY series_id") == ["100.0", "99.0"])
  }

  @Test(arguments: [
    64250.1, 0.1, 1e-8, 12_345_678.123_456_78, .leastNonzeroMagnitude, 1.797_693_134_862_315_7e308,
    0.300_000_000_000_000_04,
  ])
  func `a price comes back to the last bit`(price: Double) throws {
    let bar = Bar(openTime: .hour(0), open: price, high: price, low: price, close: price, volume: price)
    try rig.store(.bars([bar]), of: Known.bars, covers: hours(0...0))
    #expect(try rig.store.snapshots.bars(of: rig.series(Known.bars).id, in: hours(0...0)) == [bar])
  }

  @Test func `a batch that breaks in its middle leaves nothing behind`() throws {
    let impossible = Bar(openTime: .hour(17), open: 5, high: 4, low: 3, close: 5, volume: 1)
    let before = try rig.store.dump()
    #expect(throws: StoreError.self) {
      try rig.store(.bars((0..<17).map { Bar(hour: $0) } + [impossible]), of: Known.bars, covers: hours(0...17))
    }
    #expect(try rig.store.dump() == before)
  }

  @Test func `facts of a series that nobody registered are refused with its name`() throws {
    let stranger = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "DOGEUSDT", interval: .hour1)
    let error = #expect(throws: StoreError.self) { try rig.store(.bars([Bar(hour: 0)]), of: stranger) }
    #expect(error.map { "\($0)".contains("DOGEUSDT") } == true)
  }

  @Test func `the counts of an answer are added to its step`() throws {
    let step = try rig.store.runs.beginStep(.prices, series: nil, of: rig.run, at: Rig.start)
    let refusal = Refusal(reason: .malformed, at: .hour(2), detail: "short", excerpt: "[1]")
    for facts in [[Bar(hour: 0)], [Bar(hour: 0, close: 7), Bar(hour: 1)], [Bar(hour: 0, close: 7)]] {
      let reading = Reading(series: Known.bars, facts: .bars(facts), refusals: [refusal], covers: hours(0...2))
      _ = try rig.store.facts.store(reading, from: rig.fetch(), step: step, at: Rig.start)
    }
    #expect(
      try rig.rows("SELECT rows_new, rows_changed, rows_unchanged, rows_refused FROM step") == ["2|1|1|1"])
  }
}
