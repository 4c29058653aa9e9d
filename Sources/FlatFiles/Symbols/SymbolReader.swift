import Market

/// What a text says of an asset, next to the one that was asked for.
struct SymbolReader: Sendable {
  /// The asset that the rows should be of; `nil` where they are of none.
  let asked: SymbolSpelling?
  private let others: [SymbolSpelling]

  /// What a text is, to somebody who asked for one asset.
  enum Verdict: Hashable {
    /// It spells the asset that was asked for.
    case asked
    /// Another asset, by its symbol.
    case other(String)
    /// No asset that is known.
    case unknown
    /// A currency in which prices are told.
    case currency
    case blank
  }

  /// - Parameter knowledge: `nil` where a file is read again.
  init(_ order: ImportOrder, knowing knowledge: FileKnowledge? = nil) {
    let known = knowledge?.assets ?? []
    asked = order.asset.map { symbol in
      let asset = known.first { $0.symbol == symbol }
      return SymbolSpelling(
        Asset(symbol: symbol, name: asset?.name ?? symbol, assetClass: order.assetClass ?? .crypto))
    }
    others = known.filter { $0.symbol != order.asset }.map(SymbolSpelling.init)
  }

  func verdict(_ text: String) -> Verdict {
    if !text.unicodeScalars.contains(where: { $0.value > 32 }) { return .blank }
    guard let asked else { return .unknown }
    if asked.spells(text) { return .asked }
    if asked.isLevered(text) { return .other(text) }
    if SymbolSpelling.isCurrency(text) { return .currency }
    return others.first { $0.spells(text) }.map { .other($0.symbol) } ?? .unknown
  }
}
