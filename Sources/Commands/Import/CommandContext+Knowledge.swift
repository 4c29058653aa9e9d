import Market

extension CommandContext {
  /// What an imported file is held against: what is followed here or elsewhere, and the funds.
  ///
  /// - Parameter asset: the one that was asked for, as it is known to the record or by its flags.
  func knowledge(of asset: Asset?) -> FileKnowledge {
    FileKnowledge(
      assets: (asset.map { [$0] } ?? []) + universe.assets + wiring.wellKnown, funds: universe.funds)
  }
}
