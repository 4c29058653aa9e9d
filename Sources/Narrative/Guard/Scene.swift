import Market

/// A sentence with what was found in it: who is spoken of, of which day, in which direction, and what its figures are
/// said to be.
struct Scene {
  let tokens: [SentenceToken]
  let mentions: [NamedAssets.Mention]
  let figures: [TextFigure]
  let words: GuardWords
  let facts: GuardedFacts
  let finder: PhraseFinder
  let clauses: [Range<Int>]
  let directions: [(tokens: Range<Int>, sign: Int)]
  private let topics: [FigureTopic: [Range<Int>]]
  private let volatility: [Range<Int>]

  init(
    tokens: [SentenceToken], mentions: [NamedAssets.Mention], figures: [TextFigure], words: GuardWords,
    facts: GuardedFacts
  ) {
    (self.tokens, self.mentions, self.figures, self.words, self.facts) = (tokens, mentions, figures, words, facts)
    let finder = PhraseFinder(tokens: tokens)
    self.finder = finder
    directions = finder.places(of: words.up).map { ($0, 1) } + finder.places(of: words.down).map { ($0, -1) }
    var topics = FigureTopic.allCases.reduce(into: [:]) { $0[$1] = finder.places(of: words[$1]) }
    // The month of a day is no stretch, nor are 24 hours.
    let known = (topics[.day] ?? []) + (topics[.dayBefore] ?? []) + figures.map(\.tokens)
    topics[.span]?.removeAll { place in known.contains { $0.overlaps(place) } }
    self.topics = topics
    volatility = finder.places(of: words.volatility)
    let found = topics
    let phrases = [FigureTopic.day, .dayBefore, .streak, .fiveDays, .index, .high, .low, .level].flatMap {
      found[$0] ?? []
    }
    let whole = figures.map { $0.start..<$0.tokens.upperBound } + mentions.map(\.tokens) + phrases
    clauses = Clauses(tokens, words, figures: figures, whole: whole).ranges
  }
}

// MARK: - What stands near a figure

extension Scene {
  private func clause(of figure: TextFigure) -> Int {
    clauses.firstIndex { $0.contains(figure.tokens.lowerBound) } ?? 0
  }

  private func hasValue(_ clause: Range<Int>) -> Bool {
    figures.contains { $0.isValue && clause.contains($0.tokens.lowerBound) }
  }

  /// The clause of a figure, and those that tell of it too: the ones before it without a figure, and at the end of the
  /// sentence the ones behind it.
  func context(of figure: TextFigure) -> [Range<Int>] {
    guard !clauses.isEmpty else { return [] }
    let own = clause(of: figure)
    let before = clauses[..<own].reversed().prefix { !hasValue($0) }
    let after = clauses[(own + 1)...]
    return [clauses[own]] + before + (after.contains(where: hasValue) ? [] : Array(after))
  }

  /// The places of a topic.
  func places(of topic: FigureTopic) -> [Range<Int>] { topics[topic] ?? [] }

  func has(_ topic: FigureTopic, in clause: Range<Int>) -> Bool {
    places(of: topic).contains { clause.contains($0.lowerBound) }
  }

  /// Whether a topic is told near a figure.
  func has(_ topic: FigureTopic, near figure: TextFigure) -> Bool {
    context(of: figure).contains { has(topic, in: $0) }
  }

  /// The one of some topics that is told nearest to a figure: in its clause, else in what tells of it too. Of those in the
  /// clause the last one before the figure goes first where that is wanted.
  func nearest(_ topics: [FigureTopic], to figure: TextFigure, beforeFirst: Bool) -> FigureTopic? {
    let all = topics.flatMap { topic in places(of: topic).map { (topic: topic, place: $0) } }
    for clause in context(of: figure) {
      let inside = all.filter { clause.contains($0.place.lowerBound) && !$0.place.overlaps(figure.tokens) }
        .filter { !beforeFirst || $0.topic == .range || !isTaken($0.place, before: figure) }
      let ranked = inside.map {
        (topic: $0.topic, rank: rank($0.place, of: figure, beforeFirst: beforeFirst), length: $0.place.count)
      }
      if let best = ranked.min(by: { ($0.rank, -$0.length) < ($1.rank, -$1.length) }) { return best.topic }
    }
    return nil
  }

  /// Whether another figure stands between a word and a figure behind it, so that the word tells of that one:
  /// `from a low of 1 to 2`.
  private func isTaken(_ place: Range<Int>, before figure: TextFigure) -> Bool {
    place.upperBound <= figure.start
      && figures.contains {
        $0.isValue && $0.start >= place.upperBound && $0.tokens.upperBound <= figure.start
      }
  }

  private func rank(_ place: Range<Int>, of figure: TextFigure, beforeFirst: Bool) -> Int {
    let isBefore = place.upperBound <= figure.start
    let distance = isBefore ? figure.start - place.upperBound : max(0, place.lowerBound - figure.tokens.upperBound)
    return distance * 2 + (isBefore ? 0 : beforeFirst ? 1000 : 1)
  }

  /// Whether one of some phrases stands right before a figure, but for a word that it is rounded.
  func stands(_ phrases: [[String]], rightBefore figure: TextFigure) -> Bool {
    finder.start(of: phrases, before: figure.start) != nil
      || finder.start(of: words.roughly, before: figure.start).map { finder.start(of: phrases, before: $0) != nil }
        ?? false
  }

  /// Whether a figure of per cent is one of volatility: it is spoken of near it, and nothing else that moved is nearer.
  func isVolatility(_ figure: TextFigure) -> Bool {
    guard
      let clause = context(of: figure).first(where: { clause in volatility.contains { clause.contains($0.lowerBound) } }
      )
    else { return false }
    let rivals = figures.filter { $0.unit == .percent && clause.contains($0.tokens.lowerBound) }
    guard rivals.count > 1 else { return true }
    let ranks = volatility.map { rank($0, of: figure, beforeFirst: false) }
    let others = directions.map { rank($0.tokens, of: figure, beforeFirst: false) }
    return (ranks.min() ?? .max) < (others.min() ?? .max)
  }

  /// The topics of prices that stand before a figure in its clause, and are of no figure before it.
  func priceTopics(before figure: TextFigure) -> Set<FigureTopic> {
    guard let own = context(of: figure).first else { return [] }
    let told = [FigureTopic.close, .open, .high, .low].flatMap { topic in
      places(of: topic).filter {
        own.contains($0.lowerBound) && $0.upperBound <= figure.start && !isTaken($0, before: figure)
      }.map { (topic, $0) }
    }
    // `closed below its high of 5`: one is compared with the other.
    guard let first = told.map(\.1.lowerBound).min(), let last = told.max(by: { $0.1.lowerBound < $1.1.lowerBound })
    else { return [] }
    let between = finder.places(of: words[.over] + words[.under] + words.comparing)
    let isCompared = between.contains { $0.lowerBound > first && $0.upperBound <= last.1.lowerBound }
    return isCompared ? [last.0] : Set(told.map(\.0))
  }

  /// Whether words behind a figure say of it that it is another price: `closed at 5, its high`.
  func isCalledElse(_ figure: TextFigure, than topic: FigureTopic?) -> Bool {
    let own = clauses.isEmpty ? 0..<tokens.count : clauses[clause(of: figure)]
    let behind = context(of: figure).filter { $0.lowerBound >= own.upperBound }
    return [FigureTopic.open, .high, .low].contains { other in
      other != topic && topic != .range && behind.contains { has(other, in: $0) }
    }
  }

  /// Whether volatility is said to have moved by a figure, and not to be it.
  func isMoveOfVolatility(_ figure: TextFigure) -> Bool {
    directions.contains { direction in
      direction.tokens.upperBound <= figure.start
        && volatility.contains { $0.upperBound <= direction.tokens.lowerBound }
        && context(of: figure).first?.contains(direction.tokens.lowerBound) == true
    }
  }

  var speaksOfVolatility: Bool { !volatility.isEmpty }
}

// MARK: - Whose, when, whereto

extension Scene {
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
    let clause = clauses.isEmpty ? 0..<tokens.count : clauses[clause(of: figure)]
    let own = mentions.filter { clause.contains($0.tokens.lowerBound) }
    // `a gain of 2 % lifted Ethereum`: one behind it in its own clause goes before one of another clause.
    let behind = own.first { $0.tokens.lowerBound >= figure.tokens.upperBound && !isCompared($0) }
    let last = own.last { $0.tokens.upperBound <= figure.tokens.lowerBound } ?? behind ?? before.last
    guard let last else { return Owner(asset: facts.subject, isStranger: false, named: named) }
    return Owner(asset: last.asset, isStranger: last.asset == nil, named: named)
  }

  /// Of whom a clause speaks: who is named in it, else who was named last before it, else the text's subject.
  func owner(in clause: Range<Int>) -> String? {
    let own = mentions.first { clause.contains($0.tokens.lowerBound) && !isCompared($0) }
    let last = own ?? mentions.last { $0.tokens.upperBound <= clause.lowerBound }
    return last == nil ? facts.subject : last?.asset
  }

  /// The same, or who is named right behind it: `strongest was NVIDIA`.
  func owner(near clause: Range<Int>) -> String? {
    owner(in: clause) ?? mentions.first { $0.tokens.lowerBound >= clause.upperBound }?.asset
  }

  /// Who is named right before the one whose a figure is, as one who shares it: `Linde and Cardano lost 4.7 %`.
  func partner(of figure: TextFigure) -> String? {
    guard !clauses.isEmpty else { return nil }
    let own = clause(of: figure)
    guard own > 0, !hasValue(clauses[own - 1]),
      let mine = mentions.first(where: { $0.tokens.lowerBound == clauses[own].lowerBound }),
      let other = mentions.first(where: { $0.tokens.upperBound == clauses[own - 1].upperBound })
    else { return nil }
    return mine.asset == other.asset ? nil : other.asset
  }

  /// Whether a figure is said not to be, by a word in its clause or before it.
  func isDenied(_ figure: TextFigure) -> Bool {
    let end = clauses.isEmpty ? tokens.count : clauses[clause(of: figure)].upperBound
    return context(of: figure).contains { $0.lowerBound < end && has(.negation, in: $0) }
  }

  /// Whether somebody is named only to compare with.
  private func isCompared(_ mention: NamedAssets.Mention) -> Bool {
    finder.start(of: words.comparing + words[.from], before: mention.tokens.lowerBound) != nil
  }

  /// The day that a figure is said of; `nil` where its sentence names none.
  func day(of figure: TextFigure) -> Day? {
    let days = figures.filter { if case .date = $0.unit { !$0.isCompared } else { false } }
    // `54 on 24 September`
    let right = days.first {
      $0.tokens.lowerBound >= figure.tokens.upperBound && $0.tokens.lowerBound - figure.tokens.upperBound < 2
    }
    if case .date(let day) = right?.unit { return day }
    let near = context(of: figure).lazy.compactMap { clause in
      let inside = days.filter { clause.contains($0.tokens.lowerBound) }
      return inside.last { $0.tokens.upperBound <= figure.tokens.lowerBound }
        ?? inside.first { !isOfAnother($0, figure) }
    }.first
    let nearest = near ?? days.last { $0.tokens.upperBound <= figure.tokens.lowerBound }
    if case .date(let day) = nearest?.unit { return day }
    return nil
  }

  /// Whether a day behind a figure is that of another one between them: `up 4 points from 50 on 23 September`.
  private func isOfAnother(_ date: TextFigure, _ figure: TextFigure) -> Bool {
    figures.contains {
      $0.isValue && $0.tokens.lowerBound >= figure.tokens.upperBound && $0.tokens.upperBound <= date.tokens.lowerBound
        && stands(words[.from], rightBefore: $0)
    }
  }

  /// 1 or -1 by the nearest word that tells a direction; of two as near the one before the figure. `nil` where none tells
  /// one in its clause or in what tells of it too.
  func direction(of figure: TextFigure) -> Int? {
    for clause in context(of: figure) {
      if let sign = pair(around: figure, in: clause) { return sign }
      let inside = directions.filter { clause.contains($0.tokens.lowerBound) }
      let nearest = inside.map {
        (rank: rank($0.tokens, of: figure, beforeFirst: false), length: $0.tokens.count, sign: $0.sign)
      }
      .min { ($0.rank, -$0.length) < ($1.rank, -$1.length) }
      if let nearest { return nearest.sign }
    }
    return inherited(by: figure)
  }

  /// `Cardano lost 4.7 %, Linde 3.3 %`: the direction of the figure before, where all words around this one are known and
  /// none of them is another verb.
  private func inherited(by figure: TextFigure) -> Int? {
    guard let last = figures.last(where: { $0.isValue && $0.tokens.upperBound <= figure.start }), isElliptic(figure)
    else {
      return nil
    }
    return last.sign ?? direction(of: last)
  }

  private func isElliptic(_ figure: TextFigure) -> Bool {
    let clause = clauses.isEmpty ? 0..<tokens.count : clauses[clause(of: figure)]
    return clause.allSatisfy { index in
      guard let word = tokens[index].word?.withoutPossessive else { return true }
      let isPart = figures.contains { $0.tokens.contains(index) } || mentions.contains { $0.tokens.contains(index) }
      return isPart || words.withoutVerbs.contains(word)
    }
  }

  /// The directions of a clause that two words tell together: `gab am Dienstag nach`.
  func pairSigns(in clause: Range<Int>) -> [Int] {
    words.words.pairs.filter { pair in
      guard let first = clause.first(where: { pair.first.contains(tokens[$0].plain) }) else { return false }
      return clause.contains { $0 > first && pair.last.contains(tokens[$0].plain) }
    }.map(\.sign)
  }

  /// The direction that two words tell together, one before the figure and one behind it.
  private func pair(around figure: TextFigure, in clause: Range<Int>) -> Int? {
    words.words.pairs.first { pair in
      tokens[clause.lowerBound..<max(clause.lowerBound, min(figure.start, clause.upperBound))].contains {
        pair.first.contains($0.plain)
      }
        && tokens[max(clause.lowerBound, min(figure.tokens.upperBound, clause.upperBound))..<clause.upperBound]
          .contains { pair.last.contains($0.plain) }
    }?.sign
  }

}
