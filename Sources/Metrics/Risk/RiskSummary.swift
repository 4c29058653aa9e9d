import Market

/// What the prices of one asset say of risk and return, over all bars that are given.
package struct RiskSummary: Sendable {
  /// When the first and the last bar open.
  package let span: ClosedRange<Instant>
  /// How many bars there are.
  package let bars: Int
  /// How many simple returns between neighbouring bars: fewer where a price is not above zero.
  package let observations: Int
  /// Last close ÷ first close − 1.
  package let totalReturn: Double?
  /// A year's growth by calendar time.
  package let growth: Double?
  /// A year's, of log returns.
  package let volatility: Double?
  /// A year's, recent returns counting most.
  package let exponentialVolatility: Double?
  /// A year's, by Parkinson.
  package let parkinson: Double?
  /// A year's, by Garman and Klass.
  package let garmanKlass: Double?
  /// A year's, by Yang and Zhang.
  package let yangZhang: Double?
  /// A year's, with its interval.
  package let sharpe: SharpeRatio?
  /// A year's.
  package let sortino: Double?
  /// Growth ÷ deepest fall.
  package let calmar: Double?
  /// The deepest fall; positive is down.
  package let maximumDrawdown: Double?
  /// The five deepest falls.
  package let drawdowns: [Drawdown]
  /// Of one period, as returns were.
  package let historical: ValueAtRisk?
  /// Of one period, as if they were normal.
  package let normal: ValueAtRisk?
  /// Of simple returns.
  package let skewness: Double?
  /// Of simple returns, less that of the normal distribution.
  package let kurtosis: Double?

  /// - Parameters:
  ///   - bars: of one series, oldest first.
  ///   - periodsPerYear: how many of them make a year.
  /// - Returns: `nil` without a bar.
  package init?(of bars: [Bar], periodsPerYear: Double) {
    guard let first = bars.first, let last = bars.last else { return nil }
    let closes = bars.map(\.close)
    let (simple, logs) = (simpleReturns(ofPrices: closes), logReturns(ofPrices: closes))
    span = first.openTime...max(first.openTime, last.openTime)
    self.bars = bars.count
    observations = simple.count
    totalReturn = bars.count > 1 ? simpleReturn(from: first.close, to: last.close) : nil
    growth = compoundAnnualGrowth(from: first.close, to: last.close, seconds: last.openTime - first.openTime)
    volatility = Metrics.volatility(ofLogReturns: logs, periodsPerYear: periodsPerYear)
    exponentialVolatility = Metrics.exponentialVolatility(ofLogReturns: logs, periodsPerYear: periodsPerYear)
    parkinson = parkinsonVolatility(of: bars, periodsPerYear: periodsPerYear)
    garmanKlass = garmanKlassVolatility(of: bars, periodsPerYear: periodsPerYear)
    yangZhang = yangZhangVolatility(of: bars, periodsPerYear: periodsPerYear)
    sharpe = SharpeRatio(ofReturns: simple, periodsPerYear: periodsPerYear)
    sortino = sortinoRatio(ofReturns: simple, periodsPerYear: periodsPerYear)
    maximumDrawdown = Metrics.maximumDrawdown(ofCloses: closes)
    drawdowns = Drawdown.deepest(5, of: bars.map { ($0.openTime, $0.close) })
    historical = .historical(ofReturns: simple)
    normal = .normal(ofReturns: simple)
    skewness = Metrics.skewness(simple)
    kurtosis = excessKurtosis(simple)
    calmar =
      if let growth, let maximumDrawdown { calmarRatio(growth: growth, maximumDrawdown: maximumDrawdown) } else { nil }
  }

  /// Its figures by name, in the order in which they are listed.
  package var figures: [(name: String, value: Double?)] {
    [
      ("observations", Double(observations)), ("total_return", totalReturn), ("cagr", growth),
      ("volatility", volatility), ("volatility_ewma", exponentialVolatility), ("volatility_parkinson", parkinson),
      ("volatility_garman_klass", garmanKlass), ("volatility_yang_zhang", yangZhang), ("sharpe", sharpe?.value),
      ("sharpe_low", sharpe?.interval.lowerBound), ("sharpe_high", sharpe?.interval.upperBound),
      ("sortino", sortino), ("calmar", calmar), ("max_drawdown", maximumDrawdown), ("var_95", historical?.value),
      ("cvar_95", historical?.shortfall), ("var_95_normal", normal?.value), ("cvar_95_normal", normal?.shortfall),
      ("skew", skewness), ("kurtosis", kurtosis),
    ]
  }
}
