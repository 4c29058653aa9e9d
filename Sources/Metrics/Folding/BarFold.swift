import Market

/// Makes longer bars of shorter ones, one after the other: the open of the first, the close of the last, the highest
/// high, the lowest low, and all volume.
///
/// A week begins on Monday. Four hours begin at the UTC multiples of four hours where a market never closes, else every
/// four hours from the first bar of a session; the last of a session is as long as it is. Nothing is said of bars that
/// are missing: a longer bar is made of what is there.
package struct BarFold {
  private let interval: Interval
  private let calendar: Calendar
  private var held: Bar?
  /// The day of the bar before, and when its first bar opened.
  private var session: (day: Day, first: Instant)?

  /// What is folded into bars of a length: days into weeks, hours into four; `nil` for other lengths.
  package static func parts(of interval: Interval) -> Interval? {
    switch interval {
    case .hour4: .hour1
    case .week1: .day1
    default: nil
    }
  }

  /// The same, and hours into days where a market never closes.
  package static func parts(of interval: Interval, on calendar: Calendar) -> Interval? {
    interval == .day1 && calendar == .always ? .hour1 : parts(of: interval)
  }

  /// - Parameter calendar: of the market.
  /// - Returns: `nil` for a length into which nothing is folded.
  package init?(into interval: Interval, calendar: Calendar) {
    guard BarFold.parts(of: interval, on: calendar) != nil else { return nil }
    (self.interval, self.calendar) = (interval, calendar)
  }

  /// Takes the next bar.
  ///
  /// - Parameter bar: later than those before.
  /// - Returns: the longer bar before it, once that is over.
  package mutating func add(_ bar: Bar) -> Bar? {
    let opening = opening(for: bar)
    guard let held, held.openTime == opening else {
      defer {
        self.held = Bar(
          openTime: opening, open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume)
      }
      return self.held
    }
    self.held = Bar(
      openTime: opening, open: held.open, high: max(held.high, bar.high), low: min(held.low, bar.low),
      close: bar.close, volume: held.volume + bar.volume)
    return nil
  }

  /// The last of the longer bars, when no more will come; it may not be over.
  package mutating func finish() -> Bar? {
    defer { (held, session) = (nil, nil) }
    return held
  }

  /// Where the longer bar begins to which a bar belongs.
  private mutating func opening(for bar: Bar) -> Instant {
    if interval == .week1 {
      let day = bar.openTime.day
      return (day - (day.weekday - 1)).start
    }
    if calendar.isContinuous { return bar.openTime.floored(to: interval.seconds) }
    let day = calendar.day(ofBarOpeningAt: bar.openTime)
    let first = session.flatMap { $0.day == day ? $0.first : nil } ?? bar.openTime
    session = (day, first)
    return first + (bar.openTime - first) / interval.seconds * interval.seconds
  }
}

extension Sequence where Element == Bar {
  /// The longer bars that these make; `nil` for a length into which nothing is folded.
  ///
  /// - Precondition: oldest first.
  package func folded(into interval: Interval, calendar: Calendar) -> [Bar]? {
    guard var fold = BarFold(into: interval, calendar: calendar) else { return nil }
    var bars = compactMap { fold.add($0) }
    if let last = fold.finish() { bars.append(last) }
    return bars
  }
}
