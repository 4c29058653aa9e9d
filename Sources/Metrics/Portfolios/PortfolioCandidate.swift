import Market

/// An asset that could be part of a portfolio, by what its daily bars say up to the end of a week.
package struct PortfolioCandidate: Sendable {
  /// Of so many log returns volatility is made, and over so many bars the change is.
  package static let window = 60
  /// So many calendar days up to the end of the week correlations look at.
  package static let span = 90

  /// What it belongs to.
  package let part: PortfolioClass
  /// The last close of the week.
  package let close: Double
  /// A year's, of the last 60 log returns; above zero.
  package let volatility: Double
  /// Over the last 60 bars, a fraction.
  package let change: Double
  /// From 0 to 100.
  package let momentum: Double
  /// `nil` for fewer than 200 bars.
  package let trend: Trend?
  /// `nil` for fewer than 114 bars.
  package let regime: Regime?
  /// The deepest fall within the last 60 bars; positive is down.
  package let fall: Double
  /// The days that correlations look at.
  let closes: [DatedClose]
  /// The same with their returns.
  let days: DatedReturns

  /// - Parameters:
  ///   - bars: of days of one series up to the end of the week, restated for splits, oldest first.
  ///   - sunday: the last day of the week.
  ///   - periodsPerYear: how many bars make a year.
  /// - Returns: `nil` where none is of the week, for fewer than 61 bars, where one of the last 61 closed at zero or below,
  ///   and where the price never moved.
  package init?(_ part: PortfolioClass, _ bars: [Bar], until sunday: Day, periodsPerYear: Double) {
    let recent = bars.suffix(Self.window + 1).map(\.close)
    guard let last = bars.last, last.openTime >= (sunday - 6).start, recent.count > Self.window,
      recent.allSatisfy({ $0 > 0 }), let first = recent.first,
      let volatility = Metrics.volatility(ofLogReturns: logReturns(ofPrices: recent), periodsPerYear: periodsPerYear),
      volatility > 0, let fall = maximumDrawdown(ofCloses: recent)
    else { return nil }
    let signals = AssetSignals(bars)
    guard let momentum = signals.momentum else { return nil }
    self.part = part
    self.volatility = volatility
    self.momentum = momentum
    self.fall = fall
    close = last.close
    change = last.close / first - 1
    trend = signals.trend
    regime = signals.regime
    let start = (sunday - Self.span).start
    closes = bars.filter { $0.openTime > start }.map { DatedClose(time: $0.openTime, close: $0.close) }
    days = DatedReturns(closes)
  }
}
