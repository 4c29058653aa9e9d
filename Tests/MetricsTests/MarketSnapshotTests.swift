import Market
import Metrics
import Testing

@Suite struct MarketSnapshotTests {
  private func snapshots(_ bars: [Bar], _ first: String, _ last: String, now: String) throws -> [MarketSnapshot] {
    try marketSnapshots(ofHourlyBars: bars, days: day(first)...day(last), now: instant(now))
  }

  @Test func `a whole day is summed up from its bars`() throws {
    let closes = wanderingCloses(9 * 24)
    let bars = hourlyBars(from: try instant("2025-09-11"), closes: closes)
    let snapshot = try #require(try snapshots(bars, "2025-09-19", "2025-09-19", now: "2025-09-20T00:00Z").first)
    let today = bars.suffix(24)
    #expect(snapshot.open == today.first?.open)
    #expect(snapshot.close == closes.last)
    #expect(snapshot.high == today.map(\.high).max())
    #expect(snapshot.low == today.map(\.low).min())
    #expect(snapshot.volume == 48)
    #expect(snapshot.change24h == change24h(closeNow: closes[215], close24hEarlier: closes[191]))
    #expect(snapshot.volatility7d == annualisedVolatility(ofHourlyBars: bars))
    #expect(isClose(snapshot.asiaReturn, closes[199] / closes[191] - 1))
    #expect(isClose(snapshot.europeReturn, closes[207] / closes[199] - 1))
    #expect(isClose(snapshot.usReturn, closes[215] / closes[207] - 1))
    #expect(snapshot.bars == 24)
    #expect(snapshot.barsExpected == 24)
    #expect(snapshot.isComplete)
  }

  @Test func `a running day is not complete and knows only the parts that began`() throws {
    let bars = hourlyBars(from: try instant("2025-09-19"), closes: wanderingCloses(10))
    let snapshot = try #require(try snapshots(bars, "2025-09-19", "2025-09-19", now: "2025-09-19T10:00Z").first)
    #expect(snapshot.bars == 10)
    #expect(!snapshot.isComplete)
    #expect(snapshot.asiaReturn != nil)
    #expect(snapshot.europeReturn != nil)
    #expect(snapshot.usReturn == nil)
    #expect(snapshot.change24h == nil)
    #expect(snapshot.volatility7d == nil)
  }

  @Test func `a full day is complete only when it is over`() throws {
    let bars = hourlyBars(from: try instant("2025-09-19"), closes: wanderingCloses(24))
    let before = try snapshots(bars, "2025-09-19", "2025-09-19", now: "2025-09-19T23:59:59Z")
    #expect(before.map(\.isComplete) == [false])
    let after = try snapshots(bars, "2025-09-19", "2025-09-19", now: "2025-09-20T00:00Z")
    #expect(after.map(\.isComplete) == [true])
  }

  @Test func `a past day with a hole is not complete`() throws {
    var bars = hourlyBars(from: try instant("2025-09-19"), closes: wanderingCloses(24))
    bars.remove(at: 5)
    let past = try snapshots(bars, "2025-09-19", "2025-09-19", now: "2025-09-25")
    #expect(past.map(\.isComplete) == [false])
    #expect(past.map(\.bars) == [23])
  }

  @Test func `the change compares with the bar exactly a day earlier, not with a neighbour`() throws {
    var bars = hourlyBars(from: try instant("2025-09-18"), closes: wanderingCloses(48))
    bars.remove(at: 23)
    #expect(try snapshots(bars, "2025-09-19", "2025-09-19", now: "2025-09-20").map(\.change24h) == [nil])
  }

  @Test func `days without bars have no snapshot, and days outside are left out`() throws {
    let first = hourlyBars(from: try instant("2025-09-10"), closes: wanderingCloses(30))
    let later = hourlyBars(from: try instant("2025-09-15T05:00Z"), closes: wanderingCloses(60))
    let days = try snapshots(first + later, "2025-09-11", "2025-09-16", now: "2025-10-01").map(\.day.description)
    #expect(days == ["2025-09-11", "2025-09-15", "2025-09-16"])
  }

  @Test func `no bars, no snapshots`() throws {
    #expect(try snapshots([], "2025-09-11", "2025-09-16", now: "2025-10-01").isEmpty)
  }

  @Test func `many days in one pass equal each day alone`() throws {
    var bars = hourlyBars(from: try instant("2025-01-01"), closes: wanderingCloses(40 * 24))
    bars.removeAll { $0.openTime.epochSeconds / 3600 % 101 == 0 }
    let range = try day("2025-01-09")...day("2025-02-09")
    let now = try instant("2025-03-01")
    let together = marketSnapshots(ofHourlyBars: bars, days: range, now: now)
    let alone = range.flatMap { day in
      marketSnapshots(
        ofHourlyBars: bars.filter { $0.openTime >= (day - snapshotLeadDays).start && $0.openTime < day.end },
        days: day...day, now: now)
    }
    #expect(together == alone)
    #expect(together.count == 32)
    #expect(together.contains { $0.volatility7d != nil })
  }
}
