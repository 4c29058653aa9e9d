import Market
import Metrics
import Testing

@Suite struct AnnualisedVolatilityTests {
  private let start = Instant(epochSeconds: 1_758_240_000)

  @Test func `prices that go up and down by the same step have the step's deviation times the root of 8760`() {
    // 168 returns of ±ln 1.01, as many up as down: mean 0, variance 168 / 167 × (ln 1.01)².
    let closes = (0...168).map { $0.isMultiple(of: 2) ? 100.0 : 101.0 }
    let expected = 0.009950330853168092 * (168.0 / 167 * 8760).squareRoot()
    #expect(isClose(annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: closes)), expected))
  }

  @Test func `a price that grows evenly has none`() {
    let closes = (0...168).map { _ in 100.0 }
    #expect(annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: closes)) == 0)
  }

  @Test(arguments: [(161, true), (160, false), (1, false), (0, false)])
  func `under 160 returns there is none`(bars: Int, isKnown: Bool) {
    let volatility = annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: wanderingCloses(bars)))
    #expect((volatility != nil) == isKnown)
  }

  @Test func `only the last 168 hours count`() {
    let closes = wanderingCloses(400)
    let all = annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: closes))
    let last = annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: closes.suffix(169)))
    #expect(all == last)
    #expect(all != annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: closes.suffix(168))))
  }

  @Test func `a missing bar takes the returns on both its sides`() {
    var bars = hourlyBars(from: start, closes: wanderingCloses(162))
    bars.remove(at: 80)
    #expect(annualisedVolatility(ofHourlyBars: bars) == nil)
  }

  @Test func `the unit of the price does not matter`() throws {
    let closes = wanderingCloses(169)
    let plain = try #require(annualisedVolatility(ofHourlyBars: hourlyBars(from: start, closes: closes)))
    let scaled = hourlyBars(from: start, closes: closes.map { $0 * 1000 })
    #expect(isClose(annualisedVolatility(ofHourlyBars: scaled), plain, within: 1e-9))
  }
}
