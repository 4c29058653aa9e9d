/// A word or a number of a title, with what stands around it.
struct TitleToken: Hashable, Sendable {
  /// As it stands.
  let text: String
  /// In lower case.
  let folded: String
  /// The scalar just before it and just after it; `nil` at the ends.
  let before: Unicode.Scalar?
  let after: Unicode.Scalar?

  /// Whether it begins as names do: with a capital, or in a script that has none.
  var isCapitalised: Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return first.properties.isUppercase || !first.properties.isLowercase
  }

  /// Whether it is in Latin capitals and digits, with a letter in it.
  var isInCapitals: Bool {
    text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
      && text.utf8.contains { (65...90).contains($0) }
  }

  var hasDigit: Bool { text.utf8.contains { (48...57).contains($0) } }
}

extension TitleToken {
  /// The words of a text in order: runs of letters and digits of any script, with the point or comma inside a number.
  static func all(of text: String) -> [TitleToken] {
    let scalars = Array(text.unicodeScalars)
    var tokens: [TitleToken] = []
    var index = 0
    while index < scalars.count {
      guard isOfWord(scalars[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < scalars.count, isOfWord(scalars[index]) || isInNumber(scalars, index) { index += 1 }
      let word = String(String.UnicodeScalarView(scalars[start..<index]))
      tokens.append(
        TitleToken(
          text: word, folded: word.lowercased(), before: start > 0 ? scalars[start - 1] : nil,
          after: index < scalars.count ? scalars[index] : nil))
    }
    return tokens
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 {
      return (48...57).contains(scalar.value) || (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .nonspacingMark, .spacingMark:
      return true
    default: return false
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

  /// The point of `1.5`, the comma of `1,200`.
  private static func isInNumber(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    (scalars[index] == "." || scalars[index] == ",") && index > 0 && isDigit(scalars[index - 1])
      && index + 1 < scalars.count && isDigit(scalars[index + 1])
  }
}
