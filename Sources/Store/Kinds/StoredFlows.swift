import GRDB
import Market
import SQLite

extension StoredFlows {
  /// The fund flows of a series from a day on, oldest first: what each fund reported, `nil` where it has not.
  package func rows(of series: SeriesID, from day: Day) throws(StoreError) -> [(day: Day, funds: [String: Int64?])] {
    try read { db in
      var days: [(day: Day, funds: [String: Int64?])] = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT etf_flow.day, etf.ticker, etf_flow.net_flow_usd FROM etf_flow JOIN etf USING (etf_id)
          WHERE etf_flow.series_id = ? AND etf_flow.day >= ? ORDER BY etf_flow.day, etf.etf_id
          """,
        arguments: [series.rawValue, day.description])
      while let row = try rows.next() {
        guard let day = Day(row["day"] as String) else { continue }
        if days.last?.day != day { days.append((day, [:])) }
        days[days.count - 1].funds.updateValue(row["net_flow_usd"], forKey: row["ticker"])
      }
      return days
    }
  }

  /// The days of a series on which funds may still report, oldest first.
  package func provisionalFlowDays(of series: SeriesID) throws(StoreError) -> [Day] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT etf_flow.day FROM etf_flow
          LEFT JOIN etf_flow_day AS known ON known.series_id = etf_flow.series_id AND known.day = etf_flow.day
          WHERE etf_flow.series_id = ? AND coalesce(known.finality, 'provisional') = 'provisional'
          ORDER BY etf_flow.day
          """,
        arguments: [series.rawValue]
      ).compactMap { Day($0) }
    }
  }

  /// The first day of a series that must be judged: it may still change, or it was final and a value of it moved.
  package func firstDayToJudge(of series: SeriesID) throws(StoreError) -> Day? {
    try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT min(etf_flow.day) FROM etf_flow
          LEFT JOIN etf_flow_day AS known ON known.series_id = etf_flow.series_id AND known.day = etf_flow.day
          WHERE etf_flow.series_id = ? AND coalesce(known.finality, 'provisional') <> 'not_reporting'
            AND known.net_flow_usd IS NULL
          """,
        arguments: [series.rawValue]
      ).flatMap { Day($0) }
    }
  }

  /// The judged days of a series in a stretch, oldest first.
  package func flowDays(of series: SeriesID, in days: ClosedRange<Day>) throws(StoreError) -> [FlowDayRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql:
          "SELECT day, net_flow_usd, finality FROM etf_flow_day WHERE series_id = ? AND day BETWEEN ? AND ? ORDER BY day",
        arguments: [series.rawValue, days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["day"] as String).map {
          FlowDayRow(day: $0, netFlowUSD: row["net_flow_usd"], finality: row["finality"])
        }
      }
    }
  }

  /// Writes the sums that differ, and has the snapshots computed again that show them.
  ///
  /// - Parameter now: the instant at which the days were judged.
  package func store(_ days: [FlowDayRow], of series: StoredSeries, at now: Instant) throws(StoreError) {
    try write { db in
      var moved: Set<Int32> = []
      let made = try Derivation(db)
      var isNews = false
      for day in days {
        let key: [any DatabaseValueConvertible] = [series.id.rawValue, day.day.description]
        let isAsStored = try Bool.fetchOne(
          db.cachedStatement(
            sql: "SELECT (net_flow_usd, finality) IS (?, ?) FROM etf_flow_day WHERE series_id = ? AND day = ?"),
          arguments: [day.netFlowUSD, day.finality, series.id.rawValue, day.day.description])
        if isAsStored == true { continue }
        try DerivedHistory.flowDays.keepRow(key, at: made, db)
        try db.run(
          """
          INSERT INTO etf_flow_day (series_id, day, net_flow_usd, finality) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET net_flow_usd = excluded.net_flow_usd, finality = excluded.finality
          """,
          [series.id.rawValue, day.day.description, day.netFlowUSD, day.finality])
        try DerivedHistory.flowDays.noteMade(key, at: made, db)
        isNews = true
        guard day.isFinal else { continue }
        moved.formUnion(day.day.daysSinceEpoch...day.day.daysSinceEpoch + 14)
      }
      try StoredFacts.markSnapshots(due: moved.map(Day.init(daysSinceEpoch:)), asset: series.asset, db)
      if isNews { try store.chronicle.add(.judged(series.id, at: now), db) }
    }
  }
}

extension StoredFlows {
  /// The series of a flow table that holds a ticker, by priority: those of the asset that the fund holds.
  package func flowSeries(ofFund ticker: String) throws(StoreError) -> [StoredSeries] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: StoredSeries.selection + """
           WHERE series.dataset = 'etf_flow' AND series.asset_id IN (SELECT asset_id FROM etf WHERE ticker = ?)
          ORDER BY series.priority, series.series_id
          """, arguments: [ticker]
      ).map(StoredSeries.init)
    }
  }

  /// The tickers of all funds that were ever seen.
  package func fundTickers() throws(StoreError) -> [String] {
    try read { db in try String.fetchAll(db, sql: "SELECT DISTINCT ticker FROM etf ORDER BY ticker") }
  }
}
