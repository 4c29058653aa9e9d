import Market

/// What the user decided about assets, series and sources: a row of `decision`, which a file applies over whatever any
/// edition of the catalogue says.
package enum CatalogueDecision: Hashable, Sendable {
  /// Follows an asset, which may be a new one; one that was removed is followed again.
  case addAsset(Listing)
  /// Says something else of an asset.
  case editAsset(AssetEdit)
  /// Asks for an asset no more; its rows stay.
  case removeAsset(symbol: String)
  /// Asks for it again.
  case restoreAsset(symbol: String)
  /// Asks for a series more.
  case addSeries(SeriesDefinition)
  /// Asks a feed, too; one that is asked is called otherwise.
  case addFeed(FeedWish)
  /// Asks for it no more; its rows stay.
  case removeSeries(SeriesKey)
  /// Asks for it again.
  case resumeSeries(SeriesKey)
  /// Asks a source no more.
  case disableSource(ProviderName)
  /// Asks it again.
  case enableSource(ProviderName)
}

/// What is to be said otherwise of an asset; what is `nil` or empty stays as it is.
package struct AssetEdit: Hashable, Sendable {
  /// The asset.
  package let symbol: String
  /// What people call it.
  package var name: String?
  /// What it is part of.
  package var sector: String?
  /// Whose days it has.
  package var calendar: Calendar?
  /// Further groups that it is in.
  package var groups: [String] = []
  /// Groups that it is in no more.
  package var leftGroups: [String] = []
  /// Its symbol at providers: series of another symbol there are asked for no more.
  package var symbols: [ProviderName: String] = [:]
  /// The source whose series become the asset's first.
  package var preferred: ProviderName?
  /// What the user notes beside it, by name; an empty text takes a note away.
  package var notes: [String: String] = [:]

  /// The note that says how texts name it: `symbol` for its symbol as a word, though it be one of the language.
  package static let match = "match"

  /// An edit that says nothing yet.
  package init(symbol: String) { self.symbol = symbol }
}

extension CatalogueDecision {
  /// What `decision.kind` says.
  var kind: String {
    switch self {
    case .addAsset: "asset.add"
    case .editAsset: "asset.edit"
    case .removeAsset: "asset.remove"
    case .restoreAsset: "asset.restore"
    case .addSeries: "series.add"
    case .addFeed: "feed.add"
    case .removeSeries: "series.remove"
    case .resumeSeries: "series.resume"
    case .disableSource: "source.disable"
    case .enableSource: "source.enable"
    }
  }

  /// What it is about, for people.
  var subject: String {
    switch self {
    case .addAsset(let listing): listing.asset.symbol
    case .editAsset(let edit): edit.symbol
    case .removeAsset(let symbol), .restoreAsset(let symbol): symbol
    case .addSeries(let series): series.key.description
    case .addFeed(let feed): feed.address
    case .removeSeries(let key), .resumeSeries(let key): key.description
    case .disableSource(let source), .enableSource(let source): source.description
    }
  }
}
