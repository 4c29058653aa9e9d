import Market

/// The words of a language, taken apart once.
struct GuardWords {
  let words: FigureWords
  let up, down, percent, volatility, points, bars, days, hours, roughly, comparing, partOf, joining: [[String]]
  let scales: [(phrase: [String], power: Int)]
  let currencies: [(phrase: [String], code: String)]

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
    scales = words.scales.sorted { $0.key < $1.key }.map { (PhraseFinder.phrases([$0.key])[0], $0.value) }
    currencies = words.currencies.sorted { $0.key < $1.key }.map { (PhraseFinder.phrases([$0.key])[0], $0.value) }
  }
}
