/// Finds words and phrases among tokens.
struct PhraseFinder {
  let tokens: [SentenceToken]

  /// Where a phrase ends that begins at a token; `nil` where none of them does. The longest one counts.
  func end(of phrases: [[String]], at index: Int) -> Int? {
    phrases.compactMap { phrase in matches(phrase, at: index) ? index + phrase.count : nil }.max()
  }

  /// Where a phrase begins that ends before a token; `nil` where none of them does.
  func start(of phrases: [[String]], before index: Int) -> Int? {
    phrases.compactMap { phrase in
      let start = index - phrase.count
      return start >= 0 && matches(phrase, at: start) ? start : nil
    }.min()
  }

  /// All places at which one of the phrases stands.
  func places(of phrases: [[String]]) -> [Range<Int>] {
    tokens.indices.compactMap { index in end(of: phrases, at: index).map { index..<$0 } }
  }

  private func matches(_ phrase: [String], at index: Int) -> Bool {
    guard index + phrase.count <= tokens.count, !phrase.isEmpty else { return false }
    return phrase.indices.allSatisfy { tokens[index + $0].plain == phrase[$0] }
  }

  /// Phrases taken apart as sentences are.
  static func phrases(_ texts: [String]) -> [[String]] {
    texts.map { SentenceTokens.all(of: $0, hasDecimalComma: false).map(\.plain) }
  }
}

extension String {
  /// `bitcoin` for `bitcoin's`.
  var withoutPossessive: String {
    guard count > 2, let mark = dropLast().last, last == "s" || last == "S", "'’".contains(mark) else { return self }
    return String(dropLast(2))
  }
}

extension SentenceToken {
  /// In lower case, whatever it is.
  var plain: String { text.lowercased() }
}
