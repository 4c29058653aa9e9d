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
    let (added, replaced) = try BarMerge.differences(bars, from: first, through: last, in: series.id, db)
    return StepCounts(
      new: added.count, changed: replaced.count, unchanged: bars.count - added.count - replaced.count)
  }

  private static func comparison(
    of values: [SentimentValue], in series: StoredSeries, _ db: Database
  ) throws -> StepCounts {
    var counts = StepCounts()
    for value in values {
      counts.count(isSame: try SentimentMerge.stored(on: value.day, in: series.id, db).map { $0.0 == value })
    }
    return counts
  }

  private static func comparison(of flows: [EtfFlow], in series: StoredSeries, _ db: Database) throws -> StepCounts {
    var counts = StepCounts()
    guard let asset = try assetID(of: series, db) else { return StepCounts(new: flows.count) }
    for flow in flows {
      let stored = try FlowMerge.knownFund(flow.ticker, of: asset, db).flatMap { fund in
        try FlowMerge.stored(flow.ticker, fund: fund, on: flow.day, in: series.id, db)
      }
      counts.count(isSame: stored.map { $0.0 == flow })
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
