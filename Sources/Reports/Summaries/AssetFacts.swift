import Market
import Store
import Telling

/// Everything that the summary of one asset's day may use.
struct AssetFacts {
  let day: AssetDay
  /// Whether the day was not yet over.
  let isRunning: Bool
  /// Daily closes of the complete days before this one without a hole between, newest first.
  let closesBefore: [Double]
  /// `nil` for what is no cryptocurrency, and where the file follows no index.
  let mood: Mood?
  /// `nil` where there are none.
  let flows: FlowFacts?

  var snapshot: SnapshotRow { day.snapshot }

  /// When its bars come.
  var rhythm: Rhythm { day.rhythm }

  /// The end of the last bar of the day.
  var lastClose: Instant? { day.lastBar.map(rhythm.close) }

  /// Whether the last price is that of the day's end.
  var hasClose: Bool { !isRunning && (lastClose == snapshot.day.end || day.key.interval == .day1) }

  /// Bars that should be there up to the last one of a day still running, or of the whole day.
  var barsExpected: Int {
    guard isRunning, let lastBar = day.lastBar, day.key.interval.seconds < 86_400 else { return snapshot.barsExpected }
    return rhythm.count(in: snapshot.day.start...lastBar)
  }

  var barsMissing: Int { max(0, barsExpected - snapshot.bars) }

  /// Days in a row that closed higher (positive) or lower (negative) than the one before, this one included.
  var streak: Int {
    guard hasClose, snapshot.isComplete else { return 0 }
    let closes = [snapshot.close] + closesBefore
    let directions = zip(closes, closes.dropFirst()).map { later, earlier in
      later > earlier ? 1 : later < earlier ? -1 : 0
    }
    guard let first = directions.first else { return 0 }
    return first * directions.prefix { $0 == first }.count
  }

  /// Whether the streak may be longer than the days looked at.
  var isStreakOpen: Bool { streak.magnitude == closesBefore.count }

  /// Over how many days, this one included, the close is the highest (positive) or the lowest (negative); zero where it
  /// is neither, or where fewer than a week of days is known.
  var extremeOverDays: Int {
    guard hasClose, snapshot.isComplete, closesBefore.count >= 6 else { return 0 }
    if closesBefore.allSatisfy({ $0 < snapshot.close }) { return closesBefore.count + 1 }
    if closesBefore.allSatisfy({ $0 > snapshot.close }) { return -(closesBefore.count + 1) }
    return 0
  }
}
