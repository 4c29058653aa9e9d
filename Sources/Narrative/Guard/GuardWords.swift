import Market

/// The words of a language, taken apart once.
struct GuardWords: Sendable {
  let words: FigureWords
  let up, down, percent, volatility, points, bars, days, hours, roughly, comparing, partOf, joining, hidden: [[String]]
  let scales: [(phrase: [String], power: Int)]
  let currencies: [(phrase: [String], code: String)]
  /// What may stand behind a number without a unit.
  let behindNumber: [[String]]
  /// All words that are known, one by one.
  let vocabulary: Set<String>
  /// Those that stand beside a verb that is left out: no verb is among them.
  let withoutVerbs: Set<String>
  private let topics: [FigureTopic: [[String]]]

  init(_ words: FigureWords) {
    self.words = words
    up = PhraseFinder.phrases(words.up)
    down = PhraseFinder.phrases(words.down)
    percent = PhraseFinder.phrases(words.percent)
    volatility = PhraseFinder.phrases(words.volatility)
    points = PhraseFinder.phrases(words.points)
    bars = PhraseFinder.phrases(words.bars)
    days = PhraseFinder.phrases(words.days)
    hours = PhraseFinder.phrases(words.hours)
    roughly = PhraseFinder.phrases(words.roughly)
    comparing = PhraseFinder.phrases(words.comparing)
    partOf = PhraseFinder.phrases(words.partOf)
    joining = PhraseFinder.phrases(words.joining)
    hidden = PhraseFinder.phrases(words.hidden)
    scales = words.scales.sorted { $0.key < $1.key }.map { (PhraseFinder.phrases([$0.key])[0], $0.value) }
    currencies = words.currencies.sorted { $0.key < $1.key }.map { (PhraseFinder.phrases([$0.key])[0], $0.value) }
    // A month without a day is a stretch too; a short one may be another word.
    let spans = [FigureTopic.span: words.months.flatMap { $0 }.filter { $0.count > 4 }]
    topics = words.topics.merging(spans) { $0 + $1 }.mapValues { PhraseFinder.phrases($0) }
    let near: [FigureTopic] = [
      .behindNumber, .ending, .from, .day, .dayBefore, .asia, .europe, .america, .close, .open, .high, .low, .over,
      .under,
    ]
    behindNumber =
      near.flatMap { PhraseFinder.phrases(words.topics[$0] ?? []) } + up + down + comparing + partOf + joining
    vocabulary = GuardWords.vocabulary(of: words)
    let beside: [FigureTopic] = [
      .day, .flow, .fiveDays, .asia, .europe, .america, .behindNumber, .over, .under, .capital,
    ]
    let known = beside.flatMap { words.topics[$0] ?? [] } + words.roughly + words.joining + words.partOf
    withoutVerbs = Set(PhraseFinder.phrases(known).flatMap { $0 })
  }

  /// Those of a language by one of its names; of any other language those of the first. `nil` where there is none.
  init?(of language: String, among languages: [FigureWords]) {
    let name = language.lowercased()
    guard let words = languages.first(where: { $0.names.contains(name) }) ?? languages.first else { return nil }
    self.init(words)
  }

  /// What tells a topic.
  subscript(topic: FigureTopic) -> [[String]] { topics[topic] ?? [] }

  private static func vocabulary(of words: FigureWords) -> Set<String> {
    let told = FigureTopic.allCases.filter { $0 != .order }.flatMap { words.topics[$0] ?? [] }
    let others = [
      words.up, words.down, words.percent, words.volatility, words.points, words.bars, words.days, words.hours,
      words.roughly, words.comparing, words.partOf, words.joining, words.hidden, words.weekdays, words.yesterday,
      Array(words.scales.keys), Array(words.currencies.keys), Array(words.numbers.keys), words.months.flatMap { $0 },
      words.pairs.flatMap { $0.first + $0.last }, told,
    ]
    return Set(PhraseFinder.phrases(others.flatMap { $0 }).flatMap { $0 })
  }
}
