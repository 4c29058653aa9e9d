/// A title taken apart: its words, and the assets that it names, each once by the symbol.
struct Title {
  let text: String
  let tokens: [TitleToken]
  let mentions: [Mention]

  init(_ text: String) {
    self.text = text
    tokens = TitleToken.all(of: text)
    mentions = Mention.all(in: tokens, of: text)
  }
}

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
    if first.value < 0x80 { return !(97...122).contains(first.value) }
    return first.properties.isUppercase || !first.properties.isLowercase
  }

  /// Whether it is in Latin capitals and digits, with a letter in it.
  let isInCapitals: Bool
  let hasDigit: Bool
  let isASCII: Bool

  fileprivate init(_ text: String, folded: String, before: Unicode.Scalar?, after: Unicode.Scalar?) {
    (self.text, self.folded, self.before, self.after) = (text, folded, before, after)
    var (digits, capitals, others, areASCII) = (false, false, false, true)
    for byte in text.utf8 {
      switch byte {
      case 48...57: digits = true
      case 65...90: capitals = true
      default:
        others = true
        if byte >= 0x80 { areASCII = false }
      }
    }
    (hasDigit, isInCapitals, isASCII) = (digits, capitals && !others, areASCII)
  }
}

extension TitleToken {
  /// The words of a text in order: runs of letters and digits of any script, with the point or comma inside a number.
  static func all(of text: String) -> [TitleToken] {
    let bytes = Array(text.utf8)
    if bytes.allSatisfy({ $0 < 0x80 }) { return all(ofASCII: bytes) }
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
          word, folded: word.lowercased(), before: start > 0 ? scalars[start - 1] : nil,
          after: index < scalars.count ? scalars[index] : nil))
    }
    return tokens
  }

  /// The same of most titles, without a look at what Unicode says of each character.
  private static func all(ofASCII bytes: [UInt8]) -> [TitleToken] {
    var tokens: [TitleToken] = []
    tokens.reserveCapacity(bytes.count / 5)
    var index = 0
    while index < bytes.count {
      guard isOfWord(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      var hasCapital = false
      while index < bytes.count, isOfWord(bytes[index]) || isInNumber(bytes, index) {
        hasCapital = hasCapital || (65...90).contains(bytes[index])
        index += 1
      }
      let word = String(decoding: bytes[start..<index], as: UTF8.self)
      tokens.append(
        TitleToken(
          word, folded: hasCapital ? word.lowercased() : word,
          before: start > 0 ? Unicode.Scalar(bytes[start - 1]) : nil,
          after: index < bytes.count ? Unicode.Scalar(bytes[index]) : nil))
    }
    return tokens
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isInNumber(_ bytes: [UInt8], _ index: Int) -> Bool {
    (bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",")) && index > 0
      && (48...57).contains(bytes[index - 1]) && index + 1 < bytes.count && (48...57).contains(bytes[index + 1])
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
