import Market
import Store

/// What another room makes from answers that hold no facts, such as those of language models, and a rebuild makes again.
package protocol RebuildPart: Sendable {
  /// Makes it in a rebuilt file, into which everything that was kept has been taken over.
  ///
  /// - Returns: answers of which the bytes are not what was kept.
  func makeAgain(in target: Store, from moment: StoreMoment) throws -> [Rebuild.Damage]
}
