import Market

extension Universe {
  /// The United States' spot funds, in the order of the flow tables.
  static let funds: [Fund] = [
    Fund(ticker: "IBIT", asset: "BTC", name: "iShares Bitcoin Trust ETF"),
    Fund(ticker: "FBTC", asset: "BTC", name: "Fidelity Wise Origin Bitcoin Fund"),
    Fund(ticker: "BITB", asset: "BTC", name: "Bitwise Bitcoin ETF"),
    Fund(ticker: "ARKB", asset: "BTC", name: "ARK 21Shares Bitcoin ETF"),
    Fund(ticker: "BTCO", asset: "BTC", name: "Invesco Galaxy Bitcoin ETF"),
    Fund(ticker: "EZBC", asset: "BTC", name: "Franklin Bitcoin ETF"),
    Fund(ticker: "BRRR", asset: "BTC", name: "CoinShares Bitcoin ETF"),
    Fund(ticker: "HODL", asset: "BTC", name: "VanEck Bitcoin ETF"),
    Fund(ticker: "BTCW", asset: "BTC", name: "WisdomTree Bitcoin Fund"),
    Fund(ticker: "MSBT", asset: "BTC", name: "Morgan Stanley Bitcoin Trust"),
    Fund(ticker: "GBTC", asset: "BTC", name: "Grayscale Bitcoin Trust ETF"),
    Fund(ticker: "BTC", asset: "BTC", name: "Grayscale Bitcoin Mini Trust ETF"),
    Fund(ticker: "ETHA", asset: "ETH", name: "iShares Ethereum Trust ETF"),
    Fund(ticker: "ETHB", asset: "ETH", name: "iShares Staked Ethereum Trust ETF"),
    Fund(ticker: "FETH", asset: "ETH", name: "Fidelity Ethereum Fund"),
    Fund(ticker: "ETHW", asset: "ETH", name: "Bitwise Ethereum ETF"),
    Fund(ticker: "TETH", asset: "ETH", name: "21Shares Ethereum ETF"),
    Fund(ticker: "ETHV", asset: "ETH", name: "VanEck Ethereum ETF"),
    Fund(ticker: "QETH", asset: "ETH", name: "Invesco Galaxy Ethereum ETF"),
    Fund(ticker: "EZET", asset: "ETH", name: "Franklin Ethereum ETF"),
    Fund(ticker: "ETHE", asset: "ETH", name: "Grayscale Ethereum Trust ETF"),
    Fund(ticker: "ETH", asset: "ETH", name: "Grayscale Ethereum Mini Trust ETF"),
  ]
}
