import Market
import Testing

@testable import Store

/// The counters beside a series against what counting says, after any batches in any order.
@Suite struct CountersTests {
  @Test(arguments: 0..<25)
  func `counters of bars always equal what counting says`(seed: Int) throws {
    var dice = Seeded(UInt64(seed))
    let rig = try Rig()
    var model: [Int: Bar] = [:]
    for _ in 0..<12 {
      let first = Int.random(in: 0..<80, using: &dice)
      let hours = (first..<first + Int.random(in: 1...40, using: &dice)).filter { _ in
        Int.random(in: 0..<4, using: &dice) > 0
      }
      let bars = hours.map { Bar(hour: $0, close: Double(Int.random(in: 99...101, using: &dice))) }
      let new = hours.filter { model[$0] == nil }.count
      let changed = bars.filter { bar in model.values.contains { $0.openTime == bar.openTime && $0 != bar } }.count
      for (hour, bar) in zip(hours, bars) { model[hour] = bar }
      let key = Bool.random(using: &dice) ? nil : bars.first.map { $0.openTime...$0.openTime }
      let counts = try rig.store(.bars(bars), of: Known.bars, covers: key)
      #expect(counts == StepCounts(new: new, changed: changed, unchanged: bars.count - new - changed))
      try expectCounters(rig, Known.bars, "SELECT count(*), min(open_time), max(open_time) FROM bar")
    }
    let stored = try rig.store.snapshots.bars(of: rig.series(Known.bars).id, in: Instant.hour(0) ... .hour(200))
    #expect(stored == model.sorted { $0.key < $1.key }.map(\.value))
  }

  @Test(arguments: 0..<10)
  func `counters of samples, of sentiment and of flows do too`(seed: Int) throws {
    var dice = Seeded(UInt64(seed) + 1000)
    let rig = try Rig()
    for _ in 0..<10 {
      let keys = (0..<40).filter { _ in Int.random(in: 0..<5, using: &dice) == 0 }
      func value() -> Int64 { Int64.random(in: 0...1, using: &dice) }
      let points = keys.map {
        PricePoint(at: Rig.start + Int64($0 * 977), price: Double(value()), marketCap: nil, volume24h: nil)
      }
      try rig.store(.pricePoints(points), of: Known.points)
      let moods = keys.map { SentimentValue(day: .number($0), value: Double(value()), classification: "Fear") }
      try rig.store(.sentiment(moods), of: Known.mood)
      let flows = keys.flatMap { day in
        ["IBIT", "FBTC"].map { EtfFlow(day: .number(day), ticker: $0, netFlowUSD: value()) }
      }
      try rig.store(.flows(flows), of: Known.flows)
      try expectCounters(rig, Known.points, "SELECT count(*), min(at), max(at) FROM price_point")
      try expectCounters(
        rig, Known.mood, "SELECT count(*), unixepoch(min(day)), unixepoch(max(day)) FROM sentiment")
      try expectCounters(
        rig, Known.flows, "SELECT count(*), unixepoch(min(day)), unixepoch(max(day)) FROM etf_flow")
    }
  }

  private func expectCounters(_ rig: Rig, _ key: SeriesKey, _ sql: String) throws {
    let id = try rig.series(key).id.rawValue
    let kept = try rig.rows("SELECT row_count, first_time, last_time FROM series WHERE series_id = \(id)")
    #expect(try rig.rows("\(sql) WHERE series_id = \(id)") == kept)
  }
}
