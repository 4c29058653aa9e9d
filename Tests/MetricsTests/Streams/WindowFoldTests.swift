import Market
import Testing

@testable import Metrics

@Suite struct WindowFoldTests {
  @Test(arguments: [1, 2, 3, 7, 20])
  func `each window holds exactly the last elements`(length: Int) {
    var fold = WindowFold<SumPair>(length)
    for index in 0..<100 {
      // Whole numbers: sums and sums of squares are exact in any order.
      let sums = fold.take(SumPair(Double(index), Double(index * index)))
      let window = max(0, index - length + 1)...index
      #expect((sums == nil) == (index + 1 < length))
      #expect(sums.map { $0.first == Double(window.reduce(0, +)) } ?? true)
      #expect(sums.map { $0.second == Double(window.reduce(0) { $0 + $1 * $1 }) } ?? true)
    }
  }

  @Test(arguments: [1, 2, 7, 20])
  func `elements in a row, in stretches and with some passed over, give the same bits as one at a time`(length: Int) {
    let prices = (0..<200).map { $0 % 11 == 3 ? nil : 1 / Double($0 + 1) }
    var single = WindowFold<Sum>(length)
    let expected = prices.map { $0.flatMap { single.take(Sum($0))?.value.bitPattern } }
    for stretch in [1, 3, 20, 33, 200] {
      var fold = WindowFold<Sum>(length)
      var found: [UInt64?] = []
      for start in stride(from: 0, to: prices.count, by: stretch) {
        let some = prices[start..<min(start + stretch, prices.count)]
        fold.take(some.count) {
          some[start + $0].map(Sum.init)
        } receive: { index, sum in
          #expect(start + index == found.count)
          found.append(sum?.value.bitPattern)
        }
      }
      #expect(found == expected)
    }
  }

  @Test func `nothing is left of high prices once they have left the window`() {
    var (sum, moments) = (WindowFold<Sum>(20), WindowFold<Moments>(20))
    var last: (sum: Double?, deviation: Double?) = (nil, nil)
    for index in 0..<100_000 {
      let price = index < 99_900 ? 6e11 * (1 + Double(index % 997) / 1000) : 30 + Double(index % 2)
      last = (sum.take(Sum(price))?.value, moments.take(Moments(price))?.populationDeviation)
    }
    #expect(last.sum == 610)
    #expect(isClose(last.deviation, 0.5, within: 1e-14))
  }

  @Test func `the joined moments of numbers that are all the same have no spread`() {
    var fold = WindowFold<JointMoments>(14)
    let all = (0..<50).compactMap { _ in fold.take(JointMoments(0.1, 1e15 / 3)) }
    #expect(all.count == 37)
    #expect(all.allSatisfy { $0.squaresX == 0 && $0.squaresY == 0 && $0.products == 0 && $0.meanX == 0.1 })
  }

  @Test func `a running sum forgets nothing of what it rounds off`() {
    var (sum, plain) = (RunningSum(), 0.0)
    for value in [1e16, 1, 1, 1, -1e16] {
      sum.add(value)
      plain += value
    }
    #expect(sum.value == 3)
    #expect(plain != 3)
  }

  @Test func `of equal extremes the last one counts`() {
    var fold = WindowFold<PlacedExtremes>(4)
    let found = [5, 7, 7, 3, 3, 6].enumerated().map { index, price in
      fold.take(PlacedExtremes(high: price, low: price, at: index))
    }
    #expect(found[3].map { [$0.highestAt, $0.lowestAt] } == [2, 3])
    #expect(found[5].map { [$0.highestAt, $0.lowestAt] } == [2, 4])
  }
}
