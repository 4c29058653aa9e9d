/// Texts as the index of words holds them.
package enum SearchText {
  /// A text as it is indexed and looked for: in scripts that write without spaces each character is a word, so that two
  /// neighbouring ones are found as a phrase, wherever a word begins. Other scripts stay as they are.
  package static func indexed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var spaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isWithoutSpaces(scalar.value) else {
        spaced.append(scalar)
        continue
      }
      spaced.append(" ")
      spaced.append(scalar)
      spaced.append(" ")
    }
    return String(spaced)
  }

  /// Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer. Korean has spaces, but joins particles to its words.
  private static func isWithoutSpaces(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x3040...0x30FF, 0x3130...0x318F,
      0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF66...0xFF9D,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}

/// What is looked for in titles and summaries.
///
/// Words of which each must be there; `"several words"` in that order; `word*` for words that begin so; `-word` for what must
/// not be there. Whatever else stands in it is text: nothing of it is a command to the index. Letter case and accents do
/// not matter.
package struct SearchQuery: Hashable, Sendable {
  /// Why nothing can be looked for.
  package enum Fault: Error, Hashable, CustomStringConvertible {
    /// There is no word in it that must be there.
    case noWord
    /// More than the index is asked for at once.
    case tooLong

    /// In words.
    package var description: String {
      switch self {
      case .noWord: "there is no word to look for in it; name one that is to be there"
      case .tooLong:
        "it is too long; at most \(SearchQuery.mostWords) words and \(SearchQuery.mostBytes) bytes are looked for at once"
      }
    }
  }

  static let mostWords = 32
  static let mostBytes = 1000

  /// As the index understands it.
  package let match: String

  /// What somebody typed.
  package init(_ text: String) throws(Fault) {
    guard text.utf8.count <= SearchQuery.mostBytes else { throw .tooLong }
    var terms = Reader(text).terms
    terms.removeAll { !$0.hasWord }
    guard terms.count <= SearchQuery.mostWords else { throw .tooLong }
    let wanted = terms.filter { !$0.isExcluded }.map(\.quoted)
    let unwanted = terms.filter(\.isExcluded).map(\.quoted)
    guard !wanted.isEmpty else { throw .noWord }
    match =
      "(\(wanted.joined(separator: " AND ")))"
      + (unwanted.isEmpty ? "" : " NOT (\(unwanted.joined(separator: " OR ")))")
  }
}

/// A word or a phrase.
private struct SearchTerm {
  var text = String.UnicodeScalarView()
  var isExcluded = false
  var isPrefix = false

  /// Whether the index could know it: letters or digits of any script.
  var hasWord: Bool {
    text.contains { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        true
      default: false
      }
    }
  }

  /// Within quotes everything is text but the quote itself, which is doubled.
  var quoted: String {
    var quoted = "\""
    for scalar in SearchText.indexed(String(text)).unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7F {
        quoted += " "
      } else {
        quoted.unicodeScalars.append(scalar)
        if scalar == "\"" { quoted += "\"" }
      }
    }
    return quoted + (isPrefix ? "\" *" : "\"")
  }
}

/// Parts what was typed into terms.
private struct Reader {
  private(set) var terms: [SearchTerm] = []

  init(_ text: String) {
    var term: SearchTerm?
    var isWithinQuotes = false
    func isQuote(_ scalar: Unicode.Scalar) -> Bool { scalar == "\"" || scalar == "\u{201C}" || scalar == "\u{201D}" }
    for scalar in text.unicodeScalars {
      if isQuote(scalar) {
        if isWithinQuotes {
          isWithinQuotes = false
        } else {
          // A quote within a word begins another term; a sign before it belongs to that one.
          if let begun = term, !begun.text.isEmpty {
            terms.append(begun)
            term = nil
          }
          term = term ?? SearchTerm()
          isWithinQuotes = true
        }
      } else if isWithinQuotes {
        term?.text.append(scalar)
      } else if scalar.properties.isWhitespace {
        if let ended = term { terms.append(ended) }
        term = nil
      } else if scalar == "-", term == nil {
        term = SearchTerm(isExcluded: true)
      } else if scalar == "*", term?.text.isEmpty == false {
        term?.isPrefix = true
      } else {
        // What stands behind a star or a closed phrase is a word of its own.
        if let begun = term, begun.isPrefix {
          terms.append(begun)
          term = nil
        }
        term = term ?? SearchTerm()
        term?.text.append(scalar)
      }
    }
    if let last = term { terms.append(last) }
  }
}
