import GRDB
import Market
import Rendering
import SQLite
import Store

/// A series as a file follows it: whether it is asked for, and why not.
package struct FollowedSeries: Sendable {
  /// Whether a series is asked for.
  package enum Standing: String, Sendable {
    case asked
    /// The user took it away.
    case removed
    /// Its asset was removed.
    case assetRemoved = "asset removed"
    /// Its source was switched off.
    case sourceDisabled = "source disabled"
    /// Its source answers only with a key, and there is none.
    case notConfigured = "no key"
    /// It was imported; nobody can be asked for it.
    case imported
  }

  /// What it is, and how far it reaches.
  package let series: StoredSeries
  /// Whether it is asked for.
  package let standing: Standing
  /// Whether the user asked for it, and not the catalogue.
  package let isAdded: Bool
}

extension Following {
  /// All series of the file, by asset, kind and priority.
  ///
  /// - Parameters:
  ///   - providers: who can be asked at all.
  ///   - keyed: of whom a key is set.
  package func series(
    askedOf providers: [ProviderProfile], keyed: Set<ProviderName>
  ) throws(StoreError) -> [FollowedSeries] {
    let reasons = try standings()
    let added = Set(try addedSeries())
    let known = Set(providers.map(\.name))
    return try store.catalogue.series().map { series in
      let needsKey = series.needsKey && !keyed.contains(series.key.provider)
      let standing: FollowedSeries.Standing =
        reasons[series.id.rawValue]
        ?? (!known.contains(series.key.provider) ? .imported : needsKey ? .notConfigured : .asked)
      return FollowedSeries(series: series, standing: standing, isAdded: added.contains(series.key))
    }
  }

  /// What the user asked for besides the catalogue, in the order in which it was decided.
  package func addedSeries() throws(StoreError) -> [SeriesKey] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT subject, detail FROM decision WHERE kind = 'series.add' ORDER BY decision_id"
      ).compactMap { row in
        let decision = CatalogueDecision(kind: "series.add", subject: row["subject"], detail: row["detail"] ?? "")
        if case .addSeries(let series) = decision { return series.key }
        return nil
      }
    }
  }

  private func standings() throws(StoreError) -> [Int64: FollowedSeries.Standing] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT series_id, CASE WHEN series.removed_at IS NOT NULL THEN 'removed'
            WHEN asset.removed_at IS NOT NULL THEN 'asset removed' ELSE 'source disabled' END AS standing
          FROM series JOIN source USING (source_id) LEFT JOIN asset USING (asset_id)
          WHERE coalesce(series.removed_at, asset.removed_at, source.disabled_at) IS NOT NULL
          """)
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          FollowedSeries.Standing(rawValue: row["standing"]).map { (row["series_id"] as Int64, $0) }
        })
    }
  }
}

// MARK: - As rows and for programs

extension FollowedSeries {
  /// The columns of a list of series.
  package static let columns = [
    Column("asset", .text, least: 12), Column("source", .text), Column("interval", .text), Column("kind", .text),
    Column("state", .text, .name), Column("symbol", .text, .minor, least: 12), Column("newest", .text, .minor),
    Column("rows", .integer, .minor),
    Column("basis", .text, .minor), Column("currency", .text, .reference), Column("priority", .integer, .reference),
  ]

  /// Writes its cells.
  ///
  /// - Parameter isRead: by people, who are told of what is about no asset what it is about.
  package func write(to row: any RowEncoder, isRead: Bool = false) {
    row.text(orNull: series.asset ?? (isRead ? SpokenAddress.of(series.key.providerSymbol) : nil))
    row.text(series.key.provider.description)
    row.text(series.key.interval.rawValue)
    row.text(series.key.dataset.rawValue)
    row.text(standing.rawValue)
    row.text(series.key.providerSymbol)
    row.text(orNull: newest)
    row.integer(Int64(series.count))
    row.text(series.basis.rawValue)
    row.text(orNull: series.quoteCurrency)
    row.integer(Int64(series.priority))
  }

  private var newest: String? {
    guard let last = series.extent?.upperBound, series.key.dataset != .newsItem || last.day != NewsItem.undated else {
      return nil
    }
    return series.key.interval.seconds >= Interval.day1.seconds ? last.day.description : last.description
  }

  /// What it is for programs.
  package var json: JSONValue {
    [
      "asset": .optional(series.asset), "source": .string(series.key.provider.description),
      "interval": .string(series.key.interval.rawValue), "symbol": .string(series.key.providerSymbol),
      "dataset": .string(series.key.dataset.rawValue),
      "state": .string(standing.rawValue.replacing(" ", with: "_")), "added": .bool(isAdded),
      "currency": .optional(series.quoteCurrency), "basis": .string(series.basis.rawValue),
      "priority": .integer(Int64(series.priority)), "rows": .integer(Int64(series.count)),
      "newest": .optional(newest),
    ]
  }
}
