/// Takes texts apart into sentences.
enum Sentences {
  /// The sentences of some texts, each trimmed; empty ones are left out.
  ///
  /// A sentence ends with a mark and a space before a capital letter, a digit or a quote; not behind a day of the month,
  /// a single capital letter or a short form.
  static func all(in texts: [String]) -> [String] {
    texts.flatMap { text in split(text.split(whereSeparator: \.isWhitespace).map(String.init)) }
  }

  private static func split(_ words: [String]) -> [String] {
    var (sentences, current): ([String], [String]) = ([], [])
    for (index, word) in words.enumerated() {
      current.append(word)
      let next = index + 1 < words.count ? words[index + 1] : nil
      if ends(word, before: next) {
        sentences.append(current.joined(separator: " "))
        current = []
      }
    }
    return sentences + (current.isEmpty ? [] : [current.joined(separator: " ")])
  }

  private static func ends(_ word: String, before next: String?) -> Bool {
    guard let next else { return false }
    let bare = word.reversed().drop { "\"”’')»".contains($0) }
    guard let mark = bare.first, ".!?…".contains(mark) else { return false }
    guard let first = next.first(where: { !"\"“„«'(".contains($0) }), first.isUppercase || first.isNumber else {
      return false
    }
    if mark != "." { return true }
    let stem = String(bare.dropFirst().reversed())
    if stem.count <= 2, stem.allSatisfy(\.isNumber) { return false }
    if stem.count == 1, stem.first?.isUppercase == true || stem == "v" { return false }
    return !shortForms.contains(stem.lowercased())
  }

  private static let shortForms: Set<String> = [
    "u.s", "e.g", "i.e", "inc", "corp", "co", "ltd", "vs", "approx", "ca", "mio", "mrd", "tsd", "z.b", "no", "nr",
    "sept",
    "dr", "mr", "mrs", "st", "s.a", "z. b",
  ]
}
