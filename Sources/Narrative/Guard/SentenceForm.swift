/// What a sentence must not be, whatever figures it holds.
enum SentenceForm {
  /// The longest sentence that is shown, in characters.
  static let longest = 400

  /// Why it cannot be shown; `nil` where it can.
  static func objection(to sentence: String) -> String? {
    if sentence.count > longest { return "it is longer than \(longest) characters" }
    if sentence.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "it holds a control character"
    }
    if holdsAddress(sentence) { return "it holds an address" }
    if sentence.contains(where: { "<>`{}[]|\\".contains($0) }) { return "it holds markup" }
    return nil
  }

  /// `https://…`, `name@host`, `evil.example`: two words of two letters or more with nothing but a point between them.
  private static func holdsAddress(_ sentence: String) -> Bool {
    if sentence.contains("://") || sentence.contains("@") { return true }
    return sentence.split(whereSeparator: \.isWhitespace).contains { word in
      let parts = word.split(separator: ".", omittingEmptySubsequences: false)
      return zip(parts, parts.dropFirst()).contains { a, b in
        a.reversed().prefix { $0.isLetter }.count >= 2 && b.prefix { $0.isLetter }.count >= 2
      }
    }
  }
}
