/// What a provider files an article under: a share or a coin, with what it thinks of it where it says so.
package struct NewsTicker: Hashable, Sendable {
  /// As the asset is known here: `AAPL`, `BRK-B`, `BTC`.
  package let symbol: String
  /// How much the article is about it, 0 to 1; `nil` where that is not told.
  package let relevance: Double?
  /// How the article speaks of it, -1 to 1; `nil` where that is not told.
  package let sentiment: Double?

  /// `nil` for what is no symbol. A number outside its scale counts as not told.
  package init?(_ symbol: String, relevance: Double? = nil, sentiment: Double? = nil) {
    guard (1...20).contains(symbol.utf8.count), symbol.utf8.allSatisfy(NewsTicker.isOfSymbol) else { return nil }
    self.symbol = symbol
    self.relevance = relevance.flatMap { (0...1).contains($0) ? $0 : nil }
    self.sentiment = sentiment.flatMap { (-1...1).contains($0) ? $0 : nil }
  }

  private static func isOfSymbol(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || "-=^.".utf8.contains(byte)
  }

  /// So many of an article are kept.
  package static let most = 50

  /// As a row of items holds them, by symbol, a line each: `AAPL 1.0 0.0615`, `-` for what is not told; `nil` for none.
  package static func text(of tickers: [NewsTicker]) -> String? {
    var met: Set<String> = []
    let lines = tickers.filter { met.insert($0.symbol).inserted }.prefix(most).sorted { $0.symbol < $1.symbol }.map {
      ticker in
      [ticker.symbol, ticker.relevance.map { "\($0)" } ?? "-", ticker.sentiment.map { "\($0)" } ?? "-"]
        .joined(separator: " ")
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// The reverse of `text`.
  package static func all(in text: String) -> [NewsTicker] {
    text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: " ")
      guard cells.count == 3 else { return nil }
      return NewsTicker(String(cells[0]), relevance: Double(cells[1]), sentiment: Double(cells[2]))
    }
  }
}
