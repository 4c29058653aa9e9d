import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds what is odd about splits and dividends that a table tells beside its bars: by how prices moved, and by what
/// adjusted closes make of them.
///
/// What the rules rest on: ten damaged series of yfinance's repair tests, of which each is found, and the 34 shares and
/// funds of Alpha Vantage with 20 years of splits, dividends and adjusted closes each, in which nothing is.
package struct ActFlags {
  /// What is odd, oldest first.
  package private(set) var found: [(openTime: Instant, rule: FlagRule, detail: String)] = []
  /// Bars that are a jump away from the one before because of a split that is told.
  package private(set) var explained: Set<Instant> = []
  private let jump: Double
  private let splits: [(index: Int, ratio: Double)]

  /// A split that prices show on another day is one within so many bars.
  private static let near = 10
  /// How far a ratio of prices may lie from that of a split, as a logarithm: what a price moves by within a day.
  private static let likeness = 0.05
  /// Money that is more than this of a price must be seen in it.
  private static let large = 0.1
  /// By at least this much of the money the price falls then.
  private static let fall = 0.6

  /// - Parameters:
  ///   - rows: oldest first.
  ///   - interval: of the bars. A week's adjusted close holds the dividends of that week, and its price more than those.
  /// - Complexity: O(n) where acts are few.
  package init(_ rows: [ToldBar], _ limits: Plausibility, interval: Interval) {
    jump = limits.jump
    splits = rows.enumerated().filter { $1.split != 1 }.map { ($0, $1.split) }
    for (index, row) in rows.enumerated().dropFirst() {
      let before = rows[index - 1]
      heed(splitOf: row, after: before, index)
      if interval.seconds <= Interval.day1.seconds { heed(moneyOf: row, after: before) }
      if let adjusted = row.adjustedClose, adjusted <= 0, before.adjustedClose.map({ $0 > 0 }) ?? true {
        add(row, .dividend, "the adjusted close is no price")
      }
    }
  }

  private mutating func add(_ row: ToldBar, _ rule: FlagRule, _ detail: String) {
    found.append((row.openTime, rule, detail))
  }

  // MARK: Splits

  /// A series as traded falls by the ratio of a split on its day, one that was restated does not move; one that was
  /// restated the wrong way rises by it.
  private mutating func heed(splitOf row: ToldBar, after before: ToldBar, _ index: Int) {
    let moved = log(before.close / row.close)
    guard row.split != 1 else {
      guard let limit = [log(1 + jump), -log(1 - jump)].min(), abs(moved) > limit,
        let other = splits.first(where: { Self.isLike(moved, $0.ratio) && abs($0.index - index) <= Self.near })
      else { return }
      return add(
        row, .split,
        "close \(row.close) after \(before.close) is a split of \(other.ratio), which is told of another day")
    }
    let ratio = log(row.split)
    if abs(moved - ratio) < abs(moved) { explained.insert(row.openTime) }
    let misfit = min(abs(moved), abs(moved - ratio))
    if abs(moved + ratio) < 2 * Self.likeness, abs(moved + ratio) * 2 < misfit {
      add(row, .split, "close \(row.close) after \(before.close): a split of \(row.split) the wrong way round")
    } else if misfit > log(1 + jump) {
      add(row, .split, "close \(row.close) after \(before.close) does not go with a split of \(row.split)")
    }
  }

  /// Whether prices moved by the ratio of a split that is larger than a price may move by itself.
  private static func isLike(_ moved: Double, _ ratio: Double) -> Bool {
    let ratio = log(ratio)
    return abs(ratio) > 4 * likeness && abs(abs(moved) - abs(ratio)) < likeness
  }

  // MARK: Money

  private mutating func heed(moneyOf row: ToldBar, after before: ToldBar) {
    let told = max(row.dividend, row.gain)
    guard told > 0 else { return }
    // In shares of this bar.
    let close = explained.contains(row.openTime) ? before.close / row.split : before.close
    let taken = Self.taken(by: row, before)
    let largest = max(told, taken ?? 0)
    if largest >= Self.large * close, close - row.close < Self.fall * largest {
      add(row, .dividend, "\(largest) a share is told or taken out, close \(row.close) after \(close)")
    } else if let taken {
      // As the methods have it, and with gains beside the dividend or in it.
      let possible = [told, row.dividend + row.gain, close * told / (row.close + told)]
      let slack = max(told / 10, close * 0.002)
      if !possible.contains(where: { abs($0 - taken) <= slack }) {
        add(row, .dividend, "\(told) a share is told, adjusted closes take out \(taken)")
      }
    } else if row.adjustedClose != nil {
      add(row, .dividend, "\(told) a share is told, adjusted closes are no prices")
    }
  }

  /// The money a share that adjusted closes take out of the close before; `nil` where they say nothing.
  private static func taken(by row: ToldBar, _ before: ToldBar) -> Double? {
    guard let adjusted = row.adjustedClose, let earlier = before.adjustedClose, adjusted > 0, earlier > 0 else {
      return nil
    }
    let factor = earlier / before.close * row.close / adjusted
    let told = max(row.dividend, row.gain)
    // Of prices as traded the split is in the factor, of restated ones it is not.
    let readings = [before.close * (1 - factor), before.close / row.split * (1 - factor * row.split)]
    return readings.min { abs($0 - told) < abs($1 - told) }
  }
}
