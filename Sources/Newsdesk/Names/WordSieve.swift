/// A set of words that tells of most others at once that they are not in it.
struct WordSieve {
  private var places = [Bool](repeating: false, count: 1 << 16)

  init(_ words: some Sequence<String>) { for word in words { places[WordSieve.place(of: word)] = true } }

  /// `false` of no word that is in it, and of few others `true`.
  func mayHold(_ word: String) -> Bool { places[WordSieve.place(of: word)] }

  /// By the first two bytes and the length.
  private static func place(of word: String) -> Int {
    let bytes = word.utf8
    var index = bytes.startIndex
    var place = bytes.count & 15
    for shift in [4, 10] where index != bytes.endIndex {
      place |= Int(bytes[index] & 63) << shift
      index = bytes.index(after: index)
    }
    return place
  }
}
