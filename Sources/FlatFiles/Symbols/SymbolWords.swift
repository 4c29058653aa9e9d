import Market

/// The names over columns that say which asset a row is of, and over those that say something else.
enum SymbolWords {
  static let names: Set<String> = [
    "symbol", "ticker", "pair", "instrument", "asset", "coin", "token", "productid", "security", "ric", "isin",
    "currencypair", "tradingpair", "assetid", "coinid", "symbolid", "tokenid", "instrumentid", "securityid", "tickerid",
    "pairid", "baseasset", "basecurrency", "crypto", "cryptocurrency", "stock", "underlying", "slug", "providersymbol",
    "symbolname", "assetname", "coinname", "tickersymbol", "assetsymbol", "coinsymbol", "sym",
  ]

  /// Of what prices are told in, who tells them, and how long a bar is: no asset of its own.
  static func isBeside(_ word: String) -> Bool {
    [
      "quote", "exchange", "venue", "source", "provider", "session", "interval", "timeframe", "period", "granularity",
      "class", "type", "kind", "sector", "industry", "note", "status", "unit",
    ].contains { word.contains($0) }
  }

  /// Words that are symbols too, and mostly are not meant as such.
  static let commonWords: Set<String> = ["LOW", "COST", "OPEN", "HIGH", "CLOSE", "NOW", "ALL", "GOLD"]

  /// A word of a command line, quoted where a shell would take it apart.
  static func typed(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || Array("_./:=-".utf8).contains($0)
      }
    return isPlain ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }
}
