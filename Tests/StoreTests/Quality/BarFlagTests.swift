import Market
import Testing

@testable import Metrics
@testable import Store

@Suite struct BarFlagTests {
  static let limits = Plausibility(of: .crypto, interval: .hour1)

  /// Hours that open where the last one closed, of one unit of volume unless said otherwise.
  private static func bars(_ closes: [Double], volumes: [Int: Double] = [:]) -> [Bar] {
    closes.indices.map { index in
      let (open, close) = (index == 0 ? closes[0] : closes[index - 1], closes[index])
      return Bar(
        openTime: .hour(index), open: open, high: max(open, close) * 1.001, low: min(open, close) * 0.999,
        close: close, volume: volumes[index] ?? 1)
    }
  }

  private func found(_ bars: [Bar], after previous: Bar? = nil) -> [String] {
    flags(among: bars, after: previous, BarFlagTests.limits).map { "\($0.index) \($0.rule.rawValue)" }
  }

  private static let calm = (0..<30).map { 100 + Double($0 % 7) }

  @Test func `calm hours are believed`() {
    #expect(found(BarFlagTests.bars(BarFlagTests.calm)) == [])
    #expect(found([]) == [])
  }

  @Test(arguments: [(125.1, ["1 jump"]), (124.9, []), (74.9, ["1 jump"]), (75.1, [])])
  func `a quarter within an hour is a jump`(close: Double, expected: [String]) {
    #expect(found(BarFlagTests.bars([100, close])) == expected)
  }

  @Test(arguments: [
    (AssetClass.crypto, Interval.day1, "SOL", 1.1e9, true), (.crypto, .day1, "BTC", 21_000_001, true),
    (.crypto, .day1, "DOGE", 4.9e9, false), (.crypto, .day1, "DOGE", 5.1e9, true),
    (.crypto, .hour1, "DOGE", 4.9e9, true), (.crypto, .hour1, "DOGE", 0.2e9, false),
    (.stock, .minute1, "SPY", 4.9e9, false), (.stock, .day1, "SPY", 5.1e9, true), (.index, .day1, "SPX", 5.1e12, false),
  ])
  func `more money than trades in a day, or more coins than there are, is marked`(
    assetClass: AssetClass, interval: Interval, asset: String, volume: Double, isMarked: Bool
  ) {
    let bar = Bar(openTime: .hour(0), open: 200, high: 200, low: 200, close: 200, volume: volume)
    let limits = Plausibility(of: assetClass, interval: interval, asset: asset)
    #expect(flags(among: [bar], after: nil, limits).map(\.rule) == (isMarked ? [.volume] : []))
  }

  @Test func `the stored bar before counts, unless it lies long before`() {
    let bars = BarFlagTests.bars([140, 141])
    func before(_ hours: Int) -> Bar {
      Bar(openTime: .hour(-hours), open: 100, high: 100, low: 100, close: 100, volume: 1)
    }
    #expect(found(bars, after: before(1)) == ["0 jump"])
    #expect(found(bars, after: before(25)) == ["0 jump"])
    #expect(found(bars, after: before(26)) == [])
  }

  @Test(arguments: [100.0, 0.01])
  func `a close in another unit is marked, the way back is not`(factor: Double) {
    #expect(found(BarFlagTests.bars([100, 101, 101 * factor, 102, 103])).contains("2 unit"))
    #expect(
      found(BarFlagTests.bars([100, 101, 101 * factor, 102, 103]).filter { $0.openTime != .hour(3) }) == ["2 unit"])
  }

  @Test func `a new unit that stays becomes the unit`() {
    let closes = [100.0] + Array(repeating: 10_000.0, count: 40).enumerated().map { $1 + Double($0 % 5) }
    let marks = found(BarFlagTests.bars(closes)).filter { $0.hasSuffix("unit") || $0.hasSuffix("jump") }
    #expect(marks.count == 25)
    #expect(marks.last == "25 jump")
  }

  @Test func `the same four prices six times are stale once`() {
    let same = (0..<12).map { Bar(openTime: .hour($0), open: 5, high: 6, low: 4, close: 5, volume: 1) }
    #expect(found(same) == ["5 stale"])
    #expect(found(Array(same.prefix(5))) == [])
  }

  @Test func `a stray print far outside open and close is marked`() {
    var bars = BarFlagTests.bars([100, 101, 102])
    bars[1] = Bar(openTime: .hour(1), open: 100, high: 202.1, low: 99, close: 101, volume: 1)
    bars[2] = Bar(openTime: .hour(2), open: 101, high: 103, low: 50, close: 102, volume: 1)
    #expect(found(bars) == ["1 range", "2 range"])
  }

  @Test func `a move without volume is marked, where there are volumes`() {
    #expect(found(BarFlagTests.bars([100, 101, 102], volumes: [2: 0])) == ["2 volume"])
    #expect(found(BarFlagTests.bars([100, 101, 102], volumes: [0: 0, 1: 0, 2: 0])) == [])
  }

  @Test func `a volume a thousand times the mean is marked, once a mean means something`() {
    #expect(found(BarFlagTests.bars(BarFlagTests.calm, volumes: [28: 1001])) == ["28 volume"])
    #expect(found(BarFlagTests.bars(BarFlagTests.calm, volumes: [3: 1001])) == [])
  }

  @Test func `a price below zero is no jump`() {
    let bars = [10.0, -37.5, 12].enumerated().map {
      Bar(openTime: .hour($0), open: $1, high: $1, low: $1, close: $1, volume: 1)
    }
    #expect(found(bars) == [])
  }
}

@Suite struct PlausibilityTests {
  @Test(arguments: [(AssetClass.currency, 1.09, 1.11), (.index, 1.24, 1.26), (.fund, 1.24, 1.26)])
  func `a class of assets has its own day`(assetClass: AssetClass, usual: Double, odd: Double) {
    let limits = Plausibility(of: assetClass, interval: .day1)
    func marks(_ close: Double) -> [FlagRule] {
      let bars = [1, close].enumerated().map { day, close in
        Bar(
          openTime: Day.number(day).start, open: close, high: close, low: close, close: close, volume: Double(day + 1))
      }
      return flags(among: bars, after: nil, limits).map(\.rule)
    }
    #expect(marks(usual) == [])
    #expect(marks(odd) == [.jump])
  }
}

@Suite struct BarFlagsTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func bar(_ hour: Int, _ close: Double) -> Bar {
    Bar(openTime: .hour(hour), open: close, high: close, low: close, close: close, volume: Double(hour + 1))
  }

  private func flags() throws -> [String] {
    try rig.rows("SELECT (at - \(Rig.start.epochSeconds)) / 3600, rule, fetch_id FROM quality_flag ORDER BY at, rule")
  }

  @Test func `an odd row is stored and marked with the fetch that brought it`() throws {
    try rig.store(.bars([bar(0, 100), bar(1, 160)]), of: Known.bars)
    #expect(try flags() == ["1|jump|1"])
    #expect(try rig.rows("SELECT count(*) FROM bar") == ["2"])
    try rig.store(.bars([bar(0, 100), bar(1, 160)]), of: Known.bars)
    #expect(try flags() == ["1|jump|1"])
  }

  @Test func `a mark goes with the value that it was about`() throws {
    try rig.store(.bars([bar(0, 100), bar(1, 160)]), of: Known.bars)
    try rig.store(.bars([bar(0, 100), bar(1, 101)]), of: Known.bars)
    #expect(try flags() == ["1|restated_jump|2"])
    try rig.store(.bars([bar(0, 100), bar(1, 102)]), of: Known.bars)
    #expect(try flags() == [])
  }

  @Test func `the marks of a series are counted by rows`() throws {
    try rig.store(.bars([bar(0, 100), bar(1, 160), bar(2, 300)]), of: Known.bars)
    #expect(try rig.store.judgement.flagCounts() == FlagCounts(marked: 2, refused: 0))
    #expect(try rig.store.judgement.flaggedRows(assets: ["BTC"], rule: .jump).map(\.at) == [.hour(1), .hour(2)])
    #expect(try rig.store.judgement.flaggedRows(assets: ["ETH"]).isEmpty)
  }
}
