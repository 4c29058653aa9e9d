import GRDB
import Market
import SQLite

extension StoredFacts {
  /// What storing a reading would come to: rows that are new, that differ from what is stored, that are there already.
  ///
  /// Nothing is written. Bars are walked through beside the stored ones in the order of their keys.
  package func comparison(of reading: SeriesReading) throws(StoreError) -> StepCounts {
    try read { db in
      guard let series = try StoredCatalogue.series(reading.series, db), series.extent != nil else {
        return StepCounts(new: reading.facts.count)
      }
      let reading = try Judgement.believingReleased(reading, of: series, db)
      return switch reading.facts {
      case .bars(let bars): try StoredFacts.comparison(of: bars, in: series, db)
      case .rows(_, let rows):
        try KindMerge.comparison(of: rows, kind: try kinds.kind(of: series.key), in: series, db)
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
}

extension Facts {
  /// What SQLite need not look at where these are stored by themselves.
  var unseenChecks: RowChecks { StoredFacts.unseenChecks(of: [self]) }
}
