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

  /// The first thing that no fact bears out, in words; `nil` where there is none.
  func objection(to sentence: String) -> String? {
    let tokens = SentenceTokens.all(of: sentence, hasDecimalComma: words.words.hasDecimalComma)
    let mentions = assets.mentions(in: tokens)
    let named = Set(mentions.filter { $0.asset != nil }.flatMap { Array($0.tokens) })
    let reader = FigureReader(tokens: tokens, named: named, words: words, day: facts.day, known: facts.days)
    let scene = Scene(tokens: tokens, mentions: mentions, figures: reader.figures, words: words, facts: facts)
    if let order = order(in: scene) { return order }
    var borne: [Int: SuppliedFigure] = [:]
    for figure in scene.figures {
      switch verdict(on: figure, in: scene) {
      case .borne(let fact): if figure.isValue { borne[figure.start] = fact }
      case .fault(let fault): return "“\(figure.text)” \(fault)"
      }
    }
    let hasFigure = scene.figures.contains(where: \.isValue)
    return overreach(of: scene) ?? (hasFigure ? nil : unheld(scene, named)) ?? ClaimJudge(facts, scene, borne).objection
  }

  /// A word that speaks to the reader.
  private func order(in scene: Scene) -> String? {
    scene.places(of: .order).first.map { "“\(scene.tokens[$0.lowerBound].text)” is no report of what happened" }
  }

  /// The highest of a stretch that no fact speaks of.
  private func overreach(of scene: Scene) -> String? {
    let extremes = scene.places(of: .highest) + scene.places(of: .lowest)
    let spans = scene.places(of: .span)
    let isFar = extremes.contains { extreme in
      scene.clauses.contains { clause in
        clause.contains(extreme.lowerBound) && spans.contains { clause.contains($0.lowerBound) }
      }
    }
    return isFar ? "it speaks of a stretch of which there are no figures" : nil
  }

  /// A sentence without figures, of which only its words can be held against anything.
  private func unheld(_ scene: Scene, _ named: Set<Int>) -> String? {
    let dated = Set(scene.figures.flatMap { Array($0.tokens) })
    for (index, token) in scene.tokens.enumerated() where !named.contains(index) && !dated.contains(index) {
      guard let word = token.word, !words.vocabulary.contains(word.withoutPossessive) else { continue }
      return "it has no figure, and “\(token.text)” is a word of which nothing can be told"
    }
    if scene.mentions.contains(where: { $0.asset == nil }) {
      return "it speaks of an asset that the facts do not speak of"
    }
    let places: [FigureTopic] = [.open, .high, .low, .range, .highest, .lowest]
    return places.contains { !scene.places(of: $0).isEmpty } ? "it tells a price without its figure" : nil
  }
}

// MARK: - A figure

extension SentenceJudge {
  /// What is to be said of a figure.
  private enum Verdict {
    /// It tells this fact; `nil` of days, times and spans of our own rules.
    case borne(SuppliedFigure?)
    /// What is wrong with it, in words.
    case fault(String)
  }

  private func verdict(on figure: TextFigure, in scene: Scene) -> Verdict {
    switch figure.unit {
    case .date(let day):
      return day.map(facts.days.contains) == true ? .borne(nil) : .fault("is no day of the facts")
    case .time(let minute):
      return facts.minutes.contains(minute % 1440) ? .borne(nil) : .fault("is no time of the facts")
    case .unknown: return .fault("is in no unit of the facts")
    case .hours where figure.equals(24): return .borne(nil)
    case .days where isRule(figure, in: scene): return .borne(nil)
    case .none, .percent, .money, .points, .days, .hours, .bars, .assets: break
    }
    guard let number = figure.number else { return .fault("cannot be read") }
    if scene.isDenied(figure) { return .fault("is said not to be") }
    let owner = scene.owner(of: figure).words
    let possible = scene.possible(for: figure)
    guard !possible.isEmpty else { return .fault("is no figure of \(owner)") }
    let candidates = scene.candidates(among: possible, for: figure)
    if let fact = candidates.first(where: { isBorneOut(figure, number, by: $0, in: scene) }) {
      let isOfBoth = isAlsoOf(scene.partner(of: figure), figure, number, in: scene)
      return isOfBoth ? .borne(fact) : .fault("is not that of both")
    }
    if candidates.contains(where: \.unit.hasDirection), figure.sign == nil, scene.direction(of: figure) == nil {
      return .fault("has no word that is known to tell whether it went up or down")
    }
    let other = possible.first { !candidates.contains($0) && isBorneOut(figure, number, by: $0, in: scene) }
    return .fault(
      other.map { "is the \($0.what.rawValue) of \(owner), and is said to be something else" }
        ?? "equals none of the figures of \(owner)")
  }

  /// `Linde and Cardano lost 4.7 %`: the one that is named right before must have lost as much.
  private func isAlsoOf(_ partner: String?, _ figure: TextFigure, _ number: WrittenNumber, in scene: Scene) -> Bool {
    guard let partner, figure.unit == .percent else { return true }
    return facts.figures.contains {
      $0.asset == partner && $0.what == .change && isBorneOut(figure, number, by: $0, in: scene)
    }
  }

  /// Spans that our own rules speak of: the seven days of volatility, the five of flows.
  private func isRule(_ figure: TextFigure, in scene: Scene) -> Bool {
    figure.equals(7) && scene.speaksOfVolatility || figure.equals(5) && !scene.places(of: .flow).isEmpty
  }

  private func isBorneOut(
    _ figure: TextFigure, _ number: WrittenNumber, by fact: SuppliedFigure, in scene: Scene
  ) -> Bool {
    // Those of the mood have chosen their day already.
    if fact.unit != .index, let day = scene.day(of: figure), day != (fact.day ?? facts.day) { return false }
    guard fact.unit.hasDirection else { return figure.tells(fact.value, as: number, sign: figure.sign ?? 1) }
    guard let sign = figure.sign ?? scene.direction(of: figure) else { return false }
    return figure.tells(fact.value, as: number, sign: sign)
  }
}
