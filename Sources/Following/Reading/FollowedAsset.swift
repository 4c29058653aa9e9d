import GRDB
import Market
import Rendering
import SQLite
import Store

/// An asset as a file follows it.
package struct FollowedAsset: Hashable, Sendable {
  /// What it is called, and its class.
  package let asset: Asset
  /// What it is part of; `nil` where nobody says.
  package let sector: String?
  /// Of its prices; `nil` where nobody says.
  package let currency: String?
  /// Whose days it has.
  package let calendar: Calendar
  /// Names under which it is found together with others, in order.
  package let groups: [String]
  /// Names that it once had.
  package let formerSymbols: [String]
  /// How many series of it are asked for.
  package let seriesCount: Int
  /// How many rows are stored of it.
  package let rowCount: Int
  /// The opening of its newest price, for people: `2025-09-19`, `2025-09-19T21:00:00Z`; `nil` where there is none.
  package let newest: String?
  /// Since when it is not asked for any more; `nil` while it is.
  package let removedAt: Instant?
  /// What the user noted beside it, by name.
  package let notes: [String: String]
}

extension Following {
  /// All assets of the file by symbol, those that were removed among them.
  package func assets() throws(StoreError) -> [FollowedAsset] {
    try read { db in
      let notes = try Row.fetchAll(
        db,
        sql: """
          SELECT asset_id, note.key AS name, note.value AS value FROM asset, json_each(asset.static_metadata) AS note
          WHERE static_metadata IS NOT NULL
          """)
      let noted = Dictionary(grouping: notes) { $0["asset_id"] as Int64 }
      return try Row.fetchAll(db, sql: FollowedAsset.selection).compactMap { row in
        let id: Int64 = row["asset_id"]
        let pairs = (noted[id] ?? []).map { ($0["name"] as String, $0["value"] as String? ?? "") }
        return FollowedAsset(row, notes: Dictionary(pairs) { first, _ in first })
      }
    }
  }
}

extension FollowedAsset {
  fileprivate static let selection = """
    SELECT asset.asset_id, symbol, name, class, sector, currency, calendar, removed_at,
      (SELECT group_concat(name, ',') FROM
        (SELECT name FROM asset_group WHERE asset_group.asset_id = asset.asset_id ORDER BY name)) AS groups,
      (SELECT group_concat(symbol, ',') FROM asset_former_symbol AS former
        WHERE former.asset_id = asset.asset_id) AS former_symbols,
      (SELECT count(*) FROM series JOIN source USING (source_id)
        WHERE series.asset_id = asset.asset_id
          AND coalesce(series.removed_at, source.disabled_at) IS NULL) AS series_count,
      (SELECT total(row_count) FROM series WHERE series.asset_id = asset.asset_id) AS row_count,
      (SELECT max(last_time * 10 + (interval IN ('1d', '1w'))) FROM series
        WHERE series.asset_id = asset.asset_id AND dataset IN ('bar', 'price_point')) AS newest
    FROM asset ORDER BY symbol
    """

  fileprivate init?(_ row: Row, notes: [String: String]) {
    guard let assetClass = AssetClass(rawValue: row["class"]) else { return nil }
    asset = Asset(symbol: row["symbol"], name: row["name"], assetClass: assetClass)
    sector = row["sector"]
    currency = row["currency"]
    calendar = (row["calendar"] as String?).flatMap(Calendar.init(rawValue:)) ?? Calendar(of: assetClass)
    groups = FollowedAsset.list(row["groups"])
    formerSymbols = FollowedAsset.list(row["former_symbols"])
    let isRemoved = row["removed_at"] as Int64?
    removedAt = isRemoved.map(Instant.init(epochSeconds:))
    seriesCount = removedAt == nil ? row["series_count"] : 0
    rowCount = Int(row["row_count"] as Double)
    newest = (row["newest"] as Int64?).map { newest in
      let at = Instant(epochSeconds: newest / 10)
      return newest % 10 == 1 ? at.day.description : at.description
    }
    self.notes = notes
  }

  private static func list(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }
}

// MARK: - As rows and for programs

extension FollowedAsset {
  /// The columns of a list of assets; what matters least goes first where a screen is narrow.
  package static let columns = [
    Column("symbol", .text), Column("name", .text), Column("class", .text), Column("series", .integer, .minor),
    Column("newest", .text), Column("rows", .integer, .minor), Column("sector", .text, .minor),
    Column("groups", .text, .minor), Column("calendar", .text, .reference),
  ]
  /// What stands beside them in a list with removed ones.
  package static let removalColumn = Column("removed", .text, meaning: .day)

  /// Writes its cells, with that of `removalColumn` behind where that is listed.
  package func write(to row: any RowEncoder, withRemoval: Bool) {
    row.text(asset.symbol)
    row.text(asset.name)
    row.text(asset.assetClass.rawValue)
    row.integer(Int64(seriesCount))
    row.text(orNull: newest)
    row.integer(Int64(rowCount))
    row.text(orNull: sector)
    row.text(orNull: groups.isEmpty ? nil : groups.joined(separator: " "))
    row.text(calendar.rawValue)
    if withRemoval { row.text(orNull: removedAt?.day.description) }
  }

  /// What it is for programs.
  package var json: JSONValue {
    [
      "symbol": .string(asset.symbol), "name": .string(asset.name), "class": .string(asset.assetClass.rawValue),
      "sector": .optional(sector), "currency": .optional(currency), "calendar": .string(calendar.rawValue),
      "groups": .array(groups.map(JSONValue.string)), "former_symbols": .array(formerSymbols.map(JSONValue.string)),
      "series": .integer(Int64(seriesCount)), "rows": .integer(Int64(rowCount)), "newest": .optional(newest),
      "removed_at": .optional(removedAt?.description),
      "notes": .object(notes.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
    ]
  }
}

extension RowEncoder {
  /// A cell that holds a text, or nothing.
  func text(orNull value: String?) { if let value { text(value) } else { null() } }
}
