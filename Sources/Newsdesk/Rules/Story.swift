/// What makes a title the title of one story: its words, its numbers, the assets that it names.
package struct Story: Hashable, Sendable {
  /// In lower case, without those that say nothing, each once and in order.
  package let words: [String]
  /// As they are compared, each once and in order.
  package let numbers: [String]
  /// Symbols of the assets that it names, `CRYPTO` for coins as such, each once and in order.
  package let assets: [String]

  /// The title of a story.
  package init(title: String) { self.init(of: Title(title)) }

  init(of title: Title) {
    let tokens = title.tokens
    var words: Set<String> = []
    var numbers: Set<String> = []
    var index = 0
    while index < tokens.count {
      if let found = TitleNumbers.number(at: index, in: tokens) {
        numbers.insert(found.number)
        index += found.tokens
        continue
      }
      let word = tokens[index].folded
      if !Story.silent.contains(word) { words.insert(word) }
      index += 1
    }
    self.words = words.sorted()
    self.numbers = numbers.sorted()
    // Each is there once, in order.
    assets = title.mentions.map(\.symbol)
  }

  /// The same from what was kept of it.
  package init(words: [String], numbers: [String], assets: [String]) {
    self.words = words
    self.numbers = numbers
    self.assets = assets
  }

  /// Seconds between two stories that may be one.
  package static let window: Int64 = 48 * 3600
  /// The least Jaccard index of the words of one story told twice.
  static let likeness = 0.7
  /// So many words have both in common at least.
  static let common = 3

  /// Whether two titles tell the same story: the same numbers, the same assets, and mostly the same words, with none that
  /// says the opposite or stands in place of another. That they were published within two days is looked at elsewhere.
  package func isSame(as other: Story) -> Bool {
    guard numbers == other.numbers, assets == other.assets else { return false }
    let shared = Story.shared(words, other.words)
    guard shared >= Story.common,
      Double(shared) >= Story.likeness * Double(words.count + other.words.count - shared)
    else { return false }
    return !Direction.areOpposed(words, other.words) && !Story.haveOtherWords(words, other.words)
  }

  /// Whether each has a word of its own that is no form of one of the other's: where all else is the same, that word is what
  /// the two stories differ in, be it a name, a day or what was done. One that only says more says nothing else.
  private static func haveOtherWords(_ a: [String], _ b: [String]) -> Bool {
    let (first, second) = (Set(a), Set(b))
    let (mine, others) = (first.subtracting(second), second.subtracting(first))
    let (few, many) = mine.count < others.count ? (mine, others) : (others, mine)
    return few.contains { word in !many.contains { areForms(word, $0) } }
  }

  /// Whether two words are forms of one: `recall` and `recalled`, `rise` and `rising`.
  private static func areForms(_ a: String, _ b: String) -> Bool {
    let stem = a.commonPrefix(with: b)
    guard stem.count >= 3 else { return false }
    return [a, b].allSatisfy { endings.contains($0.dropFirst(stem.count)) }
  }

  private static let endings: Set<Substring> = ["", "s", "es", "d", "ed", "e", "ing", "y", "ies", "ied"]

  /// How many words two sorted lists share.
  private static func shared(_ a: [String], _ b: [String]) -> Int {
    var (first, second, count) = (0, 0, 0)
    while first < a.count, second < b.count {
      if a[first] == b[second] {
        (first, second, count) = (first + 1, second + 1, count + 1)
      } else if a[first] < b[second] {
        first += 1
      } else {
        second += 1
      }
    }
    return count
  }

  /// Words that say nothing about what a story is: of grammar, and of telling.
  private static let silent: Set<String> = [
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "as", "is", "are", "was",
    "were", "be", "been", "it", "its", "this", "that", "these", "those", "has", "have", "had", "will", "would", "s",
    "t",
    "but", "into", "than", "then", "their", "his", "her", "he", "she", "they", "you", "your", "we", "our", "after",
    "amid", "over", "per", "via", "who", "what", "how", "why", "when", "report", "reports", "says", "say", "said",
    "reportedly", "update", "breaking", "exclusive", "corrected", "watch", "video", "live",
  ]
}

extension Story {
  /// The words by one of which two titles of the same story find each other, together with the numbers and the assets: of
  /// two sets as alike as that, the first few words in any order that both go by share one.
  package var keys: [UInt64] {
    let ordered = words.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    guard ordered.count >= Story.common else { return [] }
    let count = ordered.count - Int((Story.likeness * Double(ordered.count)).rounded(.up)) + 1
    let rest = (numbers + ["|"] + assets).joined(separator: " ")
    return ordered.prefix(count).map { Story.hash("\($0) \(rest)") }
  }

  /// FNV-1a of 64 bits: the same on every machine and in every run.
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}

/// Words that cannot both be true of one event.
enum Direction {
  private static let ups: Set<String> = [
    "rise", "rises", "rising", "rose", "up", "gain", "gains", "gained", "climb", "climbs", "climbed", "jump", "jumps",
    "jumped", "surge", "surges", "surged", "rally", "rallies", "rallied", "soar", "soars", "soared", "higher", "raises",
    "raise", "raised", "hikes", "hike", "inflow", "inflows", "above", "buys", "buy", "bought", "upgrade", "upgrades",
    "upgraded", "beats", "beat", "approves", "approved", "wins", "bullish", "adds", "launches", "rebounds", "tops",
    "profit", "bigger", "increase", "increases", "more", "opens",
  ]
  private static let downs: Set<String> = [
    "fall", "falls", "falling", "fell", "down", "lose", "loses", "lost", "loss", "losses", "drop", "drops", "dropped",
    "slide", "slides", "slid", "plunge", "plunges", "plunged", "tumble", "tumbles", "tumbled", "sink", "sinks", "slump",
    "slumps", "lower", "lowers", "cuts", "cut", "outflow", "outflows", "below", "sells", "sell", "sold", "downgrade",
    "downgrades", "downgraded", "misses", "missed", "rejects", "rejected", "denies", "denied", "loses", "bearish",
    "removes", "delays", "retreats", "dips", "smaller", "decrease", "decreases", "less", "closes", "not", "no", "never",
  ]

  /// Whether one list has a word of one side, which the other lacks, and the other one of the other side.
  static func areOpposed(_ a: [String], _ b: [String]) -> Bool {
    let (first, second) = (Set(a), Set(b))
    let (mine, other) = (first.subtracting(second), second.subtracting(first))
    guard !mine.isEmpty || !other.isEmpty else { return false }
    let isTurned =
      !mine.isDisjoint(with: ups) && !other.isDisjoint(with: downs)
      || !mine.isDisjoint(with: downs) && !other.isDisjoint(with: ups)
    // A denial in one of them alone turns all that both say.
    return isTurned || !mine.symmetricDifference(other).isDisjoint(with: ["not", "no", "never", "denies"])
  }
}
