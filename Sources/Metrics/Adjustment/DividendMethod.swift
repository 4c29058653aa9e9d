import Market

/// How a dividend lowers the prices before it; sources differ.
package enum DividendMethod: Hashable, Sendable {
  /// Yahoo's: `1 − d ÷ c`, with c the close of the session before the ex-day. Its adjusted closes are met to a millionth.
  /// As in the standard of the Center for Research in Security Prices: the money leaves the price from which it is paid.
  case yahoo
  /// Alpha Vantage's: `c ÷ (c + d)`, with c the close of the ex-day itself, which the money has left already.
  case alphaVantage

  /// That of a source; all but one go by the close before.
  package init(of source: ProviderName) { self = source == "alphavantage" ? .alphaVantage : .yahoo }

  /// What prices before the ex-day are multiplied by; `nil` where the figures do not allow one.
  ///
  /// - Parameters:
  ///   - dividend: money a share.
  ///   - close: of the session that the method asks for, in units of the same share.
  func factor(of dividend: Double, close: Double) -> Double? {
    let factor =
      switch self {
      case .yahoo: 1 - dividend / close
      case .alphaVantage: close / (close + dividend)
      }
    return close > 0 && factor > 0 && factor < 1 ? factor : nil
  }
}

/// The money of acts: in shares of which day it is counted.
package enum DividendUnit: Hashable, Sendable {
  /// A share as it was on the ex-day: as declared.
  case asDeclared
  /// A share of today: restated for the splits since.
  case splitAdjusted

  /// Yahoo restates its dividends as it does its prices; all others tell what was declared.
  package init(of source: ProviderName) { self = source == "yahoo" ? .splitAdjusted : .asDeclared }
}
