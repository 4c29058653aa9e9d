import Market

/// Finds the figures of a sentence. Pure.
struct FigureReader {
  let tokens: [SentenceToken]
  /// Tokens that are part of a name.
  let named: Set<Int>
  let words: GuardWords
  /// The day that the text is about.
  let day: Day
  let known: Set<Day>

  private var finder: PhraseFinder { PhraseFinder(tokens: tokens) }
  private var dates: DateReader { DateReader(tokens: tokens, words: words, day: day, known: known) }

  /// In the order of the sentence.
  var figures: [TextFigure] {
    var figures: [TextFigure] = []
    var index = 0
    while index < tokens.count {
      if named.contains(index) {
        index += 1
      } else if let date = dates.figure(at: index) {
        figures.append(date)
        index = date.tokens.upperBound
      } else if let (figure, end) = figure(at: index, after: figures.last) {
        if let figure { figures.append(figure) }
        index = max(end, index + 1)
      } else {
        index += 1
      }
    }
    return sharingUnits(figures)
  }

  /// A figure, or a number that is none, and where it ends; `nil` where no number begins.
  private func figure(at index: Int, after previous: TextFigure?) -> (TextFigure?, end: Int)? {
    if let end = finder.end(of: words.hidden, at: index) {
      return (TextFigure(tokens: index..<end, text: text(index..<end), number: nil, unit: .unknown), end)
    }
    guard let digits = tokens[index].number else { return spelled(at: index) }
    let number = WrittenNumber(digits, hasDecimalComma: words.words.hasDecimalComma)
    if let end = endOfOrdinal(at: index) { return (inARow(index..<end, number), end) }
    if isYear(digits, at: index) || isWhole(number, before: index, previous) { return (nil, index + 1) }
    return (made(index, number), measure(from: index + 1).end)
  }

  private func made(_ index: Int, upTo last: Int? = nil, _ number: WrittenNumber?) -> TextFigure {
    let before = signAndMoney(before: index)
    let after = measure(from: (last ?? index) + 1)
    var unit = after.unit
    if unit == .none, let money = before.money { unit = .money(money) }
    if unit == .none, after.scale == nil, isFollowedByStranger(at: after.end) { unit = .unknown }
    if before.isPartOfWord || number == nil || isOfDifference(at: after.end) { unit = .unknown }
    let start = before.start
    var figure = TextFigure(
      tokens: index..<after.end, start: start, text: text(start..<after.end),
      number: number.map { $0.scaled(by: after.scale ?? 0) }, unit: unit, sign: before.sign, scale: after.scale)
    let over = finder.start(of: words[.over], before: start)
    let under = finder.start(of: words[.under], before: start)
    if over != nil || under != nil { figure.bound = (over ?? start) <= (under ?? start) ? .above : .below }
    figure.isRough =
      finder.start(of: words.roughly, before: start) != nil || before.sign == nil && isMark("~≈", at: start - 1)
    return figure
  }

  /// `2 % less than Ethereum`: a distance between two, which no fact is.
  private func isOfDifference(at index: Int) -> Bool {
    guard let end = finder.end(of: FigureReader.differences, at: index) else { return false }
    return named.contains(end) || tokens.indices.contains(end) && tokens[end].text.first?.isUppercase == true
  }

  private static let differences = [
    ["more", "than"], ["less", "than"], ["better", "than"], ["worse", "than"], ["mehr", "als"], ["weniger", "als"],
    ["plus", "que"], ["moins", "que"], ["más", "que"], ["menos", "que"],
  ]

  /// `54 records`: a word behind a number that is neither its unit nor goes on with the sentence.
  private func isFollowedByStranger(at index: Int) -> Bool {
    guard index < tokens.count, tokens[index].word != nil, !named.contains(index) else { return false }
    return finder.end(of: words.behindNumber, at: index) == nil
  }

  /// `4th daily rise in a row`: how many it makes, where such words follow.
  private func inARow(_ range: Range<Int>, _ number: WrittenNumber?) -> TextFigure? {
    guard finder.places(of: words[.streak]).contains(where: { $0.lowerBound >= range.upperBound }) else { return nil }
    return TextFigure(tokens: range, text: text(range), number: number, unit: .days)
  }

  private func text(_ range: Range<Int>) -> String {
    tokens[range].enumerated().map { ($0.offset > 0 && !$0.element.isGlued ? " " : "") + $0.element.text }.joined()
  }

  private func isMark(_ marks: String, at index: Int) -> Bool {
    tokens.indices.contains(index) && (tokens[index].mark.map { marks.contains($0) } ?? false)
  }
}

// MARK: - What is no figure

extension FigureReader {
  /// `3rd`, `3.` in the midst of a sentence, and the number of a list.
  private func endOfOrdinal(at index: Int) -> Int? {
    guard index + 1 < tokens.count, tokens[index].text.count <= 3, tokens[index + 1].isGlued else { return nil }
    let next = tokens[index + 1]
    if ["st", "nd", "rd", "th", "er", "ème", "º", "ª"].contains(next.plain) { return index + 2 }
    let isFollowed = index + 2 < tokens.count && tokens[index + 2].word != nil && !tokens[index + 2].isGlued
    guard isFollowed else { return nil }
    if next.mark == ".", words.words.hasDecimalComma || index == 0 { return index + 2 }
    return next.mark == ")" && index == 0 ? index + 2 : nil
  }

  /// A year of the facts where one is expected: `in 2025`.
  private func isYear(_ digits: String, at index: Int) -> Bool {
    guard digits.utf8.count == 4, known.contains(where: { "\($0.parts.year)" == digits }) else { return false }
    let after = measure(from: index + 1)
    return after.unit == .none && after.scale == nil && index > 0
      && FigureReader.beforeYears.contains(tokens[index - 1].plain)
  }

  private static let beforeYears: Set<String> = [
    "in", "of", "since", "im", "jahr", "von", "seit", "en", "de", "depuis", "desde",
  ]

  /// The 100 of `53 of 100`.
  private func isWhole(_ number: WrittenNumber?, before index: Int, _ previous: TextFigure?) -> Bool {
    guard let previous, number?.value == ExactDecimal("100") else { return false }
    let end = previous.tokens.upperBound
    return isMark("/", at: index - 1) && end == index - 1
      || finder.start(of: words.partOf, before: index).map { $0 <= end + 1 } ?? false
  }
}

// MARK: - Units

extension FigureReader {
  private struct Before {
    var start: Int
    var sign: Int?
    var money: String?
    var isPartOfWord = false
  }

  /// A sign, a currency, or letters that make the number part of a word.
  private func signAndMoney(before index: Int) -> Before {
    var before = Before(start: index)
    var isGlued = tokens[index].isGlued
    while before.start > 0 {
      let token = tokens[before.start - 1]
      if before.money == nil, let money = money(at: before.start - 1) {
        before.money = money
      } else if before.sign == nil, isGlued, let sign = sign(at: before.start - 1) {
        before.sign = sign
      } else {
        before.isPartOfWord = isGlued && token.word != nil && before.start == index
        return before
      }
      isGlued = token.isGlued
      before.start -= 1
    }
    return before
  }

  /// A hyphen between two numbers or words is no sign.
  private func sign(at index: Int) -> Int? {
    guard let mark = tokens[index].mark else { return nil }
    let stands = !tokens[index].isGlued || isMark("([$€£¥", at: index - 1)
    switch mark {
    case "+": return stands ? 1 : nil
    case "-", "−", "–", "‒": return stands ? -1 : nil
    default: return nil
    }
  }

  /// The code of a currency that stands at a token alone.
  private func money(at index: Int) -> String? {
    switch tokens[index].mark {
    case "$": return "$"
    case "€": return "EUR"
    case "£": return "GBP"
    case "¥": return "JPY"
    default: break
    }
    guard tokens[index].word != nil else { return nil }
    if tokens[index].text == "US", isMark("$", at: index + 1) { return "$" }
    return FigureReader.codes.contains(tokens[index].text) ? tokens[index].text : nil
  }

  private static let codes: Set<String> = [
    "USD", "USDT", "USDC", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "KRW", "BRL", "INR", "DAI", "FDUSD",
  ]

  private struct Measure {
    var unit = TextFigure.Unit.none
    var scale: Int?
    var end: Int
  }

  /// `million dollars`, `%`, `-day`
  private func measure(from start: Int) -> Measure {
    var measure = Measure(end: start)
    let isHyphenated = isMark("-‑", at: start) && tokens[start].isGlued
    let first = isHyphenated ? start + 1 : start
    guard first < tokens.count else { return measure }
    var next = first
    if let (end, power) = scale(at: next) {
      (measure.scale, next, measure.end) = (power, end, end)
    }
    if let (unit, end) = unit(at: next) {
      measure.unit = unit
      measure.end = end
    } else if measure.scale == nil, next == first, tokens[first].isGlued, tokens[first].word != nil {
      measure.unit = .unknown
      measure.end = first + 1
    }
    return measure
  }

  private func scale(at index: Int) -> (Int, power: Int)? {
    let fitting = words.scales.filter { finder.end(of: [$0.phrase], at: index) != nil }
    guard let longest = fitting.max(by: { $0.phrase.count < $1.phrase.count }) else { return nil }
    // A single letter is a scale only right behind its number.
    let isLetter = longest.phrase.count == 1 && longest.phrase[0].count == 1
    if isLetter, !tokens[index].isGlued { return nil }
    return (index + longest.phrase.count, longest.power)
  }

  private func unit(at index: Int) -> (TextFigure.Unit, end: Int)? {
    guard index < tokens.count else { return nil }
    if let end = finder.end(of: words.percent, at: index) {
      // Points of per cent are another unit.
      let next = isMark("-‑", at: end) ? end + 1 : end
      return finder.end(of: words.points, at: next).map { (.unknown, $0) } ?? (.percent, end)
    }
    if ["pp", "bp", "bps", "basis", "percentage"].contains(tokens[index].plain) { return (.unknown, index + 1) }
    if let money = money(at: index) {
      let isPair = tokens[index].text == "US"
      return (.money(money), index + (isPair ? 2 : 1))
    }
    if let named = words.currencies.filter({ finder.end(of: [$0.phrase], at: index) != nil })
      .max(by: { $0.phrase.count < $1.phrase.count })
    {
      return (.money(named.code == "USD" ? "$" : named.code), index + named.phrase.count)
    }
    if let end = finder.end(of: words.points, at: index) { return (.points, end) }
    if let end = finder.end(of: words.bars, at: index) { return (.bars, end) }
    if let end = finder.end(of: words.days, at: index) { return (.days, end) }
    if let end = finder.end(of: words.hours, at: index) { return (.hours, end) }
    if let end = finder.end(of: words[.assets], at: index) { return (.assets, end) }
    return nil
  }

  /// A small number in words: `twenty-three`, `one and a half`. One alone is no figure where no unit follows.
  private func spelled(at index: Int) -> (TextFigure?, end: Int)? {
    guard let value = tokens[index].word.flatMap({ words.words.numbers[$0] }) else { return nil }
    var (last, tenths) = (index, value * 10)
    if value >= 20, value < 100, isMark("-‑", at: index + 1), let ones = spelledOnes(at: index + 2) {
      (last, tenths) = (index + 2, (value + ones) * 10)
    }
    if let end = finder.end(of: words[.half], at: last + 1) { (last, tenths) = (end - 1, tenths + 5) }
    let after = measure(from: last + 1)
    // `its third lower close in a row`
    if after.unit == .none, after.scale == nil, tokens[index].plain.isOrdinal,
      let count = inARow(
        index..<last + 1, WrittenNumber(value: ExactDecimal(mantissa: Int128(value), exponent: 0), lastDigit: 0))
    {
      return (count, last + 1)
    }
    if value == 1, last == index, after.scale == nil, after.unit == .none || after.unit == .days { return nil }
    let number = WrittenNumber(
      value: ExactDecimal(mantissa: Int128(tenths), exponent: -1), lastDigit: tenths % 10 == 0 ? 0 : -1)
    return (made(index, upTo: last, number), max(after.end, last + 1))
  }

  private func spelledOnes(at index: Int) -> Int? {
    guard tokens.indices.contains(index), let value = tokens[index].word.flatMap({ words.words.numbers[$0] }) else {
      return nil
    }
    return value < 10 ? value : nil
  }

  /// `between 2 and 3 %`: the first has the unit of the second.
  private func sharingUnits(_ figures: [TextFigure]) -> [TextFigure] {
    var figures = figures
    for index in figures.indices.dropLast().reversed() {
      let (this, next) = (figures[index], figures[index + 1])
      // One with a word of its own behind it has its unit.
      guard this.tokens.count == 1, this.start == this.tokens.lowerBound, this.number != nil, next.number != nil,
        isJoined(this.tokens.upperBound, next.tokens.lowerBound)
      else { continue }
      if this.unit == .none { figures[index].unit = next.unit }
      if this.scale == nil, let scale = next.scale {
        figures[index].number = this.number?.scaled(by: scale)
        figures[index].scale = scale
      }
    }
    return figures
  }

  private func isJoined(_ start: Int, _ end: Int) -> Bool {
    var start = start
    if start < end, let behind = finder.end(of: words.joining, at: start) { start = behind }
    while start < end, isMark("-–—$€£¥+−", at: start) { start += 1 }
    return start == end
  }
}

extension String {
  /// Whether a word for a number tells a place in an order: `third`, `dritte`.
  fileprivate var isOrdinal: Bool {
    hasSuffix("th") || hasSuffix("rd") || hasSuffix("te") || hasSuffix("ter") || hasSuffix("ème")
  }
}
