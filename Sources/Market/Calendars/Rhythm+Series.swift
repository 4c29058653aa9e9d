extension Rhythm {
  /// The one place that says in which rhythm which facts come.
  ///
  /// - Parameters:
  ///   - assetClass: `nil` for an index of a whole market, and where it is not known.
  ///   - own: whose days the asset has, where these are not those of its class.
  ///   - closures: what the file has noted of its markets.
  ///   - provider: whose grid it is, where grids differ.
  ///   - safety: seconds after the close of a bar before its provider's answer may be taken as final.
  ///   - publication: of an economic series, what is known of it.
  package init(
    of dataset: Dataset, every interval: Interval, assetClass: AssetClass?, calendar own: Calendar? = nil,
    closures: Closures = .none, provider: ProviderName? = nil, safety: Int64 = Rhythm.usualSafety,
    publication: Publication? = nil
  ) {
    switch dataset {
    case .bar:
      let calendar = (own ?? Calendar(of: assetClass)).noting(closures)
      self =
        calendar.isContinuous
        ? .continuousBars(interval, provider, safety) : .sessionBars(interval, on: calendar, provider, safety)
    case .pricePoint: self = .samples(interval, safety)
    case .sentiment: self = provider == "cnn" ? .moodOfStocks(noting: closures) : .sentiment
    case .etfFlow: self = .fundFlows(on: .nyse.noting(closures))
    case .macroObservation: self = .macro(publication)
    case .themeValue: self = .themes
    case .newsItem: self = .feed
    case .eventItem: self = .weekOfEvents
    // What comes as it comes: nothing of it can be missing.
    default: self = .samples(interval, safety)
    }
  }

  /// What most providers' answers need, in seconds; also for files, of which nobody says more.
  package static let usualSafety: Int64 = 60

  /// Bars of markets that never close: due with their close and the provider's safety.
  private static func continuousBars(_ interval: Interval, _ provider: ProviderName?, _ safety: Int64) -> Rhythm {
    Rhythm(
      bars: interval, on: .always, grid: .bars(interval, provider), dueRule: .afterClose(safety),
      overlap: interval.seconds < day ? .seconds(2 * day) : .keys(10))
  }

  /// Bars of markets with sessions: days 4 h after the close.
  private static func sessionBars(
    _ interval: Interval, on calendar: Calendar, _ provider: ProviderName?, _ safety: Int64
  ) -> Rhythm {
    switch interval {
    case .week1:
      // A week has a session on some day or other.
      Rhythm(
        bars: interval, on: .always, grid: .bars(interval, nil), dueRule: .afterClose(4 * hour), overlap: .keys(10))
    case .day1:
      Rhythm(
        bars: interval, on: calendar, grid: .bars(interval, nil), dueRule: .afterClose(4 * hour), overlap: .keys(10))
    default:
      intradayBars(interval, on: calendar, provider, safety)
    }
  }

  /// Bars within sessions. They open with their market, at half past nine, or by the clock: of what can come, only the
  /// minute is certain. Two providers have a session only when it is long over.
  private static func intradayBars(
    _ interval: Interval, on calendar: Calendar, _ provider: ProviderName?, _ safety: Int64
  ) -> Rhythm {
    let firstBar = FirstBar(of: interval, on: calendar, provider)
    let isLate = firstBar != nil && provider.map(FirstBar.clockwise.contains) == true
    return Rhythm(
      bars: interval, on: calendar, grid: OpeningGrid(step: interval.seconds, raster: 60), isExact: firstBar != nil,
      firstBar: firstBar, dueRule: isLate ? .afterSession(4 * hour) : .afterClose(safety), overlap: .seconds(2 * day))
  }

  /// A first run brings 336 bars within the day of a market that never closes, thirty days of sessions, and two years of
  /// days.
  private init(
    bars interval: Interval, on calendar: Calendar, grid: OpeningGrid, isExact: Bool = true, firstBar: FirstBar? = nil,
    dueRule: DueRule, overlap: Overlap
  ) {
    self.init(
      calendar: calendar, grid: grid, isExact: isExact, firstBar: firstBar, dueRule: dueRule, lateness: 15 * 60,
      firstReach: interval.seconds >= Rhythm.day
        ? 730 * Rhythm.day - interval.seconds : calendar.isContinuous ? 335 * interval.seconds : 30 * Rhythm.day,
      overlap: overlap, doubt: Rhythm.twoWeeks, revisits: nil, comesWhole: false)
  }

  /// Sampled prices, which only stand in for bars: near the openings of their grid.
  private static func samples(_ interval: Interval, _ safety: Int64) -> Rhythm {
    Rhythm(
      calendar: .always, grid: OpeningGrid(step: interval.seconds), isExact: false, firstBar: nil,
      dueRule: .afterClose(safety), lateness: 15 * 60, firstReach: 335 * interval.seconds, overlap: .seconds(2 * day),
      doubt: twoWeeks,
      revisits: nil, comesWhole: false)
  }

  /// The index of a day is there half an hour into it, at weekends too.
  private static let sentiment = Rhythm(
    calendar: .always, grid: OpeningGrid(step: day), isExact: true, firstBar: nil, dueRule: .afterOpening(30 * 60),
    lateness: 0,
    firstReach: 29 * day, overlap: .seconds(2 * day), doubt: twoWeeks, revisits: nil, comesWhole: false)

  /// Facts of a day of which no more is said here: one a day, from its beginning.
  private static let daily = Rhythm(
    calendar: .always, grid: OpeningGrid(step: day), isExact: true, firstBar: nil, dueRule: .afterOpening(0),
    lateness: 0,
    firstReach: 29 * day, overlap: .seconds(2 * day), doubt: twoWeeks, revisits: nil, comesWhole: false)

  /// What is written on a day is counted when the day is over. The newest day may still move: it is read again with the
  /// next ones. A provider that refuses for hours is no news yet.
  private static let themes = Rhythm(
    calendar: .always, grid: OpeningGrid(step: day), isExact: true, firstBar: nil, dueRule: .afterOpening(day + hour),
    lateness: 12 * hour,
    firstReach: 29 * day, overlap: .keys(2), doubt: twoWeeks, revisits: nil, comesWhole: false)

  /// A feed tells what it likes; one that told nothing for two days is late.
  private static let feed = Rhythm(
    calendar: .always, grid: OpeningGrid(step: day), isExact: false, firstBar: nil, dueRule: .afterOpening(0),
    lateness: 2 * day,
    firstReach: 0, overlap: .seconds(0), doubt: 0, revisits: nil, comesWhole: true)

  /// The events of a week are told from its Sunday on; by noon of Monday they should be there.
  private static let weekOfEvents = Rhythm(
    calendar: .always, grid: OpeningGrid(step: 7 * day, anchor: 3 * day), isExact: false, firstBar: nil,
    dueRule: .afterOpening(0), lateness: 36 * hour, firstReach: 0, overlap: .seconds(0), doubt: 0, revisits: nil,
    comesWhole: true)

  /// Flows of a session are due at noon of the next day; funds report from about 22:30 on. Five rows of the table are
  /// read again, a weekend between them.
  private static func fundFlows(on calendar: Calendar) -> Rhythm {
    Rhythm(
      calendar: calendar, grid: OpeningGrid(step: day), isExact: true, firstBar: nil, dueRule: .afterOpening(36 * hour),
      lateness: 0, firstReach: 30 * day, overlap: .seconds(7 * day), doubt: 0,
      revisits: Revisits(from: 22 * hour + 30 * 60, every: 4 * hour), comesWhole: true)
  }

  private static let twoWeeks = 14 * day
}

extension Calendar {
  /// Whose sessions the bars of a class have: commodities are futures, indices are those of stocks. Of what nobody knows
  /// more, only the weekends are known.
  package init(of assetClass: AssetClass?) {
    switch assetClass {
    case .crypto: self = .always
    case .stock, .fund, .index: self = .nyse
    case .commodity: self = .cmes
    case .currency, nil: self = .weekdays
    }
  }
}

extension Rhythm.FirstBar {
  /// Whose hours begin at full hours and not with the market.
  fileprivate static let clockwise: Set<ProviderName> = ["alphavantage", "polygon"]

  /// `nil` where nobody knows: of longer bars, of currencies, and of hours of whoever does not say from which minute they
  /// count. Shorter ones begin alike either way, and so do those of a market that opens at a full hour.
  fileprivate init?(of interval: Interval, on calendar: Calendar, _ provider: ProviderName?) {
    guard calendar.hasHolidays, interval.seconds <= Rhythm.hour else { return nil }
    if provider.map(Self.clockwise.contains) == true {
      self = .byTheClock
    } else if provider == "yahoo" || interval.seconds < Rhythm.hour || calendar.market == .cmes {
      self = .withMarket
    } else {
      return nil
    }
  }
}

extension OpeningGrid {
  /// Weeks open on Monday; Kraken's on Thursday, as the epoch did.
  fileprivate static func bars(_ interval: Interval, _ provider: ProviderName?) -> OpeningGrid {
    let isMonday = interval == .week1 && provider != "kraken"
    return OpeningGrid(step: interval.seconds, anchor: isMonday ? Rhythm.firstMonday : 0)
  }
}

extension Rhythm {
  /// 1970-01-05T00:00:00Z
  fileprivate static let firstMonday: Int64 = 4 * day
}

extension SeriesKey {
  /// When the facts of this series come.
  ///
  /// - Parameters:
  ///   - assetClass: of its asset; `nil` where it has none.
  ///   - calendar: whose days the asset has, where these are not those of its class.
  ///   - closures: what the file has noted of its markets.
  ///   - safety: of its provider, in seconds.
  ///   - publication: of an economic series, what is known of it.
  package func rhythm(
    of assetClass: AssetClass?, calendar: Calendar? = nil, closures: Closures = .none,
    safety: Int64 = Rhythm.usualSafety, publication: Publication? = nil
  ) -> Rhythm {
    Rhythm(
      of: dataset, every: interval, assetClass: assetClass, calendar: calendar, closures: closures, provider: provider,
      safety: safety, publication: publication)
  }
}

extension ImportOrder {
  /// When the facts of the file came.
  package var rhythm: Rhythm { Rhythm(of: dataset, every: interval, assetClass: assetClass) }
}
