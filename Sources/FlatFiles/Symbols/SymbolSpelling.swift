import Market

/// The ways in which providers, exchanges and hands spell one asset: `BTC`, `XBT/USD`, `XXBTZUSD`, `tBTCUSD`,
/// `BINANCE:BTCUSDT`, `Bitcoin`; `AAPL`, `AAPL.US`, `NASDAQ:AAPL`.
struct SymbolSpelling: Sendable {
  /// As people ask for the asset.
  let symbol: String
  private let names: Set<String>
  private let isPaired: Bool

  init(_ asset: Asset) {
    symbol = asset.symbol
    var names = Set([asset.symbol, asset.name].map(SymbolSpelling.plain))
    names.formUnion(SymbolSpelling.otherNames[asset.symbol] ?? [])
    // `EURUSD=X`, `GC=F`: the mark behind it is Yahoo's own.
    if let mark = asset.symbol.firstIndex(of: "=") { names.insert(SymbolSpelling.plain(asset.symbol[..<mark])) }
    self.names = names.filter { !$0.isEmpty }
    isPaired = asset.assetClass == .crypto
  }

  /// Letters and digits, in capitals.
  static func plain(_ text: some StringProtocol) -> String {
    String(String.UnicodeScalarView(text.uppercased().unicodeScalars.filter(isLetterOrDigit)))
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
      || scalar.value > 127
  }

  /// Whether a text says this asset and no other.
  func spells(_ text: String) -> Bool {
    if names.contains(SymbolSpelling.plain(text)) { return true }
    var isFound = false
    for part in SymbolSpelling.parts(text) {
      if isFound {
        guard SymbolSpelling.isBeside(part) || names.contains(part) else { return false }
      } else if isName(part) {
        isFound = true
      } else if !SymbolSpelling.venues.contains(part) {
        return false
      }
    }
    return isFound
  }

  /// A token of the asset with a lever or a wrapping of its own: `BTCUP`, `ETH3L`, `BTCBULL`.
  func isLevered(_ text: String) -> Bool {
    guard isPaired else { return false }
    let word = SymbolSpelling.parts(text).first { !SymbolSpelling.venues.contains($0) } ?? ""
    guard let name = names.first(where: { word.hasPrefix($0) && word.count > $0.count }) else { return false }
    let rest = word.dropFirst(name.count)
    return SymbolSpelling.levers.contains {
      rest.hasPrefix($0) && SymbolSpelling.isQuoteOrNone(rest.dropFirst($0.count))
    }
  }

  /// The asset's own name, alone or with what it is paid in behind it: `BTC`, `BTCUSDT`, `XXBTZUSD`.
  private func isName(_ part: String) -> Bool {
    if names.contains(part) { return true }
    guard isPaired else { return false }
    let word = part.hasSuffix("PERP") ? String(part.dropLast(4)) : part
    if names.contains(word) { return true }
    return SymbolSpelling.quotes.contains { quote in
      guard word.hasSuffix(quote) else { return false }
      let base = word.dropLast(quote.count)
      return names.contains(String(base))
        || quote.hasPrefix("Z") && base.hasPrefix("X") && names.contains(String(base.dropFirst()))
    }
  }

  // MARK: Words

  private static func parts(_ text: String) -> [String] {
    // Bitfinex writes a small t before pairs.
    let isTrading = text.hasPrefix("t") && text.count > 3 && !text.dropFirst().contains(where: \.isLowercase)
    let text = isTrading ? text.dropFirst() : text[...]
    return text.unicodeScalars.split { !isLetterOrDigit($0) }.map { plain(String($0)) }
  }

  private static func isBeside(_ part: String) -> Bool {
    quotes.contains(part) || venues.contains(part) || kinds.contains(part)
  }

  private static func isQuoteOrNone(_ text: Substring) -> Bool { text.isEmpty || quotes.contains(String(text)) }

  /// Whether a text is but a currency that prices are told in.
  static func isCurrency(_ text: String) -> Bool { money.contains(plain(text)) }

  private static let money: Set<String> = [
    "USD", "USDT", "USDC", "BUSD", "FDUSD", "TUSD", "USDP", "USDD", "DAI", "UST", "EUR", "EURT", "EURC", "GBP", "JPY",
    "KRW", "TRY", "BRL", "AUD", "CAD", "CHF", "INR", "RUB", "UAH", "SGD", "HKD", "CNY", "CNH", "MXN", "ZAR", "PLN",
    "SEK", "NOK", "DKK", "NZD", "NGN", "ARS", "IDR", "THB", "VND", "PHP", "AED",
  ]
  private static let quotes = money.union([
    "ZUSD", "ZEUR", "ZGBP", "ZJPY", "ZCAD", "ZAUD", "BTC", "XBT", "XXBT", "ETH", "XETH", "BNB",
  ])
  private static let venues: Set<String> = [
    "BINANCE", "BINANCEUS", "COINBASE", "KRAKEN", "BITSTAMP", "BITFINEX", "GEMINI", "OKX", "OKEX", "BYBIT", "HUOBI",
    "HTX", "KUCOIN", "POLONIEX", "BITTREX", "CRYPTO", "INDEX", "X", "NASDAQ", "NYSE", "NYSEARCA", "ARCA", "AMEX",
    "BATS", "CBOE", "XNAS", "XNYS", "TVC", "FX", "OANDA", "COMEX", "NYMEX",
  ]
  private static let kinds: Set<String> = [
    "US", "O", "OQ", "N", "K", "P", "A", "UW", "UN", "UQ", "UP", "F", "NMS", "NYQ", "PCX", "EQUITY", "STOCK", "COMDTY",
    "CURNCY", "SPOT", "PERP", "PERPETUAL", "SWAP", "COM", "INC", "CORP",
  ]
  private static let levers = ["UP", "DOWN", "BULL", "BEAR", "HALF", "HEDGE", "2L", "2S", "3L", "3S", "5L", "5S"]
  private static let otherNames: [String: Set<String>] = [
    "BTC": ["XBT", "XXBT", "BITCOIN"], "ETH": ["XETH", "ETHEREUM", "ETHER"], "DOGE": ["XDG", "XXDG", "DOGECOIN"],
    "XRP": ["XXRP", "RIPPLE"], "LTC": ["XLTC", "LITECOIN"], "BCH": ["BITCOINCASH", "BCHABC"],
    "SOL": ["SOLANA"], "ADA": ["CARDANO"], "BNB": ["BINANCECOIN"], "GC=F": ["XAU", "XAUUSD", "GOLD"],
    "SI=F": ["XAG", "XAGUSD", "SILVER"], "GOOG": ["ALPHABET"], "META": ["FB"],
  ]
}
