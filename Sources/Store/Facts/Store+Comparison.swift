import GRDB
import Market

extension Store {
  /// What storing a reading would come to: rows that are new, that differ from what is stored, that are there already.
  ///
  /// Nothing is written. Bars are walked through beside the stored ones in the order of their keys.
  package func comparison(of reading: Reading) throws(StoreError) -> StepCounts {
    try read { db in
      guard let series = try Store.series(reading.series, db), series.extent != nil else {
        return StepCounts(new: reading.facts.count)
      }
      let reading = try Store.believingReleased(reading, of: series, db)
      return switch reading.facts {
      case .bars(let bars): try Store.comparison(of: bars, in: series, db)
      case .sentiment(let values): try Store.comparison(of: values, in: series, db)
      case .flows(let flows): try Store.comparison(of: flows, in: series, db)
      // No file brings them.
      case .pricePoints(let points): StepCounts(new: points.count)
      }
    }
  }

  /// - Parameter bars: sorted by open time, none twice.
  private static func comparison(of bars: [Bar], in series: StoredSeries, _ db: Database) throws -> StepCounts {
    guard let first = bars.first?.openTime, let last = bars.last?.openTime else { return StepCounts() }
    let stored = try DirectStatement(
      db,
      """
      SELECT open_time, open, high, low, close, volume FROM bar
      WHERE series_id = ? AND open_time BETWEEN ? AND ? ORDER BY open_time
      """)
    stored.bind(series.id.rawValue, at: 1)
    stored.bind(first.epochSeconds, at: 2)
    stored.bind(last.epochSeconds, at: 3)
    var counts = StepCounts()
    var isAtRow = try stored.step()
    for bar in bars {
      while isAtRow, stored.integer(0) < bar.openTime.epochSeconds { isAtRow = try stored.step() }
      guard isAtRow, stored.integer(0) == bar.openTime.epochSeconds else {
        counts.new += 1
        continue
      }
      let old = Bar(
        openTime: bar.openTime, open: stored.real(1), high: stored.real(2), low: stored.real(3), close: stored.real(4),
        volume: stored.real(5))
      counts.count(isSame: old == bar)
    }
    return counts
  }

  private static func comparison(
    of values: [SentimentValue], in series: StoredSeries, _ db: Database
  ) throws -> StepCounts {
    var counts = StepCounts()
    for value in values {
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT value, classification FROM sentiment WHERE series_id = ? AND day = ?"),
        arguments: [series.id.rawValue, value.day.description])
      let old = row.map { SentimentValue(day: value.day, value: $0["value"], classification: $0["classification"]) }
      counts.count(isSame: old.map { $0 == value })
    }
    return counts
  }

  private static func comparison(of flows: [EtfFlow], in series: StoredSeries, _ db: Database) throws -> StepCounts {
    var counts = StepCounts()
    for flow in flows {
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT net_flow_usd, net_assets_usd FROM etf_flow
            WHERE series_id = ? AND day = ? AND etf_id = (
              SELECT etf_id FROM etf JOIN asset USING (asset_id) WHERE symbol = ? AND ticker = ?)
            """), arguments: [series.id.rawValue, flow.day.description, series.asset, flow.ticker])
      let old = row.map {
        EtfFlow(
          day: flow.day, ticker: flow.ticker, netFlowUSD: $0["net_flow_usd"], netAssetsUSD: $0["net_assets_usd"])
      }
      counts.count(isSame: old.map { $0 == flow })
    }
    return counts
  }
}

extension StepCounts {
  /// - Parameter isSame: `nil` for a row that is not stored.
  fileprivate mutating func count(isSame: Bool?) {
    switch isSame {
    case nil: new += 1
    case true?: unchanged += 1
    case false?: changed += 1
    }
  }
}
