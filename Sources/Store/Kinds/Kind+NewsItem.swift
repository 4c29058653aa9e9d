import Market
import Newsdesk
import Schema

extension Kind {
  /// What feeds say, item by item; articles follow from them.
  static let newsItem = Kind(
    shape: .newsItem, title: "items of news as each feed told them", step: .news, asked: .row, unit: .none,
    lookups: [:], history: .restated, comesAlone: false, followUp: { try ArticleDesk($2).take($0.days, of: $1) },
    closing: { try ArticleIndex($0).catchUp() },
    hasGaps: false, isCrossChecked: false, snapshotReach: { _ in nil },
    // Some feeds make another address for everybody who asks; its canonical form is beside it.
    echoes: [.link], reported: [],
    exported: Exported(
      rhythm: nil, names: [.source, .symbol], hasAssets: false, restatedTitle: "items that a feed told otherwise later",
      identity: ["source", "provider_symbol"], meanings: NamedDataset.meaningsOfItems, others: NamedDataset.news))
}
