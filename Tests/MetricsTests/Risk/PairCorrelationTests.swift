import Market
import Metrics
import Testing

@Suite struct PairCorrelationTests {
  private func closes(_ prices: [Double], every step: Int = 1, from first: Int = 0) -> DatedReturns {
    DatedReturns(
      prices.enumerated().map { index, price in
        DatedClose(time: (day + first + index * step).start, close: price)
      })
  }
  private let day = Day(daysSinceEpoch: 20_000)

  @Test(arguments: ["flat", "gaps", "fall"])
  func `it is that of the matrix of two, to the last bit`(name: String) throws {
    let one = Array(try GoldenSeries.bars("wander").map(\.close).prefix(60))
    let other = Array(try GoldenSeries.bars(name).map(\.close).suffix(60))
    let found = try #require(PairCorrelation(closes(one), closes(other), minimum: 30))
    let returns = zip(logReturns(ofPrices: one), logReturns(ofPrices: other)).map { [$0, $1] }
    #expect(found.value == CorrelationMatrix.plain(ofReturns: returns)?.values[0][1])
    #expect(found.observations == 59)
    #expect(PairCorrelation(closes(other), closes(one), minimum: 30) == found)
  }

  @Test func `returns lead between neighbouring days that both have`() throws {
    let every = closes([1, 5, 2, 5, 4, 5, 8, 5, 4, 5, 6])
    let second = closes([3, 6, 12, 24, 12, 18], every: 2)
    let found = try #require(PairCorrelation(every, second, minimum: 5))
    #expect(abs(found.value - 1) < 1e-12)
    #expect(found.observations == 5)
    #expect(found.last == (day + 10).start)
  }

  @Test func `a price that is not above zero takes the returns on both sides away`() {
    let one = closes([1, 2, -1, 4, 8, 4, 9])
    let other = closes([1, 3, 2, 4, 9, 5, 7])
    #expect(PairCorrelation(one, other, minimum: 1)?.observations == 4)
    #expect(PairCorrelation(one, other, minimum: 5) == nil)
  }

  @Test func `days outside of the span count for nothing`() throws {
    let prices: [Double] = [9, 1, 2, 4, 3, 5, 8]
    let others: [Double] = [2, 7, 3, 5, 4, 9, 1]
    let found = PairCorrelation(closes(prices), closes(others), in: (day + 2).start...(day + 5).start, minimum: 3)
    let within = PairCorrelation(
      closes(Array(prices[2...5])), closes(Array(others[2...5])), minimum: 3)
    #expect(try #require(found).value == within?.value)
    #expect(found?.observations == 3)
    #expect(found?.last == (day + 5).start)
  }

  @Test func `without movement or common days there is none`() {
    let one = closes([1, 2, 3, 4])
    #expect(PairCorrelation(one, closes([7, 7, 7, 7]), minimum: 1) == nil)
    #expect(PairCorrelation(one, closes([1, 2, 3], from: 10), minimum: 0) == nil)
    #expect(PairCorrelation(one, closes([]), minimum: 0) == nil)
  }
}
