import Market
import Metrics
import Testing

@Suite struct ReturnTests {
  @Test func `a log return is the logarithm of the price relative`() {
    // ln 1.1 = 0.0953101798...
    #expect(isClose(logReturn(from: 100, to: 110), 0.09531017980432493))
    #expect(logReturn(from: 5, to: 5) == 0)
  }

  @Test(arguments: [(0.0, 1.0), (1, 0), (-37.63, 10), (10, -37.63), (.nan, 1), (1, .infinity)])
  func `there is no log return where a price is not positive and finite`(earlier: Double, later: Double) {
    #expect(logReturn(from: earlier, to: later) == nil)
  }

  @Test func `log returns add up`() throws {
    let parts = try #require(logReturn(from: 80, to: 100)) + #require(logReturn(from: 100, to: 70))
    #expect(isClose(logReturn(from: 80, to: 70), parts))
  }

  @Test func `the change over a day is a fraction of the earlier close`() {
    #expect(isClose(change24h(closeNow: 105, close24hEarlier: 100), 0.05))
    #expect(isClose(change24h(closeNow: 50, close24hEarlier: 100), -0.5))
  }

  @Test func `without the bar of 24 hours earlier there is no change`() {
    #expect(change24h(closeNow: 105, close24hEarlier: nil) == nil)
    #expect(change24h(closeNow: 105, close24hEarlier: 0) == nil)
  }

  @Test func `a day part returns its last close over its first open`() throws {
    let bars = hourlyBars(from: try instant("2025-09-19T08:00Z"), closes: [200, 180, 190, 250])
    #expect(dayPartReturn(of: bars) == 0.25)
    #expect(dayPartReturn(of: [Bar]()) == nil)
  }
}
