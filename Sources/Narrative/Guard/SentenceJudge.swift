import Market

/// Judges one sentence after another by the same facts.
struct SentenceJudge {
  private let facts: GuardedFacts
  private let words: GuardWords
  private let assets: NamedAssets

  init(_ facts: GuardedFacts, _ words: GuardWords, _ assets: NamedAssets) {
    self.facts = facts
    self.words = words
    self.assets = assets
  }

  /// The first figure that no fact bears out, in words; `nil` where there is none.
  func objection(to sentence: String) -> String? {
    let tokens = SentenceTokens.all(of: sentence, hasDecimalComma: words.words.hasDecimalComma)
    let mentions = assets.mentions(in: tokens)
    let figures = FigureReader(
      tokens: tokens, named: Set(mentions.flatMap { Array($0.tokens) }), words: words, known: facts.days
    ).figures
    let scene = Scene(tokens: tokens, mentions: mentions, figures: figures, words: words, facts: facts)
    for figure in figures {
      if let fault = fault(figure, in: scene) { return "“\(figure.text)” \(fault)" }
    }
    return nil
  }

  /// What is wrong with a figure; `nil` where it is borne out.
  private func fault(_ figure: TextFigure, in scene: Scene) -> String? {
    switch figure.unit {
    case .date(let day):
      guard let day, facts.days.contains(day) else { return "is no day of the facts" }
      return nil
    case .time(let minute): return facts.minutes.contains(minute % 1440) ? nil : "is no time of the facts"
    case .unknown: return "is in no unit of the facts"
    case .hours where isRule(figure, [24]), .days where isRule(figure, [5, 7]): return nil
    case .none, .percent, .money, .points, .days, .hours, .bars: break
    }
    guard let number = figure.number else { return "cannot be read" }
    let candidates = scene.candidates(for: figure)
    guard !candidates.isEmpty else { return "is no figure of \(scene.owner(of: figure).words)" }
    return candidates.contains { isBorneOut(figure, number, by: $0, in: scene) }
      ? nil : "equals none of the figures of \(scene.owner(of: figure).words)"
  }

  /// Spans that our own rules speak of.
  private func isRule(_ figure: TextFigure, _ spans: [Int128]) -> Bool {
    figure.number.map { number in spans.contains { number.value == ExactDecimal(mantissa: $0, exponent: 0) } } ?? false
  }

  private func isBorneOut(
    _ figure: TextFigure, _ number: WrittenNumber, by fact: SuppliedFigure, in scene: Scene
  ) -> Bool {
    if let day = scene.day(of: figure), day != (fact.day ?? facts.day) { return false }
    let written = figure.isRough ? number.rough : number
    let rounded = fact.value.rounded(to: written.lastDigit)
    guard fact.unit.hasDirection else {
      return rounded == (figure.sign == -1 ? written.value.negated : written.value)
    }
    let direction = figure.sign ?? scene.direction(of: figure) ?? 1
    return rounded == (direction < 0 ? written.value.negated : written.value)
  }
}

/// A sentence with what was found in it.
private struct Scene {
  let tokens: [SentenceToken]
  let mentions: [NamedAssets.Mention]
  let figures: [TextFigure]
  let words: GuardWords
  let facts: GuardedFacts
  private let directions: [(tokens: Range<Int>, sign: Int)]
  private let speaksOfVolatility: Bool

  init(
    tokens: [SentenceToken], mentions: [NamedAssets.Mention], figures: [TextFigure], words: GuardWords,
    facts: GuardedFacts
  ) {
    (self.tokens, self.mentions, self.figures, self.words, self.facts) = (tokens, mentions, figures, words, facts)
    let finder = PhraseFinder(tokens: tokens)
    directions = finder.places(of: words.up).map { ($0, 1) } + finder.places(of: words.down).map { ($0, -1) }
    speaksOfVolatility = !finder.places(of: words.volatility).isEmpty
  }

  /// Whose a figure is.
  struct Owner {
    /// `nil` for the market, and for an asset that nobody supplied.
    let asset: String?
    let isStranger: Bool
    /// How many of the facts' assets were named before the figure.
    let named: Int

    var words: String { isStranger ? "an asset that the facts do not speak of" : asset ?? "the market" }
  }

  func owner(of figure: TextFigure) -> Owner {
    let before = mentions.filter { $0.tokens.upperBound <= figure.tokens.lowerBound }
    let named = Set(before.compactMap(\.asset)).count
    guard let last = before.last else { return Owner(asset: facts.subject, isStranger: false, named: named) }
    return Owner(asset: last.asset, isStranger: last.asset == nil, named: named)
  }

  /// The facts that a figure may be.
  func candidates(for figure: TextFigure) -> [SuppliedFigure] {
    let owner = owner(of: figure)
    return facts.figures.filter { fact in fits(figure, fact.unit) && belongs(fact, to: owner) }
  }

  private func belongs(_ fact: SuppliedFigure, to owner: Owner) -> Bool {
    if fact.unit.isOfMood { return true }
    if owner.isStranger { return false }
    // What is said of several together is the market's.
    if fact.asset == nil { return owner.asset == nil || owner.named > 1 }
    return fact.asset == owner.asset
  }

  private func fits(_ figure: TextFigure, _ unit: SuppliedFigure.Unit) -> Bool {
    switch (figure.unit, unit) {
    case (.percent, .change): true
    case (.percent, .volatility): speaksOfVolatility
    case (.money(let written), .price(let currency)), (.money(let written), .flow(let currency)):
      written == currency || written == "$" && ["USD", "USDT", "USDC"].contains(currency)
    case (.points, .points), (.points, .index), (.days, .days), (.bars, .bars): true
    case (.none, .price), (.none, .index), (.none, .assets), (.none, .bars): true
    default: false
    }
  }

  /// The day that a figure is said of; `nil` where its sentence names none.
  func day(of figure: TextFigure) -> Day? {
    let days = figures.filter { if case .date = $0.unit { !$0.isCompared } else { false } }
    let nearest = days.last { $0.tokens.upperBound <= figure.tokens.lowerBound } ?? days.first
    if case .date(let day) = nearest?.unit { return day }
    return nil
  }

  /// 1 or -1 by the nearest word that tells a direction; of two as near the one before the figure.
  func direction(of figure: TextFigure) -> Int? {
    let ranked = directions.map { word, sign -> (distance: Int, sign: Int) in
      let isBefore = word.upperBound <= figure.tokens.lowerBound
      let distance =
        isBefore ? figure.tokens.lowerBound - word.upperBound : max(0, word.lowerBound - figure.tokens.upperBound)
      return (distance * 2 + (isBefore ? 0 : 1), sign)
    }
    return ranked.min { $0.distance < $1.distance }?.sign
  }
}
