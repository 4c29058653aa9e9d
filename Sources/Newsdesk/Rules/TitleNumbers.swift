/// The numbers of a title as they are compared: `$1.2B` and `1.2 billion` are one number, `5%` and `5 percent` another,
/// `third`, `3rd` and `Q3` the third.
enum TitleNumbers {
  /// What a token is read as, and how many tokens belong to it.
  struct Found: Hashable {
    let number: String
    let tokens: Int
  }

  /// The number that begins at a token; `nil` where none does. A word with a digit in it, as `GPT4`, is one of its own.
  static func number(at index: Int, in tokens: [TitleToken]) -> Found? {
    let token = tokens[index]
    if let word = words[token.folded] { return Found(number: word, tokens: 1) }
    guard token.hasDigit else { return nil }
    guard let (digits, suffix) = parted(token.folded) else { return Found(number: token.folded, tokens: 1) }
    let next = index + 1 < tokens.count && token.after == " " || token.after == "-" ? tokens[safe: index + 1] : nil
    if token.after == "%" { return Found(number: plain(digits) + "%", tokens: 1) }
    switch suffix {
    case "":
      if let next, percent.contains(next.folded) {
        let isTwo = next.folded == "per" && tokens[safe: index + 2]?.folded == "cent"
        if next.folded != "per" || isTwo { return Found(number: plain(digits) + "%", tokens: isTwo ? 3 : 2) }
      }
      if let next, let zeros = scales[next.folded] { return Found(number: scaled(digits, zeros), tokens: 2) }
      return Found(number: plain(digits), tokens: 1)
    case "st", "nd", "rd", "th": return Found(number: plain(digits), tokens: 1)
    default:
      guard let zeros = scales[suffix] else { return Found(number: token.folded, tokens: 1) }
      return Found(number: scaled(digits, zeros), tokens: 1)
    }
  }

  private static let percent: Set<String> = ["percent", "pct", "per", "percentage"]

  private static let scales: [String: Int] = [
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "million": 6, "millions": 6, "b": 9, "bn": 9, "bln": 9,
    "billion": 9, "billions": 9, "t": 12, "tn": 12, "trn": 12, "trillion": 12,
  ]

  private static let words: [String: String] = {
    let cardinals = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    let ordinals = [
      "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
      "twelfth",
    ]
    var table: [String: String] = ["q1": "1", "q2": "2", "q3": "3", "q4": "4"]
    for (index, word) in cardinals.enumerated() { table[word] = "\(index + 2)" }
    for (index, word) in ordinals.enumerated() { table[word] = "\(index + 1)" }
    return table
  }()

  /// Digits with their points and commas, and the letters behind; `nil` for what begins with a letter or mixes them.
  private static func parted(_ text: String) -> (digits: String, suffix: String)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," }
    let suffix = text.dropFirst(digits.count)
    guard !digits.isEmpty, suffix.allSatisfy({ $0.isLetter }) else { return nil }
    return (String(digits).filter { $0 != "," }, String(suffix))
  }

  /// Without zeros that say nothing: `1.50` is `1.5`, `05` is `5`.
  private static func plain(_ digits: String) -> String { scaled(digits, 0) }

  /// A decimal with its point so many places to the right.
  private static func scaled(_ digits: String, _ zeros: Int) -> String {
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var fraction = parts.count > 1 ? String(parts[1].filter { $0 != "." }) : ""
    var whole = String(parts[0])
    let moved = fraction.prefix(zeros)
    whole += moved + String(repeating: "0", count: zeros - moved.count)
    fraction = String(fraction.dropFirst(moved.count))
    while fraction.last == "0" { fraction.removeLast() }
    let leading = whole.prefix { $0 == "0" }.count
    whole = leading == whole.count ? "0" : String(whole.dropFirst(leading))
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
