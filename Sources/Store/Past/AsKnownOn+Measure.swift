extension AsKnownOn {
  /// By what a figure counts as known at an instant of which its provider says when it published it.
  package enum Measure: Sendable {
    /// By the day of its publication, whenever this file was told; nothing is known before the first answer.
    case publication
    /// The same also before the first answer: for what is asked about such figures and nothing else.
    case publicationAlone
    /// By the answer that told it, as all other facts: what this very file knew then, which is what a report vouches for.
    case answers
  }
}
