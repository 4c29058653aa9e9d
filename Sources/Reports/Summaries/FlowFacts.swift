import Market
import Metrics
import Store

/// What the funds of one asset came to on a day and before it.
struct FlowFacts: Hashable {
  let day: Day
  let series: StoredSeries
  /// `nil` where the table has no row for the day.
  let finality: FlowFinality?
  /// Whole dollars; only of a final day.
  let totalUSD: Int64?
  /// Sum over `fiveDays`, in whole dollars.
  let fiveDayUSD: Int64?
  /// The last five final days up to the day, oldest first; empty where there are fewer.
  let fiveDays: [Day]

  /// `nil` where nothing is known up to the day.
  ///
  /// - Parameter days: judged days by day, oldest first; three weeks back hold five final ones even at year's end.
  init?(of day: Day, in days: [FlowDay], from series: StoredSeries) {
    let past = days.filter { $0.day <= day && $0.day > day - FlowFacts.reach }
    guard !past.isEmpty else { return nil }
    self.day = day
    self.series = series
    let today = past.last { $0.day == day }
    finality = today?.finality
    totalUSD = today?.totalUSD
    fiveDayUSD = fiveDayFlow(upTo: day, in: past)
    fiveDays = fiveDayUSD == nil ? [] : past.filter { $0.finality == .final }.suffix(5).map(\.day)
  }

  /// Why no fund reports on the day; `nil` where they do.
  var rest: Rest? { series.rhythm().calendar.rest(on: day) }

  /// Days before a day within which flows still say something about it.
  static let reach = 21
}
