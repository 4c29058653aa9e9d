import GRDB
import Market

/// One asset's day as the file holds it, with the series it was made from.
package struct AssetDay: Hashable, Sendable {
  package let asset: Asset
  package let series: SeriesID
  package let key: SeriesKey
  package let quoteCurrency: String?
  package let snapshot: SnapshotRow
  /// Open time of the last stored bar of the day.
  package let lastBar: Instant?

  package init(
    asset: Asset, series: SeriesID, key: SeriesKey, quoteCurrency: String?, snapshot: SnapshotRow, lastBar: Instant?
  ) {
    self.asset = asset
    self.series = series
    self.key = key
    self.quoteCurrency = quoteCurrency
    self.snapshot = snapshot
    self.lastBar = lastBar
  }
}

/// Who told us, as people should read it.
package struct SourceCredit: Hashable, Sendable {
  /// Its name in tables and settings.
  package let name: ProviderName
  /// `Binance`
  package let title: String
  /// Where a person can read about it, and the credit that it asks for.
  package let homepage: String
}

/// What one fund reported for one day, and when we were told.
package struct FlowEntry: Hashable, Sendable {
  package let day: Day
  package let ticker: String
  /// Whole dollars; `nil` while the fund has not reported.
  package let netFlowUSD: Int64?
  /// When the answer came that says so.
  package let fetchedAt: Instant
}

extension Store {
  /// The newest day that has a snapshot of any asset; `nil` where there is none.
  package func newestSnapshotDay() throws(StoreError) -> Day? {
    try read { db in try String.fetchOne(db, sql: "SELECT max(day) FROM market_snapshot").flatMap { Day($0) } }
  }

  /// The days that have a snapshot of any asset, as runs without a hole, oldest first.
  ///
  /// - Complexity: O(snapshots); for the message that a day has none.
  package func snapshotStretches() throws(StoreError) -> [ClosedRange<Day>] {
    try read { db in
      var stretches: [ClosedRange<Day>] = []
      let days = try String.fetchCursor(db, sql: "SELECT DISTINCT day FROM market_snapshot ORDER BY day")
      while let text = try days.next() {
        guard let day = Day(text) else { continue }
        if let last = stretches.last, last.upperBound + 1 == day {
          stretches[stretches.count - 1] = last.lowerBound...day
        } else {
          stretches.append(day...day)
        }
      }
      return stretches
    }
  }

  /// The snapshots of all assets in a stretch of days, by day and then by symbol.
  package func assetDays(in days: ClosedRange<Day>) throws(StoreError) -> [AssetDay] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT market_snapshot.*, asset.symbol, asset.name, asset.class, series.dataset, series.provider_symbol,
            series.interval, series.quote_currency, source.name AS source,
            (SELECT max(open_time) FROM bar
             WHERE bar.series_id = market_snapshot.series_id
               AND open_time >= CAST(strftime('%s', market_snapshot.day) AS INTEGER)
               AND open_time < CAST(strftime('%s', market_snapshot.day) AS INTEGER) + 86400) AS last_bar
          FROM market_snapshot
          JOIN asset ON asset.asset_id = market_snapshot.asset_id
          JOIN series ON series.series_id = market_snapshot.series_id
          JOIN source ON source.source_id = series.source_id
          WHERE market_snapshot.day BETWEEN ? AND ? ORDER BY market_snapshot.day, asset.symbol
          """,
        arguments: [days.lowerBound.description, days.upperBound.description]
      ).map(Store.assetDay)
    }
  }

  private static func assetDay(_ row: Row) throws -> AssetDay {
    guard let assetClass = AssetClass(rawValue: row["class"]) else {
      throw StoreError.corrupt(path: "asset", detail: "'\(row["class"] as String)' is no class of assets")
    }
    return AssetDay(
      asset: Asset(symbol: row["symbol"], name: row["name"], assetClass: assetClass),
      series: SeriesID(row["series_id"]),
      key: try seriesKey(row), quoteCurrency: row["quote_currency"], snapshot: try snapshot(row),
      lastBar: (row["last_bar"] as Int64?).map(Instant.init(epochSeconds:)))
  }

  /// Reads the columns `dataset`, `source`, `provider_symbol` and `interval`.
  static func seriesKey(_ row: Row) throws -> SeriesKey {
    guard let dataset = Dataset(rawValue: row["dataset"]), let interval = Interval(rawValue: row["interval"]) else {
      throw StoreError.corrupt(
        path: "series", detail: "unknown dataset or interval of \(row["provider_symbol"] as String)")
    }
    return SeriesKey(
      dataset: dataset, provider: ProviderName(row["source"]), providerSymbol: row["provider_symbol"],
      interval: interval)
  }

  /// All sources, by name.
  package func sourceCredits() throws(StoreError) -> [SourceCredit] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT name, title, homepage FROM source ORDER BY name").map {
        SourceCredit(name: ProviderName($0["name"]), title: $0["title"], homepage: $0["homepage"])
      }
    }
  }

  /// When the newest of the answers came that taught us the bars of a stretch; `nil` where there is no bar.
  package func newestFetch(ofBarsOf series: SeriesID, in span: ClosedRange<Instant>) throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT max(received_at) FROM fetch
          WHERE fetch_id IN (SELECT fetch_id FROM bar WHERE series_id = ? AND open_time BETWEEN ? AND ?)
          """,
        arguments: [series.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds]
      ).map(Instant.init(epochSeconds:))
    }
  }

  /// The values of a sentiment index in a stretch of days, oldest first, each with the instant at which we were told.
  package func sentiment(
    of series: SeriesID, in days: ClosedRange<Day>
  ) throws(StoreError) -> [(value: SentimentValue, fetchedAt: Instant)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT sentiment.day, sentiment.value, sentiment.classification, fetch.received_at
          FROM sentiment JOIN fetch ON fetch.fetch_id = sentiment.fetch_id
          WHERE sentiment.series_id = ? AND sentiment.day BETWEEN ? AND ? ORDER BY sentiment.day
          """,
        arguments: [series.rawValue, days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["day"] as String).map {
          (
            SentimentValue(day: $0, value: row["value"], classification: row["classification"]),
            Instant(epochSeconds: row["received_at"])
          )
        }
      }
    }
  }

  /// What each fund reported in a stretch of days, by day and then in the order in which the funds were first seen.
  ///
  /// A source's own totals are left out: they are partial sums for most of a day.
  package func flowEntries(of series: SeriesID, in days: ClosedRange<Day>) throws(StoreError) -> [FlowEntry] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT etf_flow.day, etf.ticker, etf_flow.net_flow_usd, fetch.received_at
          FROM etf_flow JOIN etf ON etf.etf_id = etf_flow.etf_id JOIN fetch ON fetch.fetch_id = etf_flow.fetch_id
          WHERE etf_flow.series_id = ? AND etf_flow.day BETWEEN ? AND ? AND etf.kind = 'fund'
          ORDER BY etf_flow.day, etf.etf_id
          """,
        arguments: [series.rawValue, days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["day"] as String).map {
          FlowEntry(
            day: $0, ticker: row["ticker"], netFlowUSD: row["net_flow_usd"],
            fetchedAt: Instant(epochSeconds: row["received_at"]))
        }
      }
    }
  }
}

/// A row in quarantine.
package struct RefusedRow: Hashable, Sendable {
  package let series: SeriesKey
  package let asset: String?
  /// The row's key where it could be read.
  package let at: Instant?
  /// A raw value of `RefusalReason`.
  package let reason: String
  /// What exactly was wrong.
  package let detail: String
  /// The row as it was sent, cut.
  package let excerpt: String
  /// When the answer came that held it.
  package let fetchedAt: Instant
}

extension Store {
  /// The refused rows that nobody has decided about whose key lies in a stretch, and those without a readable key that came in an answer received in
  /// it; by series, then by key.
  package func refusedRows(in span: ClosedRange<Instant>) throws(StoreError) -> [RefusedRow] {
    try read { db in
      // A file that no run has migrated yet knows no decisions.
      let held = try db.migrationNumber() > 1 ? " AND quarantine.state = 'held'" : ""
      // Once a series, so that the index by series and key is used.
      return try Row.fetchAll(
        db,
        sql: """
          SELECT series.dataset, series.provider_symbol, series.interval, source.name AS source, asset.symbol AS asset,
            quarantine.at, quarantine.reason, quarantine.detail, quarantine.excerpt, fetch.received_at
          FROM series
          CROSS JOIN quarantine ON quarantine.series_id = series.series_id
            AND (coalesce(quarantine.at, -1) BETWEEN ?1 AND ?2 OR coalesce(quarantine.at, -1) = -1)
          JOIN source ON source.source_id = series.source_id
          JOIN fetch ON fetch.fetch_id = quarantine.fetch_id
          LEFT JOIN asset ON asset.asset_id = series.asset_id
          WHERE coalesce(quarantine.at, fetch.received_at) BETWEEN ?1 AND ?2\(held)
          ORDER BY asset.symbol, source.name, series.provider_symbol, quarantine.at, quarantine.reason,
            quarantine.excerpt
          """,
        arguments: [span.lowerBound.epochSeconds, span.upperBound.epochSeconds]
      ).map { row in
        RefusedRow(
          series: try Store.seriesKey(row), asset: row["asset"],
          at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), reason: row["reason"], detail: row["detail"],
          excerpt: row["excerpt"], fetchedAt: Instant(epochSeconds: row["received_at"]))
      }
    }
  }
}

extension Store {
  /// The summaries of one maker in a stretch of days: by day, the market's first, then by asset.
  package func summaries(by maker: String, in days: ClosedRange<Day>) throws(StoreError) -> [SummaryRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT summary.day, asset.symbol, summary.text, summary.facts
          FROM summary LEFT JOIN asset ON asset.asset_id = summary.asset_id
          WHERE summary.day BETWEEN ? AND ? AND summary.maker = ?
          ORDER BY summary.day, asset.symbol IS NOT NULL, asset.symbol
          """,
        arguments: [days.lowerBound.description, days.upperBound.description, maker]
      ).compactMap { row in
        Day(row["day"] as String).map {
          SummaryRow(day: $0, asset: row["symbol"], maker: maker, text: row["text"], facts: row["facts"])
        }
      }
    }
  }
}
