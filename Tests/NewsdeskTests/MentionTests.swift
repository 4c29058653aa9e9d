import Testing

@testable import Newsdesk

/// Eighty titles, made by hand, each with the assets that it is about.
@Suite struct MentionTests {
  static let titles: [(String, [String])] = [
    ("Bitcoin climbs above $60,000", ["BTC"]), ("bitcoin miners face a new squeeze", ["BTC"]),
    ("BTC options expiry looms", ["BTC"]), ("Traders eye $BTC and $ETH", ["BTC", "ETH"]),
    ("Ether slides as gas fees drop", ["ETH"]), ("Ethereum's Pectra upgrade is delayed", ["ETH"]),
    ("Ethereum Classic rallies on listing", []), ("Bitcoin Cash halving nears", []),
    ("Bitcoin and Bitcoin Cash part ways", ["BTC"]), ("Solana (SOL) flips rival by volume", ["SOL"]),
    ("Parasol makers see sales rise", []), ("Crypto market loses $100 billion", ["CRYPTO"]),
    ("Cryptocurrencies rebound after rout", ["CRYPTO"]), ("Digital assets draw pension money", ["CRYPTO"]),
    ("Cryptography pioneer wins prize", []), ("The CAT scan that changed medicine", []),
    ("Caterpillar Inc lifts outlook", ["CAT"]), ("Caterpillar stock drops on tariffs", ["CAT"]),
    ("A caterpillar eats through the roses", []), ("Shares of $CAT fall", ["CAT"]),
    ("META description tags still matter", []), ("Meta's ad revenue beats", ["META"]),
    ("Meta Platforms cuts jobs", ["META"]), ("A meta analysis of trials", []),
    ("Meta shares jump on AI plan", ["META"]),
    ("V for Vendetta returns to cinemas", []), ("Visa (V) settles lawsuit", ["V"]), ("Visa's profit rises", ["V"]),
    ("How to get a visa for Japan", []), ("Visa waiver programme widens", []), ("Buy $V now, says analyst", ["V"]),
    ("ALL in on stablecoins", []), ("Allstate ($ALL) raises dividend", ["ALL"]), ("ON this day in 2008", []),
    ("ON Semiconductor (ON) warns", ["ON"]), ("What to do NOW", []), ("ServiceNow (NYSE: NOW) gains", ["NOW"]),
    ("LOW rates are here to stay", []), ("Lowe's beats estimates", ["LOW"]), ("Low demand hits retailers", []),
    ("Apple's new phone is thinner", ["AAPL"]), ("Apple stock hits record", ["AAPL"]), ("An apple a day", []),
    ("Apple pie recipes for autumn", []), ("AAPL leads tech higher", ["AAPL"]), ("Apple Hospitality raises payout", []),
    ("Amazon rainforest fires spread", []), ("Amazon to open data center", ["AMZN"]),
    ("Alphabet's Google faces antitrust ruling", ["GOOGL"]), ("The alphabet of risk", []),
    ("Microsoft, Nvidia lead gains", ["MSFT", "NVDA"]), ("NVIDIA’s chips sell out", ["NVDA"]),
    ("Tesla's Musk visits Texas", ["TSLA"]), ("Nikola Tesla's papers are sold", ["TSLA"]),
    ("Goldman Sachs raises gold price forecast", ["GC=F", "GS"]), ("Gold medal for the swimmer", []),
    ("Gold Fields lifts output guidance", []), ("Barrick Gold beats estimates", []),
    ("Coca-Cola HBC grows in Africa", []), ("The Oracle of Omaha sells Apple", ["AAPL"]),
    ("Gold rallies to a record", ["GC=F"]), ("Goldman sees slower growth", ["GS"]), ("Silver lining for banks", []),
    ("Crude oil settles lower", ["CL=F"]), ("Brent crude tops $90", ["BZ=F"]), ("Natural gas jumps on cold", ["NG=F"]),
    ("Bank of America lifts target", ["BAC"]), ("Target stock falls after results", ["TGT"]),
    ("Johnson & Johnson wins verdict", ["JNJ"]), ("Procter and Gamble raises prices", ["PG"]),
    ("McDonald’s sales slip", ["MCD"]), ("Coca-Cola buys brand", ["KO"]),
    ("Berkshire Hathaway (BRK.B) trims stake", ["BRK-B"]),
    ("COIN flips and other games", []), ("Coinbase adds token", ["COIN"]), ("LINK in bio", []),
    ("BREAKING: COIN AND SOL HOLDERS SUE OVER LOSSES", []), ("Tether issues new tokens", []),
    ("USDT supply hits record", ["USDT"]), ("比特币突破七万美元", ["BTC"]), ("以太坊升级推迟", ["ETH"]),
    ("Биткоин обновил максимум", ["BTC"]), ("ビットコインが急落", ["BTC"]), ("SPY and QQQ slip before Fed", ["QQQ", "SPY"]),
  ]

  @Test func `assets are found in titles with hardly a mistake`() {
    #expect(Self.titles.count == 84)
    var (right, wrong, missed): (Int, [String], [String]) = (0, [], [])
    for (title, expected) in Self.titles {
      let found = Set(Mention.all(title: title, summary: nil, tags: []).map(\.symbol))
      right += found.intersection(expected).count
      wrong += found.subtracting(expected).map { "\($0) in '\(title)'" }
      missed += Set(expected).subtracting(found).map { "\($0) in '\(title)'" }
    }
    let precision = Double(right) / Double(right + wrong.count)
    let recall = Double(right) / Double(right + missed.count)
    #expect(precision >= 0.97, "precision \(precision): \(wrong)")
    #expect(recall >= 0.97, "recall \(recall): \(missed)")
    print("mentions: precision \(precision), recall \(recall), wrong \(wrong), missed \(missed)")
  }

  @Test func `a mention tells the most certain rule that found it`() {
    let found = Mention.all(
      title: "Bitcoin ($BTC) and Solana (SOL)", summary: "XRP too", tags: ["Cardano", "Markets", "Crypto"])
    #expect(
      found == [
        Mention(symbol: "ADA", rule: .tag), Mention(symbol: "BTC", rule: .cashtag),
        Mention(symbol: "CRYPTO", rule: .tag),
        Mention(symbol: "SOL", rule: .bracket), Mention(symbol: "XRP", rule: .symbol),
      ])
  }

  @Test func `a symbol that is to be matched counts as a word in capitals, whatever else it means`() {
    func named(_ title: String, _ matched: Set<String>) -> [Mention] {
      Mention.all(title: title, summary: nil, tags: [], matching: matched)
    }
    let title = "Miner RIO and V lead the open, as NET sales rise in Rio"
    #expect(named(title, []).isEmpty)
    #expect(
      named(title, ["RIO", "V", "NET", "OPEN"]) == ["NET", "RIO", "V"].map { Mention(symbol: $0, rule: .symbol) })
    #expect(named("MINER RIO LEADS THE OPEN", ["RIO"]).isEmpty)
  }

  @Test(arguments: titles.map(\.0)) func `words are the same whether or not all of a text is ASCII`(title: String) {
    let words = TitleToken.all(of: title).map { [$0.text, $0.folded] }
    let longer = TitleToken.all(of: "\(title) \u{E9}").map { [$0.text, $0.folded] }
    #expect(longer.dropLast() == words[...])
  }
}
