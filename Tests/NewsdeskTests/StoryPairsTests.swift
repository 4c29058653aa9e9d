import Testing

@testable import Newsdesk

/// Pairs of titles, made by hand: thirty-six of one story told twice, forty that must not be taken for one.
@Suite struct StoryPairsTests {
  static let same: [(String, String)] = [
    (
      "Bitcoin ETFs see $105 million in outflows for third straight day",
      "Bitcoin ETFs see $105M in outflows for 3rd straight day"
    ),
    ("Fed cuts rates by 25 basis points, Powell says", "Fed cuts rates by 25 basis points: Powell"),
    ("Apple unveils new iPhone with satellite calling", "Apple Unveils New iPhone With Satellite Calling"),
    ("Tesla recalls 12,000 vehicles over brake fault", "Tesla recalls 12000 vehicles over brake fault, regulator says"),
    ("Ethereum developers set date for Pectra upgrade", "Ethereum developers set a date for the Pectra upgrade"),
    (
      "Nvidia beats estimates as data center sales double",
      "Nvidia beats estimates as data center sales double - report"
    ),
    ("SEC delays decision on Solana ETF applications", "SEC Delays Decision on Solana ETF Applications"),
    ("Microsoft raises dividend by 10%", "Microsoft raises dividend by 10 percent"),
    ("Coinbase to list new token from Base network team", "Coinbase to list a new token from the Base network team"),
    (
      "Oil climbs 2% as OPEC+ agrees to extend output curbs",
      "Oil climbs 2 per cent as OPEC+ agrees to extend output curbs"
    ),
    ("Hacker drains $1.5 billion from exchange hot wallet", "Hacker drains $1.5B from exchange hot wallet"),
    ("Binance founder released from federal custody", "Binance founder released from federal custody, reports say"),
    ("Gold hits record high as investors seek safe haven", "Gold hits record high as investors seek a safe haven"),
    ("UK lawmakers pass stablecoin regulation bill", "UK lawmakers pass stablecoin regulation bill after debate"),
    ("Amazon plans 14,000 job cuts in corporate units", "Amazon plans 14,000 job cuts in its corporate units"),
    ("Ripple wins approval to operate in Dubai", "Ripple wins approval to operate in Dubai: report"),
    ("Japan's 10-year yield hits highest since 2008", "Japan 10-year yield hits highest since 2008"),
    ("MicroStrategy buys another 4,000 bitcoin for $240M", "MicroStrategy buys another 4,000 bitcoin for $240 million"),
    (
      "JPMorgan profit rises on investment banking fees", "JPMorgan profit rises on investment banking fees (corrected)"
    ),
    ("Court rules against crypto mixer developers in appeal", "Court rules against crypto mixer developers on appeal"),
    ("US jobless claims fall to 218,000", "US jobless claims fall to 218,000 in week"),
    ("Walmart lifts forecast after strong second quarter", "Walmart lifts forecast after strong Q2"),
    (
      "EU regulators fine Meta Platforms over data transfers",
      "EU regulators fine Meta Platforms over its data transfers"
    ),
    (
      "Cardano founder proposes treasury swap into bitcoin",
      "UPDATE: Cardano founder proposes treasury swap into bitcoin"
    ),
    (
      "Intel names new chief executive to lead foundry turnaround",
      "Intel names new chief executive to lead the foundry turnaround"
    ),
    ("Kraken acquires futures platform in $1.50 billion deal", "Kraken acquires futures platform in $1.5bn deal"),
    ("Boeing strike enters fifth week as talks stall", "Boeing strike enters 5th week as talks stall"),
    ("Disney and YouTube TV reach carriage agreement", "Disney, YouTube TV reach carriage agreement"),
    ("Tether freezes wallets linked to sanctioned exchange", "Tether freezes wallets linked to a sanctioned exchange"),
    ("ECB keeps interest rates unchanged, warns on growth", "ECB keeps interest rates unchanged and warns on growth"),
    ("Airline recalls staff as travel demand returns", "Airline recalling staff as travel demand returns"),
    ("Chipmaker raises outlook on server demand", "Chipmaker raises its outlook on strong server demand"),
    ("Lender posts record quarterly loss", "Lender posts record loss for quarter"),
    ("Miner sells its gold unit to rival", "Miner is selling its gold unit to a rival"),
    ("Regulator fines broker over late trades", "Regulator slaps fine on broker over late trades"),
    ("Shipping rates climb as canal stays shut", "Shipping rates jump as canal stays shut"),
  ]

  static let different: [(String, String)] = [
    ("Bitcoin ETFs see $105 million in outflows", "Ether ETFs see $105 million in outflows"),
    ("Bitcoin ETFs see $105 million in outflows", "Bitcoin ETFs see $205 million in outflows"),
    ("Bitcoin ETFs see outflows for third straight day", "Bitcoin ETFs see outflows for fourth straight day"),
    ("Bitcoin ETFs record inflows for a second day", "Bitcoin ETFs record outflows for a second day"),
    (
      "Analyst lifts Apple price target to $300 on services growth",
      "Analyst lifts Microsoft price target to $300 on services growth"
    ),
    (
      "Analyst lifts Apple price target to $300 on services growth",
      "Analyst lifts Apple price target to $320 on services growth"
    ),
    (
      "Fed raises rates by 25 basis points at September meeting",
      "Fed cuts rates by 25 basis points at September meeting"
    ),
    ("Tesla shares rise 5% after delivery report", "Tesla shares fall 5% after delivery report"),
    ("Bitcoin tops $60,000 as traders await inflation data", "Bitcoin tops $62,000 as traders await inflation data"),
    ("Bitcoin slips below $60,000 before Fed decision", "Bitcoin climbs above $60,000 before Fed decision"),
    ("Nvidia beats estimates in second quarter", "Nvidia beats estimates in third quarter"),
    ("Solana ETF approved by regulator in Brazil", "XRP ETF approved by regulator in Brazil"),
    ("SEC approves Solana ETF options trading", "SEC rejects Solana ETF options trading"),
    ("US CPI rises 0.2% in August", "US CPI rises 0.3% in August"),
    ("Hacker drains $1.5 billion from exchange hot wallet", "Hacker drains $1.5 million from exchange hot wallet"),
    ("Microsoft raises dividend by 10%", "Microsoft raises dividend by $10"),
    ("Coca-Cola beats profit estimates and lifts outlook", "PepsiCo beats profit estimates and lifts outlook"),
    ("OpenAI releases GPT-4 model to developers worldwide", "OpenAI releases GPT-5 model to developers worldwide"),
    ("Binance to delist three tokens next week", "Binance to delist five tokens next week"),
    ("What happened in crypto today", "What happened in markets today"),
    ("Goldman Sachs upgrades Intel to buy on turnaround", "Goldman Sachs downgrades Intel to sell on turnaround"),
    ("Oil settles higher as supply worries return", "Oil settles lower as supply worries return"),
    ("Bitcoin Cash jumps 8% on network upgrade", "Bitcoin jumps 8% on network upgrade"),
    ("Ethereum Classic rallies 12% on exchange listing", "Ethereum rallies 12% on exchange listing"),
    ("Stock market today: Dow gains 100 points", "Stock market today: Dow gains 400 points"),
    ("Company says it will buy rival chipmaker", "Company says it will not buy rival chipmaker"),
    ("Visa stock falls after antitrust lawsuit filed", "Mastercard stock falls after antitrust lawsuit filed"),
    ("Whale moves 1,000 BTC to Coinbase after years", "Whale moves 1,000 ETH to Coinbase after years"),
    ("Price predictions 9/20: BTC, ETH, SOL", "Price predictions 9/23: BTC, ETH, SOL"),
    ("Amazon earnings beat", "Google earnings beat"),
    (
      "Court dismisses lawsuit against exchange over token sales",
      "Court revives lawsuit against exchange over token sales"
    ),
    ("Senator backs bill to ban crypto mixers in Texas", "Senator opposes bill to ban crypto mixers in Texas"),
    ("Carmaker halts output in Mexico over parts shortage", "Carmaker resumes output in Mexico over parts shortage"),
    ("Toyota recalls vehicles over airbag fault in Japan", "Honda recalls vehicles over airbag fault in Japan"),
    ("France passes budget bill after long debate", "Spain passes budget bill after long debate"),
    ("Bank of Japan keeps rates, currency gains", "Bank of England keeps rates, currency gains"),
    ("Monday market wrap: Bitcoin steady before Fed", "Tuesday market wrap: Bitcoin steady before Fed"),
    ("August jobs report shows hiring strength returning", "September jobs report shows hiring strength returning"),
    ("China lowers reserve ratio to boost lending growth", "India lowers reserve ratio to boost lending growth"),
    ("Port workers in Oslo accept pay offer", "Port workers in Bergen accept pay offer"),
  ]

  @Test(arguments: different) func `two stories are never taken for one`(first: String, second: String) {
    #expect(!Story(title: first).isSame(as: Story(title: second)), "\(first) | \(second)")
    #expect(!Story(title: second).isSame(as: Story(title: first)), "\(second) | \(first)")
  }

  @Test func `one story told twice is mostly found to be one`() {
    let missed = Self.same.filter { !Story(title: $0.0).isSame(as: Story(title: $0.1)) }
    let found = Self.same.count - missed.count
    let wrong = Self.different.filter { Story(title: $0.0).isSame(as: Story(title: $0.1)) }.count
    print(
      "stories: \(found) of \(Self.same.count) pairs found, \(wrong) of \(Self.different.count) others taken for one")
    // Those that say the same in other words: precision goes before.
    #expect(Double(found) >= 0.85 * Double(Self.same.count), "missed \(missed)")
  }

  @Test(arguments: same) func `what is one story is found by one of its first words`(first: String, second: String) {
    let (a, b) = (Story(title: first), Story(title: second))
    #expect(!a.isSame(as: b) || !Set(a.keys).isDisjoint(with: b.keys))
    let (ofA, ofB) = (WordBits(of: a.words), WordBits(of: b.words))
    #expect(!a.isSame(as: b) || ofA.mayBeSame(as: ofB.all) && ofB.mayBeSame(as: ofA.all))
  }

  @Test func `the bits of words keep most stories apart that are none like each other, and none that are`() {
    let words = (0..<40).map { "word\($0)" }
    let story = WordBits(of: Array(words[0..<10]))
    #expect(story.mayBeSame(as: story.all))
    #expect(story.mayBeSame(as: WordBits(of: Array(words[1..<10])).all))
    #expect(!story.mayBeSame(as: WordBits(of: Array(words[20..<30])).all))
    #expect(!story.mayBeSame(as: 0))
  }
}

@Suite struct TitleNumbersTests {
  @Test(arguments: [
    ("up 5%", ["5%"]), ("up 5 percent", ["5%"]), ("up 5 per cent", ["5%"]), ("up 5.0%", ["5%"]),
    ("$1.2B", ["1200000000"]),
    ("1.2 billion", ["1200000000"]), ("$240M and 1,200", ["1200", "240000000"]), ("third day", ["3"]),
    ("3rd day", ["3"]),
    ("Q3", ["3"]), ("GPT-4", ["4"]), ("A10x chip", ["a10x"]), ("007", ["7"]), ("0", ["0"]), ("100k", ["100000"]),
    ("9/20", ["20", "9"]), ("1.50 and 1.5", ["1.5"]), ("no number", []),
  ])
  func `a number is one however it is written`(title: String, numbers: [String]) {
    #expect(Story(title: title).numbers == numbers)
  }
}
