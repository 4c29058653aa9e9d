import Market
import Testing

@testable import Metrics

/// What the checks of quality compute from rows, and the list of them.
@Suite struct QualityArithmeticTests {
  private static let day = Day(daysSinceEpoch: 20_349)

  /// 24 hours that rise by one each.
  private static func hours(_ count: Int = 24) -> [Bar] {
    (0..<count).map { hour in
      let open = 100 + Double(hour)
      let time = day.start + Int64(hour) * 3600
      return Bar(openTime: time, open: open, high: open + 2, low: open - 1, close: open + 1, volume: 5)
    }
  }

  private static func day(open: Double = 100, high: Double = 125, low: Double = 99, close: Double = 124) -> Bar {
    Bar(openTime: day.start, open: open, high: high, low: low, close: close, volume: 7)
  }

  @Test func `a day that is the sum of its hours differs by nothing, whatever its volume`() {
    #expect(foldDifference(of: Self.day(), from: Self.hours()) == 0)
  }

  @Test(arguments: [
    (day(open: 101), 1.0 / 101), (day(high: 250), 0.5), (day(low: 98), 1.0 / 99), (day(close: 125), 1.0 / 125),
  ])
  func `the largest difference of any of the four prices counts`(bar: Bar, difference: Double) {
    #expect(foldDifference(of: bar, from: Self.hours()) == difference)
  }

  @Test func `a day of which an hour is missing is not compared, and hours of other days are passed over`() {
    #expect(foldDifference(of: Self.day(), from: Self.hours(23)) == nil)
    let next = Bar(openTime: Self.day.end, open: 1, high: 1, low: 1, close: 1, volume: 1)
    #expect(foldDifference(of: Self.day(), from: Self.hours() + [next]) == 0)
  }

  @Test(arguments: [(2.0, 1.0, 0.5), (-2, 2, 2), (0, 0, 0), (0, 3, 1)])
  func `numbers differ by a fraction of the larger one`(one: Double, other: Double, fraction: Double) {
    #expect(relativeDifference(one, other) == fraction)
    #expect(relativeDifference(other, one) == fraction)
  }

  @Test func `of several sources the two that lie furthest apart count, on bars that two have`() {
    func bars(_ closes: [Int: Double]) -> [Bar] {
      closes.sorted { $0.key < $1.key }.map { hour, close in
        Bar(
          openTime: Self.day.start + Int64(hour) * 3600, open: close, high: close, low: close, close: close, volume: 1)
      }
    }
    var spread = SourceSpread()
    spread.compare([bars([0: 100, 1: 100, 30: 50]), bars([0: 99, 2: 7, 30: 50]), bars([0: 98, 1: 100])])
    #expect(spread.days[Self.day] == .init(largest: 0.02, bars: 2))
    #expect(spread.days[Self.day + 1] == .init(largest: 0, bars: 1))
    spread.compare([bars([0: 1])])
    #expect(spread.days.count == 2)
  }

  @Test func `funds are held against a total that is there and whole`() {
    #expect(FundTotal.agrees(["IBIT": 10_000_000, "FBTC": -500_000, "TOTAL": 9_400_000]) == true)
    #expect(FundTotal.agrees(["IBIT": 10_000_000, "FBTC": -500_000, "TOTAL": 9_200_000]) == false)
    #expect(FundTotal.agrees(["IBIT": 10_000_000, "FBTC": nil, "TOTAL": 1]) == true, "a fund has not reported")
    #expect(FundTotal.agrees(["IBIT": 10_000_000]) == true, "nothing contradicts")
    #expect(FundTotal.agrees(["TOTAL": 10_000_000]) == nil)
    #expect(FundTotal.agrees(["A": .max, "B": .max, "TOTAL": 0]) == false)
    #expect(FundTotal.agrees(["A": .min, "TOTAL": .max]) == false)
  }

  @Test func `each check has a name of its own and says what it means`() {
    #expect(Set(QualityCheck.all.map(\.name)).count == QualityCheck.all.count)
    for check in QualityCheck.all {
      #expect(!check.meaning.isEmpty && !check.method.isEmpty && !check.next.isEmpty)
      #expect(QualityCheck.named(check.name) == check)
    }
  }

  @Test func `what the user set holds, also where that is nothing`() {
    let gates = QualityGates(["fold": 0.5, "late": nil])
    #expect(gates[.fold] == 0.5 && gates[.late] == nil && gates[.sources] == 0.005)
    #expect(gates.isSet(.late) && !gates.isSet(.sources))
  }
}
