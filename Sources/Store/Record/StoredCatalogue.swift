import GRDB
import Market
import SQLite

/// A series as it stands in the file: what it is, and how far it reaches.
package struct StoredSeries: Hashable, Sendable {
  /// Its row number; another file may have another one for the same key.
  package let id: SeriesID
  /// Who tells it, about what, at which interval: the same in every file.
  package let key: SeriesKey
  /// Symbol of the asset; `nil` for an index of a whole market.
  package let asset: String?
  /// The class of that asset; `nil` without an asset.
  package let assetClass: AssetClass?
  /// Whose days that asset has, where these are not those of its class.
  package var calendar: Calendar?
  /// What the file has noted of its markets.
  package var closures = Closures.none
  /// `USDT`, `USD`; `nil` where facts are not prices.
  package let quoteCurrency: String?
  /// 1 is asked first; a higher number is a fallback for the lower ones.
  package let priority: Int
  /// Whether the provider answers only with a key.
  package let needsKey: Bool
  /// What its prices were corrected for by the provider.
  package let basis: PriceBasis
  /// What it measures, where it is an economic one, and when its values are published.
  package var macro: MacroSeries?
  package var publication: Publication?
  /// Whether its asset is followed as an economic figure and not as something that is traded.
  package var isOfMacro = false
  /// Whether it is to be asked for: neither it nor its asset was removed, and its source is not switched off.
  package let isAsked: Bool
  /// Rows stored.
  package let count: Int
  /// First and last key stored (open time, or the start of the day); `nil` while there is none.
  package let extent: ClosedRange<Instant>?
}

extension StoredSeries {
  /// What it is called where it has no asset: as its provider or the user says, else by its symbol.
  package var title: String { macro?.title ?? key.providerSymbol }

  /// Whether somebody who types this may mean it: its title or its symbol, in whatever letter case.
  package func isCalled(_ name: String) -> Bool {
    [title, key.providerSymbol].contains { $0.lowercased() == name.lowercased() }
  }

  init(_ row: Row) throws {
    guard let dataset = Dataset(rawValue: row["dataset"]),
      let interval = Interval(rawValue: row["interval"] as String? ?? "")
    else {
      throw StoreError.corrupt(
        path: "series", detail: "unknown dataset or interval in series \(row["series_id"] as Int64)")
    }
    let first: Int64? = row["first_time"]
    let last: Int64? = row["last_time"]
    self.init(
      id: SeriesID(row["series_id"]),
      key: SeriesKey(
        dataset: dataset, provider: ProviderName(row["source"]), providerSymbol: row["provider_symbol"],
        interval: interval),
      asset: row["asset"], assetClass: (row["class"] as String?).flatMap(AssetClass.init(rawValue:)),
      calendar: (row["calendar"] as String?).flatMap(Calendar.init(rawValue:)), closures: Closures(row),
      quoteCurrency: row["quote_currency"], priority: row["priority"], needsKey: row["needs_key"],
      basis: PriceBasis(rawValue: row["price_basis"]) ?? .asTraded, macro: MacroSeries(row),
      publication: Publication(row), isOfMacro: row["is_of_macro"], isAsked: row["is_asked"],
      count: row["row_count"],
      extent: first.flatMap { first in last.map { Instant(epochSeconds: first)...Instant(epochSeconds: $0) } })
  }

  static let selection = """
    SELECT series.series_id, series.dataset, source.name AS source, series.provider_symbol, series.interval,
      asset.symbol AS asset, asset.class AS class, asset.calendar, series.quote_currency, series.priority, series.needs_key,
      series.row_count, series.first_time, series.last_time, series.price_basis,
      coalesce(series.removed_at, asset.removed_at, source.disabled_at) IS NULL AS is_asked,
      EXISTS (SELECT 1 FROM asset_group WHERE asset_group.asset_id = series.asset_id AND name = 'macro') AS is_of_macro,
      \(MacroSeries.columns),
      \(Closures.column)
    FROM series
    JOIN source ON source.source_id = series.source_id
    LEFT JOIN asset ON asset.asset_id = series.asset_id
    LEFT JOIN macro_series ON macro_series.series_id = series.series_id
    """

  static let order = " ORDER BY asset.symbol, series.dataset, series.priority, series.series_id"
}

extension StoredCatalogue {
  /// Writes assets, sources, funds and series that are not there yet, and leaves alone what is.
  package func add(_ catalogue: Catalogue, providers: [ProviderProfile]) throws(StoreError) {
    try write { db in try StoredCatalogue.add(catalogue, providers: providers, db) }
  }

  /// The same within a transaction.
  package static func add(_ catalogue: Catalogue, providers: [ProviderProfile], _ db: Database) throws {
    for asset in catalogue.assets {
      try db.run(
        "INSERT INTO asset (symbol, name, class) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [asset.symbol, asset.name, asset.assetClass.rawValue])
    }
    for provider in providers {
      try db.run(
        "INSERT INTO source (name, title, homepage) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [provider.name.description, provider.title, provider.homepage])
    }
    for fund in catalogue.funds {
      try db.run(
        """
        INSERT INTO etf (ticker, asset_id, name) SELECT ?, asset_id, ? FROM asset WHERE symbol = ?
        ON CONFLICT DO NOTHING
        """, [fund.ticker, fund.name, fund.asset])
    }
    for series in catalogue.series { try add(series, db) }
    if !catalogue.events.isEmpty { try catalogue.events.replaceStored(db) }
  }

  private static func add(_ series: SeriesDefinition, _ db: Database) throws {
    try db.run(
      """
      INSERT INTO series (dataset, asset_id, source_id, interval, provider_symbol, quote_currency, price_basis, priority,
        needs_key)
      SELECT ?, (SELECT asset_id FROM asset WHERE symbol = ?), source_id, ?, ?, ?, ?, ?, ?
      FROM source WHERE name = ?
      ON CONFLICT DO NOTHING
      """,
      [
        series.key.dataset.rawValue, series.asset, series.key.interval.rawValue, series.key.providerSymbol,
        series.quoteCurrency, series.basis.rawValue, series.priority, series.needsKey, series.key.provider.description,
      ])
    if let macro = series.macro { try macro.tell(of: series.key, db) }
  }

  /// All series, by asset, dataset and priority.
  package func series() throws(StoreError) -> [StoredSeries] {
    try read { db in try series(db) }
  }

  /// The same within a transaction.
  package func series(_ db: Database) throws -> [StoredSeries] {
    try Row.fetchAll(db.cachedStatement(sql: StoredSeries.selection + StoredSeries.order)).map(StoredSeries.init)
  }

  /// The series of an asset, by dataset and priority.
  package func series(of asset: String) throws(StoreError) -> [StoredSeries] {
    try read { db in
      try Row.fetchAll(
        db.cachedStatement(sql: StoredSeries.selection + " WHERE asset.symbol = ?" + StoredSeries.order),
        arguments: [asset]
      ).map(StoredSeries.init)
    }
  }

  /// The series of this key, or `nil` where the file knows none.
  package func series(_ key: SeriesKey) throws(StoreError) -> StoredSeries? {
    try read { db in try StoredCatalogue.series(key, db) }
  }

  static func series(_ key: SeriesKey, _ db: Database) throws -> StoredSeries? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: StoredSeries.selection
          + " WHERE source.name = ? AND series.dataset = ? AND series.provider_symbol = ? AND series.interval = ?"),
      arguments: [key.provider.description, key.dataset.rawValue, key.providerSymbol, key.interval.rawValue]
    ).map(StoredSeries.init)
  }

  /// Reads the columns `dataset`, `source`, `provider_symbol` and `interval`.
  package static func seriesKey(_ row: Row) throws -> SeriesKey {
    guard let dataset = Dataset(rawValue: row["dataset"]),
      let interval = Interval(rawValue: row["interval"] as String? ?? "")
    else {
      throw StoreError.corrupt(
        path: "series", detail: "unknown dataset or interval of \(row["provider_symbol"] as String)")
    }
    return SeriesKey(
      dataset: dataset, provider: ProviderName(row["source"]), providerSymbol: row["provider_symbol"],
      interval: interval)
  }

  /// The assets of the file, by symbol.
  package func assets() throws(StoreError) -> [Asset] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT symbol, name, class FROM asset ORDER BY symbol").compactMap { row in
        AssetClass(rawValue: row["class"]).map { Asset(symbol: row["symbol"], name: row["name"], assetClass: $0) }
      }
    }
  }

  /// Tickers of the funds known for an asset, in the order in which they were first seen.
  package func tickers(ofFundsHolding asset: String) throws(StoreError) -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT etf.ticker FROM etf JOIN asset ON asset.asset_id = etf.asset_id
          WHERE asset.symbol = ? AND etf.kind = 'fund' ORDER BY etf.etf_id
          """,
        arguments: [asset])
    }
  }
}
