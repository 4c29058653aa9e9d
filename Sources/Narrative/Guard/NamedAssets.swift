import Market

/// Finds who is spoken of in a sentence.
struct NamedAssets {
  /// Somebody named at some tokens; `nil` for an asset that the facts do not know.
  struct Mention: Hashable {
    let tokens: Range<Int>
    let asset: String?
  }

  private struct Alias {
    let phrase: [String]
    let asset: String?
    /// A symbol is named in its own letters only.
    let isExact: Bool
  }

  private let words: GuardWords
  /// Longest first, by what they begin with.
  private let aliases: [String: [Alias]]

  /// - Parameter strangers: names of assets that are known and that the facts do not speak of.
  init(_ facts: GuardedFacts, strangers: [String], words: GuardWords) {
    self.words = words
    var all: [Alias] = []
    var own: Set<[String]> = []
    for (symbol, names) in facts.names.sorted(by: { $0.key < $1.key }) {
      for name in names where name == symbol || !NamedAssets.isClaim(name, words) {
        for (form, isExact) in NamedAssets.forms(of: name, symbol) {
          all.append(Alias(phrase: form, asset: symbol, isExact: isExact))
          own.insert(form.map { $0.lowercased() })
        }
      }
    }
    for name in strangers {
      let tokens = SentenceTokens.all(of: name, hasDecimalComma: false)
      if tokens.isEmpty || own.contains(tokens.map(\.plain)) { continue }
      // A single word may be another word too, such as Target.
      let isExact = tokens.count == 1 && words.vocabulary.contains(tokens[0].plain)
      all.append(Alias(phrase: tokens.map { isExact ? $0.text : $0.plain }, asset: nil, isExact: isExact))
    }
    aliases = Dictionary(grouping: all.filter { !$0.phrase.isEmpty }) { $0.phrase[0].lowercased() }
      .mapValues { $0.sorted { $0.phrase.count > $1.phrase.count } }
  }

  /// A name as a whole, and without what says only that it is a company.
  private static func forms(of name: String, _ symbol: String) -> [(phrase: [String], isExact: Bool)] {
    let tokens = SentenceTokens.all(of: name, hasDecimalComma: false)
    if name == symbol { return [(tokens.map(\.text), true)] }
    let whole = tokens.map(\.plain)
    var short = whole[...]
    while short.count > 1, let last = short.last, NamedAssets.legal.contains(last) { short.removeLast() }
    var forms = [(whole, false), (Array(short), false)]
    // `Apple` for `Apple Inc.`: a first word that is long, in its own letters: `Advanced` and no verb.
    if whole.count > 1, whole[0].count >= 5, tokens[0].word != nil { forms.append(([tokens[0].text], true)) }
    return forms
  }

  private static let legal: Set<String> = [
    ".", ",", "inc", "corp", "corporation", "company", "co", "plc", "ltd", "limited", "class", "a", "b", "c", "the",
    "group", "holdings", "holding", "trust", "etf", "fund", "n", "v", "s", "se", "ag", "&",
  ]

  /// Whether what somebody called an asset says something of it, so that a text could say it by naming the asset.
  private static func isClaim(_ name: String, _ words: GuardWords) -> Bool {
    let finder = PhraseFinder(tokens: SentenceTokens.all(of: name, hasDecimalComma: false))
    let hasDigits = finder.tokens.contains { $0.number != nil }
    return hasDigits && !finder.places(of: words.up + words.down + words.percent + words.scales.map(\.phrase)).isEmpty
      || !finder.places(of: words[.order]).isEmpty || finder.tokens.count > mostTokens
  }

  /// Of a name that is a name.
  private static let mostTokens = 12

  /// In the order of the sentence.
  func mentions(in tokens: [SentenceToken]) -> [Mention] {
    var mentions: [Mention] = []
    var index = 0
    while index < tokens.count {
      let fitting = (aliases[tokens[index].plain.withoutPossessive] ?? []).first { fits($0, tokens, at: index) }
      if let fitting {
        mentions.append(Mention(tokens: index..<index + fitting.phrase.count, asset: fitting.asset))
        index += fitting.phrase.count
      } else {
        if isStranger(tokens, at: index) { mentions.append(Mention(tokens: index..<index + 1, asset: nil)) }
        index += 1
      }
    }
    return mentions
  }

  private func fits(_ alias: Alias, _ tokens: [SentenceToken], at index: Int) -> Bool {
    guard index + alias.phrase.count <= tokens.count else { return false }
    return alias.phrase.indices.allSatisfy { offset in
      let token = tokens[index + offset]
      let text = alias.isExact ? token.text : token.plain
      return text == alias.phrase[offset] || text.withoutPossessive == alias.phrase[offset]
    }
  }

  /// A name that nobody supplied: a symbol, or a word that is not known and has a capital where only names have one.
  private func isStranger(_ tokens: [SentenceToken], at index: Int) -> Bool {
    if NamedAssets.isTicker(tokens[index]) { return true }
    guard let word = tokens[index].word, tokens[index].text.first?.isUppercase == true,
      !words.vocabulary.contains(word.withoutPossessive)
    else { return false }
    if !words.words.hasCapitalNouns {
      // At the start every word has one: `Measured`, `Driven`.
      return index > 0 || !["ed", "ing", "ly"].contains(where: word.hasSuffix)
    }
    // Where all nouns have one, a name is what rises and falls.
    if ["index", "kurs", "preis", "fonds", "markt", "handel", "wert", "stimmung"].contains(where: word.hasSuffix) {
      return false
    }
    let finder = PhraseFinder(tokens: tokens)
    return finder.end(of: words.up + words.down + words[.close] + words[.open], at: index + 1) != nil
  }

  /// A word in capitals that is none of the usual ones is taken for a symbol that nobody supplied.
  private static func isTicker(_ token: SentenceToken) -> Bool {
    guard token.word != nil, (2...5).contains(token.text.count), !usual.contains(token.text) else { return false }
    return token.text.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) }
  }

  private static let usual: Set<String> = [
    "USD", "USDT", "USDC", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "KRW", "BRL", "INR", "DAI", "FDUSD", "ETF",
    "ETFS", "ETP", "UTC", "GMT", "US", "USA", "EU", "UK", "NYSE", "AI", "SEC", "FED", "GDP", "CPI", "KI", "ECB", "EZB",
    "ASIA", "IT", "AM", "PM", "FNG", "CMC",
  ]
}
