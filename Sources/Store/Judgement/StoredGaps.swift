import GRDB
import Market
import SQLite

extension StoredGaps {
  func update(
    _ series: StoredSeries, _ reading: SeriesReading, from fetch: FetchID, refused: [Int64: Int64], _ db: Database
  ) throws {
    guard let kind = kinds[series.key.dataset], kind.hasGaps, let covers = reading.covers else { return }
    let keeper = GapKeeper(series: series, kind: kind)
    let first = try StoredCatalogue.series(series.key, db)?.extent?.lowerBound
    if reading.isBare {
      // An answer without a single row proves nothing but that the series had not begun: a faulty one looks the same.
      guard let first, covers.upperBound < first else { return }
    }
    if let first, first != series.extent?.lowerBound { try keeper.relist(first: first.epochSeconds, db) }
    if let gap = StoredGaps.gap(between: series.extent, and: covers, step: series.key.interval.seconds) {
      try keeper.update(gap, .init(reason: .notAsked, fetch: nil, step: nil, refused: [:]), db)
    }
    guard let spoken = StoredGaps.spoken(reading, covers, first: first, refused: refused.keys) else { return }
    if try !keeper.isWhole(spoken, with: reading.facts, db) {
      let evidence = GapKeeper.Evidence(
        reason: .providerEmpty, fetch: fetch, step: nil, refused: refused, isConcluded: reading.isBare,
        provesListing: reading.isBare)
      try keeper.update(spoken, evidence, db)
    }
  }

  /// The stretch in which what an answer leaves out is absent: not before the first row that is known, or that it sent, as it
  /// may have been cut short. Only one without any row speaks of what was before.
  private static func spoken(
    _ reading: SeriesReading, _ covers: ClosedRange<Instant>, first: Instant?, refused: some Sequence<Int64>
  ) -> ClosedRange<Instant>? {
    if reading.isBare { return covers }
    let sent = refused.lazy.map(Instant.init(epochSeconds:)).filter(covers.contains).min()
    guard let start = [first, sent].compactMap({ $0 }).min(), start <= covers.upperBound else { return nil }
    return max(covers.lowerBound, start)...covers.upperBound
  }

  /// What lies between what was stored before and what an answer covers.
  private static func gap(
    between extent: ClosedRange<Instant>?, and covers: ClosedRange<Instant>, step: Int64
  ) -> ClosedRange<Instant>? {
    guard let extent else { return nil }
    if covers.lowerBound > extent.upperBound + step { return extent.upperBound + 1...covers.lowerBound - 1 }
    if covers.upperBound < extent.lowerBound - step { return covers.upperBound + 1...extent.lowerBound - 1 }
    return nil
  }

  /// Notes that a stretch was asked for in vain: what is missing there is missing because the step failed.
  ///
  /// Beyond what the series holds nothing is noted: there it is late, not missing.
  package func noteFailure(of key: SeriesKey, over span: ClosedRange<Instant>, step: StepID?) throws(StoreError) {
    try write { db in
      guard let series = try StoredCatalogue.series(key, db), let extent = series.extent, let kind = kinds[key.dataset],
        kind.hasGaps
      else {
        return
      }
      guard span.overlaps(extent) else { return }
      let evidence = GapKeeper.Evidence(reason: .failed, fetch: nil, step: step, refused: [:])
      if try GapKeeper(series: series, kind: kind).update(span.clamped(to: extent), evidence, db) {
        try store.chronicle.add(.failed(series.id, span, step), db)
      }
    }
  }

  /// Notes that a stretch was asked for and answered in full: what is missing there, the provider does not have.
  ///
  /// For tables that a provider gives whole, where an answer cannot say how far back it was asked.
  package func noteAbsence(of key: SeriesKey, over span: ClosedRange<Instant>, from fetch: FetchID) throws(StoreError) {
    try write { db in
      guard let series = try StoredCatalogue.series(key, db), series.extent != nil, let kind = kinds[key.dataset] else {
        return
      }
      let evidence = GapKeeper.Evidence(
        reason: .providerEmpty, fetch: fetch, step: nil, refused: [:], isConcluded: true)
      if try GapKeeper(series: series, kind: kind).update(span, evidence, db) {
        try store.chronicle.add(.absent(series.id, span, fetch), db)
      }
    }
  }

  /// When it was first proved that a series had not begun before its first row; `nil` where nobody proved it.
  package func listingProved(of series: SeriesID) throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT coalesce(max(fetch.received_at), 0) FROM gap LEFT JOIN fetch USING (fetch_id)
          WHERE gap.series_id = ? AND gap.reason = 'before_listing' HAVING count(*) > 0
          """, arguments: [series.rawValue]
      ).map(Instant.init(epochSeconds:))
    }
  }

  /// The gaps of a series that overlap a stretch, in order.
  package func all(of series: SeriesID, in span: ClosedRange<Instant> = Instant.representable) throws(StoreError)
    -> [Gap]
  {
    try read { db in try StoredGaps.all(of: series, in: span, db) }
  }

  static func all(of series: SeriesID, in span: ClosedRange<Instant>, _ db: Database) throws -> [Gap] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT * FROM gap WHERE series_id = ? AND to_time >= ? AND from_time <= ? ORDER BY from_time"),
      arguments: [series.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds]
    ).map { row in
      let run = GapKeeper.Run(row)
      return Gap(
        span: Instant(epochSeconds: run.from)...Instant(epochSeconds: run.to), missing: run.missing, reason: run.reason)
    }
  }
}
