/// Kraken's own spellings of a pair: asked for `XBTUSD` or `BTC/USD`, it answers about `XXBTZUSD`.
enum KrakenPair {
  /// Whether two spellings mean one pair.
  static func isSame(_ asked: String, _ answered: String) -> Bool {
    asked == answered || plain(asked) == plain(answered)
  }

  /// Without the slash, without the X of coins and the Z of currencies that old names bear, and with the usual tickers.
  private static func plain(_ pair: String) -> String {
    if let slash = pair.firstIndex(of: "/") {
      return usual(String(pair[..<slash])) + usual(String(pair[pair.index(after: slash)...]))
    }
    let letters = Array(pair.uppercased())
    guard letters.count >= 6 else { return pair.uppercased() }
    if letters.count == 8, "XZ".contains(letters[0]), "XZ".contains(letters[4]) {
      return usual(String(letters[1..<4])) + usual(String(letters[5..<8]))
    }
    // A new coin in an old currency: `USDTZUSD`.
    if letters.count == 8, letters[4] == "Z" {
      return usual(String(letters[..<4])) + usual(String(letters[5...]))
    }
    return usual(String(letters.dropLast(3))) + usual(String(letters.suffix(3)))
  }

  private static func usual(_ name: String) -> String {
    switch name.uppercased() {
    case "XBT": "BTC"
    case "XDG": "DOGE"
    case let other: other
    }
  }
}
