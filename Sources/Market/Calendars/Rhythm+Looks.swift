extension Rhythm {
  /// When a series is looked at of which nobody knows which keys there are to be: when its provider is likely to have
  /// published something.
  package struct Looks: Hashable, Sendable {
    /// Seconds of the UTC day from which on it is looked at.
    let from: Int64
    /// The days on which it is published, in order; empty: each weekday may be one.
    let days: [Day]
    /// Seconds of each weekday from which on it is looked at besides; `nil` for what is published on those days alone.
    var besides: Int64?

    /// The newest instant at which it was to be looked at; `nil` where there is none yet.
    ///
    /// What is published on a day that is known is looked for on the next weekday once more, as it may come late. A list of
    /// days that has come to its end says nothing any more.
    package func newest(at now: Instant) -> Instant? {
      let day = (now - from).day
      guard let last = days.last, last >= day else { return weekday(notAfter: day).start + from }
      let told = days.last { $0 <= day }
      let again = days.map(Self.weekday(after:)).last { $0 <= day }
      let other = besides.map { weekday(notAfter: (now - $0).day).start + $0 }
      return [told, again].compactMap { $0?.start }.map { $0 + from }.reduce(other) { max($0 ?? $1, $1) }
    }

    /// The day on or after which it is published next; `nil` where that is not known.
    package func nextDay(after day: Day) -> Day? { days.first { $0 > day } }

    private func weekday(notAfter day: Day) -> Day {
      var day = day
      while day.isWeekend { day = day - 1 }
      return day
    }

    private static func weekday(after day: Day) -> Day {
      var next = day + 1
      while next.isWeekend { next = next + 1 }
      return next
    }
  }

  /// Values of an economic series: those of a day at ten in the evening UTC, when the markets of New York are closed, all
  /// others at two, after the releases of the morning. Those of a quarter are estimated anew in between, on days that not
  /// every schedule names.
  ///
  /// - Parameter publication: `nil` where nobody knows how often values come: as of each day.
  static func macro(_ publication: Publication?) -> Rhythm {
    let frequency = publication?.frequency ?? .daily
    let isDaily = frequency == .daily
    let looks = Looks(
      from: (isDaily ? 22 : 14) * hour, days: isDaily ? [] : publication?.releases ?? [],
      besides: frequency == .quarterly ? 22 * hour : nil)
    return Rhythm(
      calendar: .always, grid: OpeningGrid(step: day), isExact: false, firstBar: nil, dueRule: .afterOpening(0),
      lateness: frequency.silence * day, firstReach: frequency.firstReach * day,
      overlap: .seconds((isDaily ? 3 : frequency.firstReach) * day), doubt: 0, revisits: nil, comesWhole: false,
      looks: looks)
  }

  /// The index of the stock market: of sessions, a quarter of an hour after the close in winter. It moves until the next
  /// session begins, so that a few days are read again.
  static func moodOfStocks(noting closures: Closures) -> Rhythm {
    Rhythm(
      calendar: .nyse.noting(closures), grid: OpeningGrid(step: day), isExact: true, firstBar: nil,
      dueRule: .afterOpening(21 * hour + 15 * 60), lateness: 3 * hour, firstReach: 29 * day, overlap: .keys(3),
      doubt: 14 * day, revisits: nil, comesWhole: false)
  }
}

extension Frequency {
  /// Days without a new value after which something is wrong: the period, the time until it is published, and some more.
  fileprivate var silence: Int64 {
    switch self {
    case .daily: 14
    case .weekly: 24
    case .monthly: 110
    case .quarterly: 230
    case .yearly: 3 * 366
    }
  }

  /// Days that a first run reaches back: two years, of yearly values a generation.
  fileprivate var firstReach: Int64 { self == .yearly ? 25 * 366 : 730 }
}
