import Market

extension Scene {
  /// The facts that a figure may be: in its unit, and of whom it is said of.
  func possible(for figure: TextFigure) -> [SuppliedFigure] {
    let owner = owner(of: figure)
    return facts.figures.filter { fact in fits(figure, fact.unit) && belongs(fact, to: owner) }
  }

  /// Of those the ones that it is said to be.
  func candidates(among possible: [SuppliedFigure], for figure: TextFigure) -> [SuppliedFigure] {
    possible.filter { isSaid(figure, to: $0) }
  }

  private func belongs(_ fact: SuppliedFigure, to owner: Owner) -> Bool {
    if fact.unit.isOfMood { return true }
    if owner.isStranger { return false }
    if fact.unit == .assets { return true }
    // What is said of several together is the market's.
    if fact.asset == nil { return owner.asset == nil || owner.named > 1 }
    return fact.asset == owner.asset
  }

  private func fits(_ figure: TextFigure, _ unit: SuppliedFigure.Unit) -> Bool {
    switch (figure.unit, unit) {
    case (.percent, .change), (.percent, .volatility): true
    case (.money(let written), .price(let currency)), (.money(let written), .flow(let currency)):
      written == currency || written == "$" && ["USD", "USDT", "USDC"].contains(currency)
    case (.points, .points), (.points, .index), (.days, .days), (.bars, .bars), (.assets, .assets): true
    case (.none, .flow): (figure.scale ?? 0) >= 6
    case (.none, .price), (.none, .index), (.none, .assets), (.none, .bars): true
    default: false
    }
  }

  private func isSaid(_ figure: TextFigure, to fact: SuppliedFigure) -> Bool {
    switch fact.unit {
    case .change, .volatility: changes(figure).contains(fact.what)
    case .price: prices(figure).contains(fact.what)
    case .flow: flows(figure).contains(fact.what)
    case .index: isIndex(figure) && isOfDay(figure, fact)
    case .points: isMove(figure)
    case .days: counts(figure).contains(fact.what)
    case .assets: assets(figure).contains(fact.what)
    case .bars: fact.what == .expectedBars || !isPart(figure)
    }
  }
}

// MARK: - What a figure is said to be

extension Scene {
  private func changes(_ figure: TextFigure) -> Set<FigureLabel> {
    if isVolatility(figure) { return isMoveOfVolatility(figure) ? [] : [.volatility] }
    let isOfDays = figures.contains {
      $0.unit == .days && context(of: figure).first?.contains($0.tokens.lowerBound) == true
        && nearest([.highest, .lowest], to: $0, beforeFirst: false) == nil
    }
    if isOfDays, nearest([.day], to: figure, beforeFirst: false) == nil { return [] }
    let topic = nearest([.asia, .europe, .america, .day, .span, .close], to: figure, beforeFirst: false)
    return topic.flatMap(FigureLabel.changes) ?? [.change]
  }

  private func prices(_ figure: TextFigure) -> Set<FigureLabel> {
    if has(.span, near: figure) || priceTopics(before: figure).count > 1 { return [] }
    let topic = nearest([.close, .open, .high, .low, .highest, .lowest, .range], to: figure, beforeFirst: true)
    if isCalledElse(figure, than: topic) { return [] }
    if topic != .range, stands(words[.from], rightBefore: figure) { return [.open] }
    if topic == nil, speaksOfFlows(figure) { return [] }
    return topic.flatMap(FigureLabel.prices) ?? [.close, .lastPrice]
  }

  private func flows(_ figure: TextFigure) -> Set<FigureLabel> {
    let isLarge = (figure.scale ?? 0) >= 6
    let topic = nearest([.close, .open, .high, .low, .highest, .lowest, .range], to: figure, beforeFirst: true)
    guard speaksOfFlows(figure) || isLarge && topic == nil, !isMoveOfFlows(figure) else { return [] }
    if has(.span, near: figure), !has(.fiveDays, near: figure) { return [] }
    return has(.fiveDays, near: figure) ? [.flowOfFiveDays] : [.flow, .flowOfAll]
  }

  private func speaksOfFlows(_ figure: TextFigure) -> Bool {
    has(.flow, near: figure) || !places(of: .flow).isEmpty && (figure.scale ?? 0) >= 6
  }

  /// `inflows fell to 136 million`: how they moved, of which there is no figure.
  private func isMoveOfFlows(_ figure: TextFigure) -> Bool {
    let sums = places(of: .level).filter { $0.count > 1 }
    return directions.contains { direction in
      guard !sums.contains(where: { $0.overlaps(direction.tokens) }),
        let end = finder.end(of: words.joining, at: direction.tokens.upperBound)
      else { return false }
      return end == figure.start || finder.end(of: words.roughly, at: end) == figure.start
    }
  }

  private func isIndex(_ figure: TextFigure) -> Bool {
    guard figure.unit == .points || !places(of: .index).isEmpty else { return false }
    return figure.unit != .points || !isMove(figure)
  }

  /// Whether a number of points is how far the index went, and not where it stands.
  private func isMove(_ figure: TextFigure) -> Bool {
    guard figure.unit == .points, !places(of: .index).isEmpty || figure.sign != nil else {
      return figure.unit == .points
    }
    return (figure.sign ?? direction(of: figure)) != nil
      && !stands(words[.level] + words[.from], rightBefore: figure)
  }

  /// Today's, unless the figure is said of the day before.
  private func isOfDay(_ figure: TextFigure, _ fact: SuppliedFigure) -> Bool {
    let isBefore =
      stands(words[.from] + words.comparing, rightBefore: figure)
      || finder.end(of: words[.dayBefore], at: figure.tokens.upperBound) != nil
    if let day = day(of: figure) { return (fact.day ?? facts.day) == day }
    return (fact.day != nil) == (isBefore || isInBrackets(figure))
  }

  /// `higher than the day before (50)`
  private func isInBrackets(_ figure: TextFigure) -> Bool {
    figure.start > 0 && tokens[figure.start - 1].mark == "("
      && finder.start(of: words[.dayBefore], before: figure.start - 1) != nil
  }

  private func counts(_ figure: TextFigure) -> Set<FigureLabel> {
    switch nearest([.highest, .lowest, .streak], to: figure, beforeFirst: false) {
    case .highest: has(.flow, near: figure) ? [] : [.highestClose]
    case .lowest: has(.flow, near: figure) ? [] : [.lowestClose]
    default: direction(of: figure).map { $0 > 0 ? [.higherCloses] : [.lowerCloses] } ?? []
    }
  }

  private func assets(_ figure: TextFigure) -> Set<FigureLabel> {
    if isPart(figure) { return [.assets] }
    guard let sign = direction(of: figure) else { return [.assets] }
    return sign > 0 ? [.risers] : [.fallers]
  }

  /// Whether it is the whole of which another number is a part: the 61 of `38 of 61`.
  private func isPart(_ figure: TextFigure) -> Bool {
    guard let start = finder.start(of: words.partOf, before: figure.start) else { return false }
    return start == 0 || figures.contains { $0.tokens.upperBound == start }
  }
}
