import Market
import Rendering

/// Holds every figure of a text against the facts that its writer was given.
///
/// A figure is any number with its unit and its day. It must equal a supplied one when that is rounded, half away from
/// zero, to the digits written; the one that it is said to be: a price without further words is the close, a change that
/// of the day; of the asset that its part of the sentence names, else of the one named last before it, else of the text's
/// subject; in the direction of its sign, else of the nearest word that is known to tell one. What cannot be told is not
/// believed. Ordinals, numbers of lists, years of supplied days and the spans of our own rules (24 hours, 5 and 7 days) are
/// no figures. A sentence without figures must consist of words that are known. Pure.
package struct NumberGuard: Sendable {
  /// Raised when the same sentence would be judged otherwise.
  package static let edition = 2

  private let facts: GuardedFacts
  private let words: GuardWords?
  private let strangers: [String]

  /// - Parameters:
  ///   - languages: the words of each language; the first is for all others.
  ///   - strangers: names of assets of which the facts may not speak.
  package init(_ facts: GuardedFacts, languages: [FigureWords], strangers: [String] = []) {
    self.init(facts, GuardWords(of: facts.language, among: languages), strangers: strangers)
  }

  /// - Parameter words: those of the language that the text is in; without them nothing is believed.
  init(_ facts: GuardedFacts, _ words: GuardWords?, strangers: [String]) {
    (self.facts, self.words, self.strangers) = (facts, words, strangers)
  }

  /// What of a text can be believed, sentence by sentence.
  package func judged(_ sentences: [String]) -> JudgedText {
    guard let words else { return JudgedText(kept: [], dropped: []) }
    let judge = SentenceJudge(facts, words, NamedAssets(facts, strangers: strangers, words: words))
    var (kept, dropped): ([String], [JudgedText.Dropped]) = ([], [])
    for sentence in sentences {
      if let reason = SentenceForm.objection(to: sentence) ?? judge.objection(to: sentence) {
        dropped.append(JudgedText.Dropped(sentence: sentence, reason: reason))
      } else {
        kept.append(sentence)
      }
    }
    return JudgedText(kept: kept, dropped: dropped)
  }
}

/// What became of a text.
package struct JudgedText: Hashable, Sendable {
  /// A sentence that was not believed.
  package struct Dropped: Hashable, Sendable {
    /// As it was written.
    package let sentence: String
    /// What is wrong with it, in words.
    package let reason: String
  }

  /// In their order.
  package let kept: [String]
  /// In their order.
  package let dropped: [Dropped]

  /// The sentences that are left, as one text; empty where there is none.
  package var text: String { kept.joined(separator: " ") }

  /// The sentences that were not believed, as the record keeps them.
  package var droppedJSON: String {
    JSONValue.array(dropped.map { ["sentence": .string($0.sentence), "reason": .string($0.reason)] }).compact
  }
}
