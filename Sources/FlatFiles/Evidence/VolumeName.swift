import Market

/// What the name over a column says of a volume.
enum VolumeName: Hashable {
  /// In units of the asset, by its own name: `Volume BTC`, `volumefrom`, `base_volume`.
  case units
  /// A volume, and nothing more: `Volume`, `Vol.`.
  case plain
  /// In money: `Volume USDT`, `quote_volume`, `Turnover`.
  case money
  /// A volume of something that the name says and nobody knows: `Volume XYZ`.
  case other(String)

  /// `nil` where the column is no volume, or one of a part of the trades.
  init?(_ name: String, of asset: String?) {
    let word = HeaderWords.plain(name)
    guard !["taker", "buy", "sell", "change", "average", "avg", "sma", "ma20"].contains(where: word.contains) else {
      return nil
    }
    if ["turnover", "notional", "amountusd", "quoteamount"].contains(where: word.hasPrefix) {
      self = .money
      return
    }
    // Of units at some exchanges and of money at others.
    if ["amount", "money"].contains(word) {
      self = .other(word)
      return
    }
    guard let rest = VolumeName.rest(word) else { return nil }
    if rest.isEmpty || VolumeName.plainWords.contains(rest) {
      self = .plain
    } else if VolumeName.spellings(asset).contains(rest) || VolumeName.unitWords.contains(rest) {
      self = .units
    } else if VolumeName.moneyWords.contains(rest) || VolumeName.isCurrency(rest) {
      self = .money
    } else {
      self = .other(rest)
    }
  }

  /// What is left of a name without the word for volume; `nil` where that is not in it.
  private static func rest(_ word: String) -> String? {
    if ["v", "5volume"].contains(word) { return "" }
    for stem in ["volume", "vol"] {
      if word.hasPrefix(stem) { return String(word.dropFirst(stem.count)) }
      if word.hasSuffix(stem) { return String(word.dropLast(stem.count)) }
    }
    return nil
  }

  private static let plainWords: Set<String> = [
    "total", "trade", "traded", "tick", "real", "24h", "5", "6", "daily", "sum",
    "trading", "adj", "adjusted", "unadjusted",
  ]
  private static let unitWords: Set<String> = [
    "base", "baseasset", "basecurrency", "from", "shares", "share", "contracts", "lots", "lot", "coins", "coin",
    "crypto",
    "units", "unit", "tokens", "quantity", "qty", "asset",
  ]
  private static let moneyWords: Set<String> = [
    "quote", "quoteasset", "quotecurrency", "to", "currency", "dollar", "dollars", "fiat", "notional", "value", "money",
    "cash", "turnover", "musd", "usdm", "usdmillions", "millions", "quotevalue", "ccyquote",
  ]
  private static let currencies: Set<String> = [
    "usd", "usdt", "usdc", "busd", "tusd", "fdusd", "dai", "usdd", "pyusd", "ust", "eur", "eurt", "eurc", "gbp", "jpy",
    "chf", "cny", "cnh", "krw", "inr", "rub", "try", "brl", "aud", "cad", "nzd", "sgd", "hkd", "mxn", "zar", "sek",
    "nok",
    "dkk", "pln", "czk", "huf", "ils", "thb", "idr", "uah", "ngn", "ars",
  ]

  private static func isCurrency(_ word: String) -> Bool {
    currencies.contains(word) || word.hasPrefix("in") && currencies.contains(String(word.dropFirst(2)))
  }

  private static func spellings(_ asset: String?) -> Set<String> {
    guard let asset = asset.map(HeaderWords.plain), !asset.isEmpty else { return [] }
    return asset == "btc" ? ["btc", "xbt", "bitcoin"] : asset == "eth" ? ["eth", "ether", "ethereum"] : [asset]
  }
}
