import Market

/// Finds days and times of day among the tokens of a sentence.
struct DateReader {
  let tokens: [SentenceToken]
  let words: GuardWords
  /// The day that the text is about.
  let day: Day
  /// Days that may be named, which say the year where none is written.
  let known: Set<Day>

  private var finder: PhraseFinder { PhraseFinder(tokens: tokens) }

  /// The day or time that begins at a token.
  func figure(at index: Int) -> TextFigure? {
    let found =
      time(at: index) ?? written(at: index) ?? dayThenMonth(at: index) ?? monthThenDay(at: index)
      ?? weekday(at: index)
    guard let (end, unit) = found else { return nil }
    var figure = TextFigure(tokens: index..<end, text: text(index..<end), number: nil, unit: unit)
    figure.isCompared = finder.start(of: words.comparing + words[.over] + words[.under], before: index) != nil
    return figure
  }

  private typealias Found = (end: Int, unit: TextFigure.Unit)

  private func text(_ range: Range<Int>) -> String {
    tokens[range].enumerated().map { ($0.offset > 0 && !$0.element.isGlued ? " " : "") + $0.element.text }.joined()
  }

  private func token(_ index: Int) -> SentenceToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  private func integer(_ index: Int, digits: ClosedRange<Int>) -> Int? {
    guard let text = token(index)?.number, digits.contains(text.count) else { return nil }
    return Int(text)
  }

  private func isMark(_ marks: String, at index: Int) -> Bool {
    token(index)?.mark.map { marks.contains($0) } ?? false
  }

  /// `22:00`
  private func time(at index: Int) -> Found? {
    guard let hour = integer(index, digits: 1...2), isMark(":", at: index + 1), token(index + 1)?.isGlued == true,
      let minute = integer(index + 2, digits: 2...2), token(index + 2)?.isGlued == true
    else { return nil }
    return (index + 3, .time(hour * 60 + minute))
  }

  /// `Tuesday`, the last one that came, and `yesterday`
  private func weekday(at index: Int) -> Found? {
    guard let word = token(index)?.word?.withoutPossessive else { return nil }
    if words.words.yesterday.contains(word) { return (index + 1, .date(day - 1)) }
    guard let number = words.words.weekdays.firstIndex(of: word) else { return nil }
    return (index + 1, .date((0..<7).lazy.map { day - $0 }.first { $0.weekday == number + 1 }))
  }

  /// `2025-09-18`, `18.09.2025`, `18/09/2025`
  private func written(at index: Int) -> Found? {
    guard let text = token(index)?.number else { return nil }
    let parts = text.split(separator: ".")
    if parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2 {
      return (index + 1, .date(day(Int(parts[2]), Int(parts[1]), Int(parts[0]))))
    }
    guard isMark("-/", at: index + 1), isMark("-/", at: index + 3), tokens[index + 1].isGlued,
      let middle = integer(index + 2, digits: 1...2)
    else { return nil }
    if let year = integer(index, digits: 4...4), let last = integer(index + 4, digits: 1...2) {
      return (index + 5, .date(day(year, middle, last)))
    }
    guard let first = integer(index, digits: 1...2), let year = integer(index + 4, digits: 4...4) else { return nil }
    let readings = [day(year, middle, first), day(year, first, middle)].compactMap { $0 }
    return (index + 5, .date(readings.first { known.contains($0) } ?? readings.first))
  }

  /// `18 September 2025`, `18th of September`, `18. September`, `18 de septiembre de 2025`
  private func dayThenMonth(at index: Int) -> Found? {
    guard let number = integer(index, digits: 1...2) else { return nil }
    var next = index + 1
    if let word = token(next), word.isGlued, isOrdinal(word) { next += 1 }
    if ["of", "de"].contains(token(next)?.plain) { next += 1 }
    guard let month = month(at: next) else { return nil }
    return ending(after: next + 1, month, number)
  }

  /// `September 18, 2025`, `September 2025`
  private func monthThenDay(at index: Int) -> Found? {
    guard let month = month(at: index) else { return nil }
    if let number = integer(index + 1, digits: 1...2) {
      var next = index + 2
      if let word = token(next), word.isGlued, isOrdinal(word) { next += 1 }
      return ending(after: next, month, number)
    }
    guard let year = integer(index + 1, digits: 4...4) else { return nil }
    let isKnown = known.contains { $0.parts.year == year && $0.parts.month == month }
    return isKnown ? (index + 2, .date(known.first { $0.parts.month == month })) : (index + 2, .date(nil))
  }

  private func isOrdinal(_ token: SentenceToken) -> Bool {
    token.mark == "." || token.mark == "º" || ["st", "nd", "rd", "th", "er"].contains(token.plain)
  }

  /// With the year, if one follows.
  private func ending(after index: Int, _ month: Int, _ number: Int) -> Found {
    var next = index
    if isMark(".,", at: next) { next += 1 }
    if token(next)?.plain == "de" { next += 1 }
    if let year = integer(next, digits: 4...4), (1900...2200).contains(year) {
      return (next + 1, .date(day(year, month, number)))
    }
    let meant = known.first { $0.parts.month == month && $0.parts.day == number }
    let year = known.max()?.parts.year
    return (index, .date(meant ?? day(year, month, number)))
  }

  private func month(at index: Int) -> Int? {
    guard let word = token(index)?.word else { return nil }
    return words.words.months.firstIndex { $0.contains(word) }.map { $0 + 1 }
  }

  private func day(_ year: Int?, _ month: Int?, _ day: Int?) -> Day? {
    guard let year, let month, let day else { return nil }
    return Day(year: year, month: month, day: day)
  }
}
