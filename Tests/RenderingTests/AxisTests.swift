import Market
import Testing

@testable import Rendering

@Suite struct AxisTests {
  @Test(
    arguments: [
      ([0.0, 100], ["0", "20", "40", "60", "80", "100"]),
      ([115_000, 116_200], ["115,000", "115,500", "116,000"]),
      ([0.00001, 0.000014], ["0.000010", "0.000011", "0.000012", "0.000013", "0.000014"]),
      ([-3.0, 7], ["−2", "0", "2", "4", "6"]),
      ([1_200_000_000, 1_900_000_000], ["1.2 bn", "1.4 bn", "1.6 bn", "1.8 bn"]),
      ([5.0, 5], ["4.96", "4.98", "5.00", "5.02", "5.04"]),
      ([6e11, 30], ["0", "200 bn", "400 bn", "600 bn"]),
    ] as [([Double], [String])])
  func `ticks are round and lie within the data`(values: [Double], labels: [String]) {
    let axis = ValueAxis(covering: values)
    #expect(axis.ticks.map(axis.label) == labels)
  }

  @Test(arguments: [[], [.nan], [.infinity, 1], [0], [-1e308, 1e308]] as [[Double]])
  func `an axis of odd values still has an extent and finite ticks`(values: [Double]) {
    let axis = ValueAxis(covering: values)
    #expect(axis.low < axis.high)
    #expect(axis.ticks.allSatisfy { $0.isFinite })
    #expect(axis.ticks.count < 20)
  }

  @Test func `an axis that holds zero begins there and no lower`() {
    let axis = ValueAxis(covering: [4, 9], zero: true)
    #expect(axis.low == 0)
    #expect(axis.ticks.first == 0)
    #expect(ValueAxis(covering: [-0.4, -0.1], zero: true, unit: .percent).label(-0.2) == "−20 %")
  }

  private func times(_ count: Int, every seconds: Int64, from start: String) -> [Instant] {
    guard let first = Instant(start) else { return [] }
    return (0..<count).map { first + Int64($0) * seconds }
  }

  @Test func `a day of hours is labelled every few hours`() {
    let axis = TimeAxis(times(24, every: 3600, from: "2025-09-18T00:00:00Z"), spacing: 13)
    #expect(axis.ticks.map(\.label) == ["18 Sep", "06:00", "12:00", "18:00"])
  }

  @Test func `months bear their names, and a January its year`() {
    let axis = TimeAxis(times(200, every: 86_400, from: "2024-10-15T00:00:00Z"), spacing: 1.5)
    #expect(axis.ticks.map(\.label) == ["Nov", "Dec", "2025", "Feb", "Mar", "Apr", "May"])
    #expect(axis.ticks.first?.index == 17)
  }

  @Test func `weeks begin on Mondays`() {
    let axis = TimeAxis(times(40, every: 86_400, from: "2025-09-01T00:00:00Z"), spacing: 8)
    #expect(axis.ticks.prefix(3).map(\.label) == ["1 Sep", "8 Sep", "15 Sep"])
  }

  @Test func `decades of days are labelled by years`() {
    let axis = TimeAxis(times(12_200, every: 86_400, from: "1992-01-01T00:00:00Z"), spacing: 0.025)
    #expect(axis.ticks.map(\.label).prefix(3) == ["1995", "2000", "2005"])
  }

  @Test(arguments: [0, 1, 2, 3, 7, 23, 24, 60, 365, 5000], [60, 3600, 86_400, 604_800] as [Int64])
  func `labels never collide, whatever the number of bars and their length`(count: Int, seconds: Int64) {
    let spacing = 300 / Double(max(count, 1))
    let ticks = TimeAxis(times(count, every: seconds, from: "2025-09-17T05:00:00Z"), spacing: spacing).ticks
    #expect(ticks.isEmpty == (count == 0))
    for (one, next) in zip(ticks, ticks.dropFirst()) {
      let distance = Double(next.index - one.index) * spacing
      #expect(distance > (Canvas.width(of: one.label) + Canvas.width(of: next.label)) / 2)
    }
  }
}
