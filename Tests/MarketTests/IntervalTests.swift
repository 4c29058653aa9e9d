import Market
import Testing

@Suite struct IntervalTests {
  @Test(arguments: [
    ("5m", Interval.minute5), ("5min", .minute5), ("5-min", .minute5), ("60min", .hour1), ("60m", .hour1),
    ("minute", .minute1), ("1minute", .minute1), ("hour", .hour1), ("Hourly", .hour1), ("4hours", .hour4),
    ("240min", .hour4), ("day", .day1), ("DAILY", .day1), ("1d", .day1), ("24h", .day1), ("7d", .week1),
    ("week", .week1), ("1w", .week1),
  ])
  func `words for a length are understood`(text: String, interval: Interval) {
    #expect(Interval(spoken: text) == interval)
  }

  @Test(arguments: ["", "m", "d", "7m", "1M", "month", "0h", "-5m", "5 5m", "99999999999999999999m", "5", "hourr"])
  func `what is no length of a bar is nothing`(text: String) {
    #expect(Interval(spoken: text) == nil)
  }

  @Test(arguments: Interval.allCases)
  func `what is written is read back`(interval: Interval) {
    #expect(Interval(spoken: interval.description) == interval)
  }
}
