/// The assets that texts name by words: a fixed list, so that what is one story never depends on who follows what.
enum KnownNames {
  /// What is said for an asset.
  struct Name: Sendable {
    let symbol: String
    /// In lower case.
    let words: [String]
    /// Whether it counts in small letters too, as names of coins do.
    let isFree: Bool
    /// Whether it is also a word of the language, so that something beside it must speak of markets.
    let isWord: Bool
  }

  /// All symbols of the list.
  static let symbols: Set<String> = Set(entries.map(\.symbol))

  /// What a tag of a feed stands for: a symbol, or a name and nothing else.
  static func tagged(_ tag: String) -> [String] {
    if symbols.contains(tag) { return [tag] }
    let tokens = TitleToken.all(of: tag)
    guard let name = match(at: 0, in: tokens, isTag: true), name.words.count == spoken(tokens).count,
      !name.symbol.isEmpty
    else { return isOfCrypto(tokens) ? [Mention.crypto] : [] }
    return [name.symbol]
  }

  /// The assets that are called by their names, and coins as such. The longest name counts: Bitcoin Cash is no Bitcoin.
  static func named(_ tokens: [TitleToken]) -> [Mention] {
    let spoken = spoken(tokens)
    var found: [Mention] = []
    var index = 0
    while index < spoken.count {
      if let name = match(at: index, in: spoken, isTag: false) {
        if !name.symbol.isEmpty { found.append(Mention(symbol: name.symbol, rule: .name)) }
        index += name.words.count
      } else {
        index += 1
      }
    }
    if isOfCrypto(spoken) { found.append(Mention(symbol: Mention.crypto, rule: .kind)) }
    for token in tokens where !token.isASCII {
      for (text, symbol) in elsewhere where token.folded.contains(text) {
        found.append(Mention(symbol: symbol, rule: symbol == Mention.crypto ? .kind : .name))
      }
    }
    return found
  }

  private static func isOfCrypto(_ tokens: [TitleToken]) -> Bool {
    tokens.indices.contains { index in
      switch tokens[index].folded {
      case "crypto", "cryptos", "cryptocurrency", "cryptocurrencies": true
      case "digital": index + 1 < tokens.count && ["asset", "assets"].contains(tokens[index + 1].folded)
      default: false
      }
    }
  }

  /// Without the `and` of Procter and Gamble.
  private static func spoken(_ tokens: [TitleToken]) -> [TitleToken] {
    tokens.contains { $0.folded == "and" } ? tokens.filter { $0.folded != "and" } : tokens
  }

  private static func match(at index: Int, in tokens: [TitleToken], isTag: Bool) -> Name? {
    guard index < tokens.count, firstWords.mayHold(tokens[index].folded),
      let names = byFirstWord[tokens[index].folded]
    else { return nil }
    return names.first { name in
      guard index + name.words.count <= tokens.count else { return false }
      for (offset, word) in name.words.enumerated() where tokens[index + offset].folded != word { return false }
      guard !isTag else { return true }
      guard name.isFree || tokens[index].isCapitalised else { return false }
      return !name.isWord || isOfMarkets(tokens, from: index, to: index + name.words.count)
    }
  }

  /// Whether beside a name that is also a word stands something that companies and markets have.
  private static func isOfMarkets(_ tokens: [TitleToken], from start: Int, to end: Int) -> Bool {
    let following = tokens[end...].prefix(3).map(\.folded)
    if following.first == "s" { return true }
    if following.contains(where: ofMarkets.contains) { return true }
    return tokens[..<start].suffix(2).map(\.folded).contains { ofMarketsBefore.contains($0) }
  }

  private static let ofMarkets: Set<String> = [
    "stock", "stocks", "shares", "share", "price", "prices", "earnings", "revenue", "inc", "corp", "ceo", "cfo",
    "profit", "quarterly", "outlook", "guidance", "futures", "token", "blockchain", "investors", "analyst", "analysts",
    "forecast", "sales", "dividend", "ounce", "bullion", "rally", "rallies", "surges", "jumps", "falls", "rises",
    "hits", "climbs", "slides", "drops", "gains", "demand", "slips", "tumbles", "reserves", "etf", "etfs", "mainnet",
  ]
  private static let ofMarketsBefore: Set<String> = [
    "shares", "stock", "retailer", "spot", "ceo", "buy", "sell", "upgrades", "downgrades", "chipmaker", "ounce",
  ]

  private static let byFirstWord: [String: [Name]] = Dictionary(
    grouping: entries.filter { !$0.words.isEmpty }, by: { $0.words[0] }
  ).mapValues { names in names.sorted { ($1.words.count, $0.symbol) < ($0.words.count, $1.symbol) } }

  /// Almost no word of a text begins a name, and to look one up is dear.
  private static let firstWords = WordSieve(byFirstWord.keys)

  /// Words of other scripts, which stand within others there.
  private static let elsewhere: [(String, String)] = [
    ("比特币", "BTC"), ("比特幣", "BTC"), ("以太坊", "ETH"), ("加密货币", Mention.crypto), ("加密貨幣", Mention.crypto),
    ("苹果公司", "AAPL"), ("特斯拉", "TSLA"), ("英伟达", "NVDA"), ("微软", "MSFT"), ("ビットコイン", "BTC"),
    ("イーサリアム", "ETH"), ("暗号資産", Mention.crypto), ("비트코인", "BTC"), ("이더리움", "ETH"), ("биткоин", "BTC"),
    ("биткойн", "BTC"), ("эфириум", "ETH"), ("криптовалют", Mention.crypto), ("بيتكوين", "BTC"), ("ביטקוין", "BTC"),
  ]

  /// The list as it is looked up. In it a star before a name marks one that is also a word.
  private static let entries: [Name] = table.split(separator: "\n").flatMap { line -> [Name] in
    let cells = line.split(separator: "|", omittingEmptySubsequences: false)
    let symbol = String(cells[0])
    let names = cells.count > 1 ? cells[1].split(separator: ";") : []
    let isFree = cells.count > 2 && cells[2] == "free"
    guard !names.isEmpty else { return [Name(symbol: symbol, words: [], isFree: false, isWord: false)] }
    return names.map { name in
      let isWord = name.hasPrefix("*")
      let words = TitleToken.all(of: String(isWord ? name.dropFirst() : name)).map(\.folded).filter { $0 != "and" }
      return Name(symbol: symbol, words: words, isFree: isFree, isWord: isWord)
    }
  }
}
