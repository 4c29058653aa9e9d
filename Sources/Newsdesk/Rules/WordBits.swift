/// The words of a story as bits of 64, by which most others are seen to be none like it without a look at their words.
package struct WordBits: Hashable, Sendable {
  /// The bit of each word; several may have one.
  private let each: [UInt64]
  /// All of them.
  package let all: UInt64

  init(of words: [String]) {
    each = words.map { 1 << (Story.hash($0) >> 58) }
    all = each.reduce(0, |)
  }

  /// Whether a story whose words have these bits can be the same, its numbers and its assets being equal.
  ///
  package func mayBeSame(as bits: UInt64) -> Bool {
    // No more words are shared than have a bit there, and there are no fewer words than bits.
    let shared = each.count { bits & $0 != 0 }
    return shared >= Story.common
      && Double(shared) >= Story.likeness * Double(each.count + bits.nonzeroBitCount - shared)
  }
}
