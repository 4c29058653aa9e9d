import Market

/// Everybody the appliance can ask, in the order in which screens list them.
package let marketProviders: [any Provider] = [
  Binance(), Coinbase(), Kraken(), CoinGecko(), AlternativeMe(), Farside(), SoSoValue(), Yahoo(), AlphaVantage(),
  Polygon(), FRED(), WorldBank(), CNN(), Rss(), NewsAPI(), WeekCalendar(), SEC(), GDELT(),
]
