/// What is known when a file is imported, against which it is held: a file of another asset than the one asked for is
/// told apart from one of an asset that nobody knows.
///
/// A replay has none: what was decided then is in the settled order.
package struct FileKnowledge: Sendable {
  /// Assets that are followed, and others whose symbols are well known.
  package let assets: [Asset]
  /// Funds, with the assets that they hold.
  package let funds: [Fund]

  /// Of two assets of one symbol the first counts.
  package init(assets: [Asset], funds: [Fund]) {
    self.assets = assets
    self.funds = funds
  }
}
