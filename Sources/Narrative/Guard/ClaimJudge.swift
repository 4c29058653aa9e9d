import Market

/// Holds against the facts what a sentence claims by words alone: where something went, that it stood still, that nothing
/// else did as much, how the mood was.
struct ClaimJudge {
  private let facts: GuardedFacts
  private let scene: Scene
  /// The facts that its figures tell, by where those begin.
  private let borne: [Int: SuppliedFigure]

  init(_ facts: GuardedFacts, _ scene: Scene, _ borne: [Int: SuppliedFigure]) {
    (self.facts, self.scene, self.borne) = (facts, scene, borne)
  }

  /// The first claim that no fact bears out, in words; `nil` where there is none.
  var objection: String? {
    for clause in scene.clauses {
      if let fault = direction(in: clause) ?? standstill(in: clause) ?? rank(in: clause) { return fault }
    }
    return mood
  }

  /// The facts that the figures of a clause tell.
  private func told(in clause: Range<Int>) -> [SuppliedFigure] {
    borne.filter { clause.contains($0.key) }.map(\.value)
  }

  // MARK: Directions

  /// Where no figure of the clause has a direction of its own, its words must tell that of what it speaks of.
  private func direction(in clause: Range<Int>) -> String? {
    let told = told(in: clause)
    let hasOwn = told.contains { $0.unit.hasDirection || [.days, .assets, .bars, .volatility].contains($0.unit) }
    let isWithinDay = [FigureTopic.open, .high, .low, .range].contains { scene.has($0, in: clause) }
    let signs = Set(signs(in: clause))
    guard !hasOwn, !signs.isEmpty, told.isEmpty || !isWithinDay else { return nil }
    guard let sign = move(in: clause).map(\.sign) else {
      return told.isEmpty ? "it tells a direction without its figure" : nil
    }
    return signs == [sign] ? nil : "it tells a direction that is not that of the facts"
  }

  private func signs(in clause: Range<Int>) -> [Int] {
    let bounds = scene.figures.compactMap { figure in
      scene.finder.start(of: scene.words[.over] + scene.words[.under], before: figure.start).map { $0..<figure.start }
    }
    let single = scene.directions.filter { direction in
      clause.contains(direction.tokens.lowerBound) && !bounds.contains { $0.overlaps(direction.tokens) }
    }
    let pairs = scene.pairSigns(in: clause)
    return pairs.isEmpty ? single.map(\.sign) : pairs
  }

  /// What a clause says that moved; `nil` where there is no such figure.
  private func move(in clause: Range<Int>) -> ExactDecimal? {
    if scene.has(.span, in: clause) || scene.has(.negation, in: clause) || scene.speaksOfVolatility { return nil }
    let topics: [FigureTopic] = [.asia, .europe, .america, .flow, .index]
    let topic =
      topics.first { scene.has($0, in: clause) } ?? (told(in: clause).contains { $0.unit == .index } ? .index : .close)
    let label = FigureLabel.move(of: topic)
    let owner = scene.owner(near: clause)
    if owner == nil, facts.subject == nil, label == .change { return breadth }
    return facts.figures.first { $0.what == label && ($0.asset == owner || $0.unit.isOfMood) }?.value
      ?? (label == .flow ? facts.figures.first { $0.what == .flowOfAll && owner == nil }?.value : nil)
  }

  /// How many more rose than fell.
  private var breadth: ExactDecimal? {
    let (up, down) = (facts.figures.first { $0.what == .risers }, facts.figures.first { $0.what == .fallers })
    return up.flatMap { up in down.flatMap { up.value.minus($0.value) } }
  }

  // MARK: Standing still

  /// What is said not to have moved has not by more than a third of a per cent, an index not at all.
  private func standstill(in clause: Range<Int>) -> String? {
    guard scene.has(.unchanged, in: clause) else { return nil }
    guard let move = move(in: clause) else { return "it says that something stood still of which there is no figure" }
    let isOfIndex = scene.has(.index, in: clause) || told(in: clause).contains { $0.unit == .index }
    let isStill = isOfIndex ? move.isZero : abs(Double(move.text) ?? 1) < 1.0 / 3
    return isStill ? nil : "it says that something stood still which did not"
  }

  // MARK: Ranks

  /// Who is called the strongest rose most of all whose change is known.
  private func rank(in clause: Range<Int>) -> String? {
    let isStrongest = scene.has(.strongest, in: clause)
    guard isStrongest || scene.has(.weakest, in: clause) else { return nil }
    let changes = facts.figures.filter { $0.what == .change }.compactMap { fact in
      Double(fact.value.text).map { (fact.asset, $0) }
    }
    let best = isStrongest ? changes.max { $0.1 < $1.1 } : changes.min { $0.1 < $1.1 }
    let owner = scene.owner(near: clause)
    guard let best, changes.count > 1, owner != nil, best.0 == owner else {
      return "it ranks something otherwise than the facts do"
    }
    return nil
  }

  // MARK: The mood

  /// A word for the mood is the one that its provider gave.
  private var mood: String? {
    let tokens = scene.tokens.map(\.plain)
    let named = scene.places(of: .index)
    for (index, word) in tokens.enumerated() where ["fear", "greed", "neutral"].contains(word) {
      if named.contains(where: { $0.contains(index) }) { continue }
      let whole = index > 0 && tokens[index - 1] == "extreme" ? "extreme \(word)" : word
      guard facts.mood?.lowercased() == whole else { return "“\(whole)” is not what its provider calls the mood" }
    }
    return nil
  }
}

extension ExactDecimal {
  /// 1, 0 or -1.
  fileprivate var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }
}
