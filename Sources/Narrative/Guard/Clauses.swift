/// A sentence in the parts that each say one thing: what stands in one of them tells of its own figures first.
struct Clauses {
  /// In their order; what parts them belongs to none.
  let ranges: [Range<Int>]

  /// - Parameter whole: ranges that are not taken apart: figures, names, phrases.
  init(_ tokens: [SentenceToken], _ words: GuardWords, figures: [TextFigure], whole: [Range<Int>]) {
    let finder = PhraseFinder(tokens: tokens)
    let joined = Clauses.joined(figures, finder, words)
    var (ranges, start, index): ([Range<Int>], Int, Int) = ([], 0, 0)
    while index < tokens.count {
      if let range = whole.first(where: { $0.contains(index) }) {
        index = range.upperBound
      } else if !joined.contains(index), let end = Clauses.end(at: index, tokens, finder, words) {
        ranges.append(start..<index)
        (start, index) = (end, end)
      } else {
        index += 1
      }
    }
    ranges.append(start..<max(start, tokens.count))
    self.ranges = ranges.filter { !$0.isEmpty }
  }

  /// Where what parts two of them ends, if it begins here.
  private static func end(at index: Int, _ tokens: [SentenceToken], _ finder: PhraseFinder, _ words: GuardWords) -> Int?
  {
    if let mark = tokens[index].mark {
      if ",;:()!?…".contains(mark) { return index + 1 }
      if "-–—".contains(mark), !tokens[index].isGlued { return index + 1 }
    }
    return finder.end(of: words[.ending], at: index)
  }

  /// The words between two figures that are the ends of one range: the `and` of `between 2 and 3`.
  private static func joined(_ figures: [TextFigure], _ finder: PhraseFinder, _ words: GuardWords) -> Set<Int> {
    var joined: Set<Int> = []
    for (one, other) in zip(figures, figures.dropFirst()) where one.number != nil && other.number != nil {
      let isRange = finder.places(of: words[.range]).contains {
        $0.upperBound <= one.start && one.start - $0.upperBound < 4
      }
      let end = one.tokens.upperBound
      if isRange, end < other.start, finder.end(of: words.joining, at: end) == other.start {
        joined.formUnion(end..<other.start)
      }
    }
    return joined
  }
}
