import Market
import Testing

@testable import Metrics

/// Our figures beside those of numpy, scipy, pandas and scikit-learn, which `Golden/make_risk.py` writes.
@Suite struct RiskGoldenTests {
  private func golden(_ series: String) throws -> [String: Double] {
    let lines = try GoldenText.lines(of: "risk.txt").map { $0.split(separator: "\t").map(String.init) }
    let own = lines.filter { $0.first == series }
    return Dictionary(uniqueKeysWithValues: try own.map { ($0[1], try #require(Double($0[2]))) })
  }

  private func differences(_ ours: [String: Double?], _ golden: [String: Double]) -> [String] {
    golden.keys.sorted().compactMap { name in
      guard let value = ours[name] ?? nil, let theirs = golden[name] else { return "\(name) is missing" }
      return abs(value - theirs) <= 1e-10 * max(abs(theirs), 1) ? nil : "\(name): \(value), golden \(theirs)"
    }
  }

  private func volatilities(_ bars: [Bar]) -> [String: Double?] {
    let logs = logReturns(ofPrices: bars.map(\.close))
    return [
      "volatility": volatility(ofLogReturns: logs, periodsPerYear: 365),
      "ewma": exponentialVolatility(ofLogReturns: logs, periodsPerYear: 365),
      "parkinson": parkinsonVolatility(of: bars, periodsPerYear: 365),
      "garman_klass": garmanKlassVolatility(of: bars, periodsPerYear: 365),
      "yang_zhang": yangZhangVolatility(of: bars, periodsPerYear: 365),
    ]
  }

  private func risks(_ returns: [Double]) -> [String: Double?] {
    let sharpe = SharpeRatio(ofReturns: returns, periodsPerYear: 365)
    let historical = ValueAtRisk.historical(ofReturns: returns)
    let normal = ValueAtRisk.normal(ofReturns: returns)
    return [
      "sharpe": sharpe?.value, "sharpe_low": sharpe?.interval.lowerBound, "sharpe_high": sharpe?.interval.upperBound,
      "sortino": sortinoRatio(ofReturns: returns, periodsPerYear: 365),
      "var": historical?.value, "cvar": historical?.shortfall, "normal_var": normal?.value,
      "normal_cvar": normal?.shortfall, "skew": skewness(returns), "kurtosis": excessKurtosis(returns),
    ]
  }

  @Test(arguments: GoldenSeries.priced)
  func `risk and return of a series are what the references make of it`(series: String) throws {
    let bars = try GoldenSeries.bars(series)
    let closes = bars.map(\.close)
    let growth = compoundAnnualGrowth(from: closes[0], to: closes[419], seconds: 419 * 86_400)
    let drawdown = maximumDrawdown(ofCloses: closes)
    let pairs = zip(closes, try GoldenSeries.bars("wander")).map { PricePair(asset: $0, benchmark: $1.close) }
    var ours: [String: Double?] = ["cagr": growth, "drawdown": drawdown, "beta": beta(of: pairs)?.value]
    ours["calmar"] = calmarRatio(growth: try #require(growth), maximumDrawdown: try #require(drawdown))
    ours.merge(volatilities(bars)) { $1 }
    ours.merge(risks(simpleReturns(ofPrices: closes))) { $1 }
    let golden = try golden(series)
    #expect(golden.count == 19)
    #expect(differences(ours, golden) == [])
  }

  @Test(arguments: [150, 419])
  func `correlations, plain and shrunk, are numpy's and scikit-learn's`(rows: Int) throws {
    let columns = try GoldenSeries.priced.map { name in
      Array(logReturns(ofPrices: try GoldenSeries.bars(name).map(\.close)).suffix(rows))
    }
    let returns = (0..<rows).map { row in columns.map { $0[row] } }
    let plain = try #require(CorrelationMatrix.plain(ofReturns: returns))
    let shrunk = try #require(CorrelationMatrix.shrunk(ofReturns: returns))
    var ours: [String: Double?] = ["shrinkage_\(rows)": shrunk.shrinkage]
    for row in 0..<5 {
      for column in 0..<row {
        ours["plain_\(rows)_\(row)_\(column)"] = plain.values[row][column]
        ours["shrunk_\(rows)_\(row)_\(column)"] = shrunk.values[row][column]
      }
    }
    let golden = try golden("all").filter { $0.key.split(separator: "_")[1] == "\(rows)" }
    #expect(golden.count == 21)
    #expect(differences(ours, golden) == [])
    #expect(plain.observations == rows && plain.shrinkage == 0)
  }
}
