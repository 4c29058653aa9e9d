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
    let plain = sentence.lowercased()
    if plain.contains("http:") || plain.contains("https:") || plain.contains("www.") { return "it holds an address" }
    if sentence.contains(where: { "<>`{}[]|\\".contains($0) }) { return "it holds markup" }
    return nil
  }
}
