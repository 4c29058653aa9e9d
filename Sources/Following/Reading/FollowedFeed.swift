import GRDB
import Market
import Rendering
import SQLite
import Store

/// A feed as a file follows it.
package struct FollowedFeed: Hashable, Sendable {
  /// How it is called.
  package let name: String
  /// Its series, by which it is removed.
  package let key: SeriesKey
  /// Where it lies.
  package var address: String { key.providerSymbol }
  /// What it brings.
  package let kind: String
  /// Under which name it is found together with others; `nil` for none.
  package let group: String?
  /// Items stored.
  package let items: Int
  /// Day of the newest item; `nil` where there is none, or none with a date.
  package let newest: Day?
  /// Whether it is asked; what was removed, or whose source was switched off, is not.
  package let isAsked: Bool
}

extension Following {
  /// All feeds that the file knows, those that were removed too, by name.
  package func feeds() throws(StoreError) -> [FollowedFeed] {
    try read { db in
      let names = try Row.fetchAll(db, sql: "SELECT series_id, name, kind, group_name FROM feed")
      let told = Dictionary(names.map { ($0["series_id"] as Int64, $0) }) { first, _ in first }
      return try store.catalogue.series(db).filter { $0.key.dataset == .newsItem }.map { series in
        let row = told[series.id.rawValue]
        let last = series.extent?.upperBound.day
        return FollowedFeed(
          name: row?["name"] ?? FollowedFeed.title(of: series.key), key: series.key,
          kind: row?["kind"] ?? FeedKind.news.rawValue, group: row?["group_name"], items: series.count,
          newest: last == NewsItem.undated ? nil : last, isAsked: series.isAsked)
      }.sorted { ($0.name, $0.address) < ($1.name, $1.address) }
    }
  }
}

extension FollowedFeed {
  /// By its host; what lies at no address by who tells it, of queries with the beginning of their words.
  fileprivate static func title(of series: SeriesKey) -> String {
    let symbol = series.providerSymbol
    if symbol.contains("//") { return SpokenAddress.host(of: symbol) }
    return symbol.contains(" ")
      ? TerminalText.truncatedAtWord("\(series.provider): \(symbol)", to: 28) : series.provider.description
  }

  /// The columns of a list of feeds.
  package static let columns = [
    Column("name", .text, least: 20), Column("kind", .text, .minor), Column("items", .integer),
    Column("newest", .text, .name), Column("state", .text, .minor), Column("address", .text, least: 20),
    Column("group", .text, .minor),
  ]

  private var state: String { isAsked ? "asked" : "removed" }

  /// Writes its cells.
  package func write(to row: any RowEncoder) {
    row.text(name)
    row.text(kind)
    row.integer(Int64(items))
    row.text(orNull: newest?.description)
    row.text(state)
    row.text(address)
    row.text(orNull: group)
  }

  /// What it is for programs.
  package var json: JSONValue {
    [
      "name": .string(name), "address": .string(address), "kind": .string(kind), "group": .optional(group),
      "items": .integer(Int64(items)), "newest": .optional(newest?.description), "state": .string(state),
    ]
  }
}
