import Market
import Metrics
import Testing

/// Splits and dividends that are told beside prices.
@Suite struct ActFlagsTests {
  /// Days of a share, each with what is told of it.
  private struct Days {
    var rows: [ToldBar] = []

    mutating func add(
      _ close: Double, adjusted: Double? = nil, dividend: Double = 0, gain: Double = 0, split: Double = 1
    ) {
      rows.append(
        ToldBar(
          openTime: Day(daysSinceEpoch: Int32(20_000 + rows.count)).start, close: close, adjustedClose: adjusted,
          dividend: dividend, gain: gain, split: split))
    }

    func flags(_ interval: Interval = .day1) -> ActFlags {
      ActFlags(rows, Plausibility(of: .stock, interval: interval), interval: interval)
    }

    /// What is marked, each with the number of its day.
    func marks(_ interval: Interval = .day1) -> [String] {
      flags(interval).found.map { "\($0.rule) \($0.openTime.day - Day(daysSinceEpoch: 20_000))" }
    }
  }

  @Test func `a split as traded explains the fall of its day`() {
    var days = Days()
    days.add(100)
    days.add(25.5, split: 4)
    #expect(days.marks() == [])
    #expect(days.flags().explained.count == 1)
  }

  @Test func `a split for which prices were restated explains nothing and is not odd`() {
    var days = Days()
    days.add(25)
    days.add(25.5, split: 4)
    #expect(days.marks() == [])
    #expect(days.flags().explained.isEmpty)
  }

  @Test func `a split that prices show on another day is marked where they show it`() {
    var days = Days()
    days.add(20_710)
    days.add(4206)
    days.add(4161, split: 5)
    #expect(days.marks() == ["split 1"])
  }

  @Test func `a split the wrong way round is marked`() {
    var days = Days()
    days.add(537.1)
    days.add(412.1, split: 0.76)
    #expect(days.marks(.week1) == ["split 1"])
  }

  @Test func `a split that prices do not show at all is marked`() {
    var days = Days()
    days.add(100)
    days.add(50, split: 10)
    #expect(days.marks() == ["split 1"])
  }

  @Test func `a fall without a split near it is none of this`() {
    var days = Days()
    days.add(100)
    days.add(50)
    (0..<20).forEach { _ in days.add(50) }
    days.add(25, split: 2)
    #expect(days.marks() == [])
  }

  @Test func `a dividend that adjusted closes take out is not odd, by either method, split or not`() {
    var yahoo = Days()
    yahoo.add(100, adjusted: 98)
    yahoo.add(99, adjusted: 99, dividend: 2)
    #expect(yahoo.marks() == [])
    var alphaVantage = Days()
    alphaVantage.add(100, adjusted: 100 * 24 / 25 / 4)
    alphaVantage.add(24, adjusted: 24, dividend: 1, split: 4)
    #expect(alphaVantage.marks() == [])
  }

  @Test func `a dividend that adjusted closes leave in is marked`() {
    var days = Days()
    days.add(18.79, adjusted: 18.79)
    days.add(18.9, adjusted: 18.9, dividend: 0.7)
    #expect(days.marks() == ["dividend 1"])
  }

  @Test func `large money that the price does not show is marked`() {
    var days = Days()
    days.add(0.975, adjusted: 0.7578)
    days.add(0.972, adjusted: 0.972, dividend: 0.21723)
    #expect(days.marks() == ["dividend 1"])
  }

  @Test func `large money that the price shows is not odd`() {
    var days = Days()
    days.add(100, adjusted: 80)
    days.add(81, adjusted: 81, dividend: 20)
    #expect(days.marks() == [])
  }

  @Test func `gains that are taken out twice are marked`() {
    var days = Days()
    days.add(69.47, adjusted: 69.47 * (1 - 8.191 / 69.47))
    days.add(66.21, adjusted: 66.21, dividend: 4.177, gain: 4.014)
    #expect(days.marks() == ["dividend 1"])
  }

  @Test func `an adjusted close that is no price is marked once`() {
    var days = Days()
    days.add(100, adjusted: 99)
    days.add(100, adjusted: 0)
    days.add(100, adjusted: -5)
    days.add(100, adjusted: -5, dividend: 1)
    #expect(days.marks() == ["dividend 1", "dividend 3"])
  }

  @Test func `a week's adjusted close is not held against its dividends`() {
    var days = Days()
    days.add(100, adjusted: 100)
    days.add(99, adjusted: 99, dividend: 2)
    #expect(days.marks(.week1) == [])
  }
}
