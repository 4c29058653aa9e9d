/// An asset that a text names, and by which rule.
package struct Mention: Hashable, Sendable {
  /// How a text names an asset; a closed list, whose raw value stands in `news_mention`.
  package enum Rule: String, CaseIterable, Hashable, Sendable {
    /// `$V`
    case cashtag
    /// `(V)`, `(NYSE: V)`
    case bracket
    /// The symbol in capitals, where it is no word and has three letters at least.
    case symbol
    /// The name, or what people say for it.
    case name
    /// A word for coins as such.
    case kind = "class"
    /// What the feed itself files the item under.
    case tag
    /// A symbol under which a provider files the item, whatever its words say.
    case ticker
  }

  /// As its asset is known: `BTC`; `CRYPTO` for coins as such. May be one that nobody follows.
  package let symbol: String
  /// The most certain of the rules that found it.
  package let rule: Rule

  /// A mention.
  package init(symbol: String, rule: Rule) {
    self.symbol = symbol
    self.rule = rule
  }

  /// Stands for coins as such.
  package static let crypto = "CRYPTO"

  /// The assets that an item names in its title, its summary and its tags, each once, by the symbol.
  ///
  /// - Parameter symbols: what counts as a symbol besides those that are known here, though it be a word or short.
  package static func all(
    title: String, summary: String?, tags: [String], matching symbols: Set<String> = []
  ) -> [Mention] {
    all(of: Title(title), summary: summary, tags: tags, matching: symbols)
  }

  /// The same of a title that was taken apart.
  static func all(of title: Title, summary: String?, tags: [String], matching symbols: Set<String>) -> [Mention] {
    var found = symbols.isEmpty ? title.mentions : all(in: title.tokens, of: title.text, matching: symbols)
    if let summary { found += all(in: TitleToken.all(of: summary), of: summary, matching: symbols) }
    for tag in tags { found += KnownNames.tagged(tag).map { Mention(symbol: $0, rule: .tag) } }
    return strongest(found)
  }

  static func all(in tokens: [TitleToken], of text: String, matching symbols: Set<String> = []) -> [Mention] {
    strongest(marked(tokens) + bracketed(text) + self.symbols(tokens, symbols) + KnownNames.named(tokens))
  }

  private static func strongest(_ mentions: [Mention]) -> [Mention] {
    var rules: [String: Rule] = [:]
    for mention in mentions {
      if let known = rules[mention.symbol], known.rank <= mention.rule.rank { continue }
      rules[mention.symbol] = mention.rule
    }
    return rules.sorted { $0.key < $1.key }.map { Mention(symbol: $0.key, rule: $0.value) }
  }

  // MARK: Symbols

  private static func marked(_ tokens: [TitleToken]) -> [Mention] {
    tokens.compactMap { token in
      guard token.before == "$", token.isInCapitals, !token.hasDigit, token.text.utf8.count <= 6 else { return nil }
      return Mention(symbol: token.text, rule: .cashtag)
    }
  }

  private static func symbols(_ tokens: [TitleToken], _ matched: Set<String>) -> [Mention] {
    guard tokens.contains(where: \.isInCapitals) else { return [] }
    // Where all is in capitals, capitals say nothing.
    let letters = tokens.filter { !$0.hasDigit && $0.text.utf8.count > 1 }
    let isShouted = letters.count > 3 && letters.count(where: \.isInCapitals) * 2 > letters.count
    guard !isShouted else { return [] }
    return tokens.compactMap { token in
      guard token.isInCapitals, token.before != "$" else { return nil }
      let isKnown =
        token.text.utf8.count >= 3 && KnownNames.symbols.contains(token.text) && !WordSymbols.all.contains(token.text)
      guard isKnown || matched.contains(token.text) else { return nil }
      return Mention(symbol: token.text, rule: .symbol)
    }
  }

  /// `(BTC)`, `[ETH]`, `(NASDAQ: AAPL)`, `(NYSE:BRK.B)`; also of symbols that nobody here knows.
  private static func bracketed(_ text: String) -> [Mention] {
    let bytes = Array(text.utf8)
    var found: [Mention] = []
    var index = 0
    while let start = bytes[index...].firstIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }) {
      index = start + 1
      let close = bytes[start] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
      guard let end = bytes[index...].prefix(24).firstIndex(of: close) else { continue }
      let content = String(decoding: bytes[index..<end], as: UTF8.self)
      let parts = content.split(separator: ":", omittingEmptySubsequences: false)
      guard let last = parts.last, parts.count <= 2, parts.count == 1 || isExchange(parts[0]) else { continue }
      let symbol = String(last.drop { $0 == " " }).uppercasedDots
      if isSymbol(symbol) { found.append(Mention(symbol: symbol, rule: .bracket)) }
      index = end + 1
    }
    return found
  }

  private static func isExchange(_ name: Substring) -> Bool {
    ["NASDAQ", "NYSE", "NYSEARCA", "AMEX", "CRYPTO", "TICKER", "CBOE", "BATS"].contains(name.uppercased())
  }

  private static func isSymbol(_ text: String) -> Bool {
    (1...7).contains(text.utf8.count) && text.utf8.first.map { (65...90).contains($0) } == true
      && text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
      && !text.utf8.allSatisfy { (48...57).contains($0) }
  }
}

extension Mention.Rule {
  /// The lower the more certain.
  fileprivate var rank: Int { Mention.Rule.allCases.firstIndex(of: self) ?? 0 }
}

extension String {
  /// `BRK-B` of `BRK.B`
  fileprivate var uppercasedDots: String { String(map { $0 == "." ? "-" : $0 }) }
}
