import GRDB
import Market
import SQLite
import Store

/// What a feed brings.
package enum FeedKind: String, CaseIterable, Hashable, Sendable {
  /// What a publisher writes.
  case news
  /// What people write to each other.
  case social
}

/// A feed that is to be asked, and what the user says of it.
package struct FeedWish: Hashable, Sendable {
  /// Its address, as its series spells it.
  package let address: String
  /// How it is called; `nil` for its host.
  package let name: String?
  /// What it brings.
  package let kind: FeedKind
  /// Under which name it is found together with others; `nil` for none.
  package let group: String?

  /// A feed as it is to be followed.
  package init(address: String, name: String?, kind: FeedKind, group: String?) {
    (self.address, self.name, self.kind, self.group) = (address, name, kind, group)
  }

  /// What makes it a series.
  package var key: SeriesKey { FeedWish.key(of: address) }

  /// The series of a feed at an address.
  package static func key(of address: String) -> SeriesKey {
    SeriesKey(dataset: .newsItem, provider: "rss", providerSymbol: address, interval: .day1)
  }

  var series: SeriesDefinition { SeriesDefinition(key: key, asset: nil, quoteCurrency: nil, priority: 1) }

  func apply(_ db: Database) throws {
    try StoredCatalogue.add(Catalogue(edition: "", listings: [], funds: [], others: [series]), providers: [], db)
    guard name != nil || kind != .news || group != nil else { return }
    try db.run(
      """
      INSERT OR REPLACE INTO feed (series_id, name, kind, group_name)
      SELECT series_id, ?, ?, ? FROM series JOIN source USING (source_id)
      WHERE series.dataset = 'news_item' AND series.provider_symbol = ? AND source.name = 'rss'
      """, [name ?? SpokenAddress.host(of: address), kind.rawValue, group, address])
  }
}
