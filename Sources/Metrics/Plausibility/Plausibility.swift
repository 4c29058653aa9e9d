import Market

/// From where on a bar is odd enough to be marked. It is stored all the same: markets do odd things, and a mark costs
/// nothing, while a true row that is refused is lost to every figure.
///
/// One place for all thresholds, by class of asset and length of a bar. What they rest on:
///
/// - **Jump**, the close against the one before; and an open that lies as far from the close before or from its own, while
///   the close does not: a false open.
///   - Crypto: in Binance's record of Bitcoin and Ether, 141,723 hours from August 2017 to September 2025, no hour closed
///     a quarter away from the one before, the crashes of March 2020 included; so an hour is marked from a quarter on.
///   - Stocks, from 40 % a day: of 203,781 days of 49 large American stocks as they traded, 39 lie beyond: splits, which
///     a person should look at, and a dozen days of the banks' crisis.
///   - Funds, from 25 %: of 88,055 days of 15 funds 43 lie beyond, 40 of them of the one that holds volatility futures.
///   - Indices, as funds: the S&P 500 never in 2,514 days; the VIX on 78 of 9,091, of which each is worth a look.
///   - Currencies, from 10 %: the dollar against all others moved 2.5 % at most in 5,010 days; a currency that does more
///     has lost its peg, or is quoted in another unit.
///   - Raw materials, from 35 %: of 20,184 days of American and European crude oil five lie beyond, all in the spring of
///     2020 when a price fell below zero; of natural gas 31 of 7,436, which a cold week explains.
/// - **Unit**, a factor near 100 or its inverse: pence for pounds, cents for dollars. The classic slip of price feeds.
/// - **Stale**: the same four prices again and again. An hour that trades does not end at the very four figures of the
///   hour before; six such hours are a feed that repeats itself. Thin markets may; hence a mark only.
/// - **Range**: a high or a low far outside where the bar opened and closed, or outside the two closes around it: a stray
///   print, which an open as false would hide.
/// - **Volume**: none although the price moved, a thousand times what the bars of the same answer average, or what can
///   only be money: at the close more than 10¹² dollars a day, or more coins than there are. All of Bitcoin's markets
///   together report a tenth of that, and no American stock ever traded a fifth of it.
package struct Plausibility: Hashable, Sendable {
  /// Fraction of the close before, from which on a change is a jump.
  package let jump: Double
  /// A high above the higher of open and close, or a low below the lower, by this fraction.
  let range: Double
  /// As many bars in a row with the same open, high, low and close are stale.
  let staleBars: Int
  /// So many times the mean volume of the bars before it in the answer is absurd.
  let volume = 1000.0
  /// Volume times close from which on the volume is in money and not in units.
  let mostMoney: Double
  /// More units than there are.
  let mostUnits: Double
  /// Bars before a mean volume means anything.
  let volumeBars = 24
  /// The ratio of two closes that looks like another unit.
  let unit = 80.0...125.0
  /// Seconds after which a close says nothing about the next one.
  let memory: Int64
  /// After so many bars in the other unit, that is the unit.
  let unitBars = 24

  /// The thresholds of a class of asset at an interval.
  ///
  /// - Parameter asset: its symbol, for how many of it there are.
  package init(of assetClass: AssetClass?, interval: Interval, asset: String? = nil) {
    let day = Plausibility.day(of: assetClass ?? .crypto)
    let share = Plausibility.shareOfDay(interval)
    jump = day * share
    range = 2 * day * share
    // The longest weekend has four days.
    memory = interval.seconds + (assetClass ?? .crypto == .crypto ? 1 : 4) * 86_400
    // A quarter of an hour without a trade is common on small venues, six hours is not.
    staleBars = interval.seconds < 3600 ? 30 : 6
    mostMoney = Plausibility.money(of: assetClass ?? .crypto, interval)
    mostUnits = asset.flatMap { Plausibility.supply[$0] } ?? .infinity
  }

  /// The share of an interval in 10¹² dollars a day; where a market has hours, of less than a day the whole, since its
  /// first minutes hold more than their share.
  private static func money(of assetClass: AssetClass, _ interval: Interval) -> Double {
    let days = Double(interval.seconds) / 86_400
    return switch assetClass {
    case .crypto: 1e12 * days
    case .stock, .fund, .commodity: 1e12 * max(1, days)
    // A level is no price, and what a currency is counted in is not known.
    case .index, .currency: .infinity
    }
  }

  /// Units that there are at most, or were in 2026 with room for a decade, of coins that people keep files of.
  private static let supply: [String: Double] = [
    "BTC": 21e6, "WBTC": 21e6, "BCH": 21e6, "BSV": 21e6, "ZEC": 21e6, "DASH": 19e6, "XMR": 25e6, "LTC": 84e6,
    "ETH": 150e6, "ETC": 211e6, "BNB": 200e6, "SOL": 1e9, "AVAX": 720e6, "LINK": 1e9, "UNI": 1e9, "XRP": 1e11,
    "ADA": 45e9, "XLM": 50e9,
  ]

  /// A day's change, as a fraction.
  private static func day(of assetClass: AssetClass) -> Double {
    switch assetClass {
    case .crypto: 0.5
    case .stock: 0.4
    case .fund, .index: 0.25
    case .commodity: 0.35
    case .currency: 0.1
    }
  }

  /// Large moves happen within minutes: an hour may hold half of what a day may, not a twenty-fourth.
  private static func shareOfDay(_ interval: Interval) -> Double {
    switch interval.seconds {
    case ..<300: 0.2
    case ..<900: 0.3
    case ..<1800: 0.35
    case ..<3600: 0.4
    case ..<14_400: 0.5
    case ..<86_400: 0.7
    case ..<604_800: 1
    default: 1.5
    }
  }
}

/// What is odd about one bar.
package struct BarFlag: Hashable {
  /// Which of the bars.
  package let index: Int
  /// What it was measured by.
  package let rule: FlagRule
  /// The figures, for people.
  package let detail: String
}
