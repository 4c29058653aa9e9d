import Market

/// A word, a number or a sign of a sentence.
struct SentenceToken: Hashable {
  enum Kind: Hashable {
    /// In lower case.
    case word(String)
    /// Digits with what stands between them.
    case number(String)
    case mark(Character)
  }

  let kind: Kind
  /// As it stands.
  let text: String
  /// Whether nothing stands between it and the one before.
  let isGlued: Bool

  var word: String? { if case .word(let word) = kind { word } else { nil } }
  var number: String? { if case .number(let digits) = kind { digits } else { nil } }
  var mark: Character? { if case .mark(let mark) = kind { mark } else { nil } }
}

/// Takes a sentence apart. Pure.
struct SentenceTokens {
  private let letters: [Character]
  private let hasDecimalComma: Bool
  private var place = 0

  static func all(of sentence: String, hasDecimalComma: Bool) -> [SentenceToken] {
    var reader = SentenceTokens(letters: Array(sentence), hasDecimalComma: hasDecimalComma)
    var tokens: [SentenceToken] = []
    while let token = reader.next() { tokens.append(token) }
    return tokens
  }

  private init(letters: [Character], hasDecimalComma: Bool) {
    self.letters = letters
    self.hasDecimalComma = hasDecimalComma
  }

  private mutating func next() -> SentenceToken? {
    let before = place
    while place < letters.count, letters[place].isWhitespace { place += 1 }
    guard place < letters.count else { return nil }
    let isGlued = place == before && place > 0
    let start = place
    let first = letters[place]
    if SentenceTokens.isDigit(first) {
      takeNumber()
      let text = String(letters[start..<place])
      return SentenceToken(kind: .number(text), text: text, isGlued: isGlued)
    }
    if first.isLetter {
      while place < letters.count, letters[place].isLetter || isInnerMark() { place += 1 }
      let text = String(letters[start..<place])
      return SentenceToken(kind: .word(text.lowercased()), text: text, isGlued: isGlued)
    }
    place += 1
    // Digits of other scripts are numbers that nobody can hold against a fact.
    let kind: SentenceToken.Kind = first.isNumber ? .number(String(first)) : .mark(first)
    return SentenceToken(kind: kind, text: String(first), isGlued: isGlued)
  }

  /// An apostrophe between letters.
  private func isInnerMark() -> Bool {
    (letters[place] == "'" || letters[place] == "’") && place + 1 < letters.count && letters[place + 1].isLetter
  }

  private mutating func takeNumber() {
    while place < letters.count {
      if SentenceTokens.isDigit(letters[place]) || isSeparator() { place += 1 } else { return }
    }
  }

  private func isSeparator() -> Bool {
    guard place + 1 < letters.count, SentenceTokens.isDigit(letters[place + 1]) else { return false }
    switch letters[place] {
    case ".", ",", "'", "’", "\u{A0}", "\u{202F}", "\u{2009}": return true
    case " ": return hasDecimalComma && isGroupBehindSpace()
    default: return false
    }
  }

  /// Exactly three digits behind a plain space, with one to three before it.
  private func isGroupBehindSpace() -> Bool {
    let after = letters[(place + 1)...].prefix(4).prefix(while: SentenceTokens.isDigit).count
    let before = letters[..<place].reversed().prefix(4).prefix(while: SentenceTokens.isDigit).count
    return after == 3 && (1...3).contains(before)
  }

  private static func isDigit(_ letter: Character) -> Bool { letter.isASCII && letter.isNumber }
}
