import Market
import Metrics

/// The day of all assets of one class: how many rose, and by how much in the middle.
struct ClassDay {
  let assetClass: AssetClass
  /// By symbol; not empty.
  let assets: [AssetFacts]

  /// Those whose change is known, best first.
  var ranked: [AssetFacts] { assets.ranked }
  var rising: Int { changes.filter { $0 > 0 }.count }
  var falling: Int { changes.filter { $0 < 0 }.count }
  /// The change in the middle, of an even number the mean of the two there; `nil` where none is known.
  var medianChange: Double? { median(changes) }

  private var changes: [Double] { assets.compactMap(\.snapshot.change24h) }

  /// `coins`, `stocks`
  var noun: String { assetClass.noun(count: assets.count) }

  /// The classes of a day that have an asset, in a fixed order.
  static func all(of assets: [AssetFacts]) -> [ClassDay] {
    AssetClass.allCases.compactMap { assetClass in
      let members = assets.filter { $0.day.asset.assetClass == assetClass }
      return members.isEmpty ? nil : ClassDay(assetClass: assetClass, assets: members)
    }
  }
}

extension AssetClass {
  /// What people call so many of them.
  func noun(count: Int) -> String {
    let (one, many) =
      switch self {
      case .crypto: ("coin", "coins")
      case .stock: ("stock", "stocks")
      case .fund: ("fund", "funds")
      case .commodity: ("commodity", "commodities")
      case .index: ("index", "indices")
      case .currency: ("currency", "currencies")
      }
    return count == 1 ? one : many
  }
}

extension [AssetFacts] {
  /// Those whose change over the day is known, best first.
  var ranked: [AssetFacts] {
    filter { $0.snapshot.change24h != nil }.sorted {
      ($1.snapshot.change24h ?? 0, $0.day.asset.symbol) < ($0.snapshot.change24h ?? 0, $1.day.asset.symbol)
    }
  }
}
