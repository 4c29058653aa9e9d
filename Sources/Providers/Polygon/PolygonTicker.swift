import Market

/// A ticker, whose prefix says what it is of: `AAPL`, `X:BTCUSD`, `C:EURUSD`, `I:NDX`.
struct PolygonTicker: Hashable {
  /// Seconds after the close of a bar before it is taken as final: some plans are told everything a quarter of an hour later.
  static let safety: Int64 = 900

  let symbol: String

  init(_ symbol: String) { self.symbol = symbol }

  var assetClass: AssetClass {
    switch symbol.prefix(2) {
    case "X:": .crypto
    case "C:": .currency
    case "I:": .index
    default: .stock
    }
  }

  /// Whether there can be splits and dividends.
  var hasActs: Bool { assetClass == .stock }

  func rhythm(of series: SeriesKey) -> Rhythm { series.rhythm(of: assetClass, safety: Self.safety) }
}
