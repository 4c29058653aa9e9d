import Market
import SQLite

extension StoredFacts {
  /// The stretches of a span whose expected keys are not stored of a series, in order; none where no key is expected.
  package func absences(
    of series: StoredSeries, expectedBy rhythm: Rhythm, in span: ClosedRange<Instant>
  ) throws(StoreError) -> [ClosedRange<Instant>] {
    guard rhythm.isExact else { return [] }
    if try holdsAll(of: series, rhythm, in: span) { return [] }
    return rhythm.absences(in: span, besides: try keys(of: series, in: span))
  }

  /// Whether as many keys are stored as are expected, where that is quickly counted.
  private func holdsAll(of series: StoredSeries, _ rhythm: Rhythm, in span: ClosedRange<Instant>) throws(StoreError)
    -> Bool
  {
    guard let spacing = rhythm.spacing, let first = rhythm.firstKey(in: span) else { return false }
    return try read { db in
      guard let query = KindTable(try kinds.kind(of: series.key)).evenKeyCountInSpan else { return false }
      let statement = try DirectStatement(keptBy: db, query)
      statement.bind(series.id.rawValue, at: 1)
      statement.bind(first.epochSeconds, at: 2)
      statement.bind(span.upperBound.epochSeconds, at: 3)
      statement.bind(spacing, at: 4)
      return try statement.step() && statement.integer(0) == Int64(rhythm.count(in: span))
    }
  }

  /// The keys stored of a series in a stretch, in order.
  package func keys(of series: StoredSeries, in span: ClosedRange<Instant>) throws(StoreError) -> [Instant] {
    try read { db in
      let statement = try DirectStatement(db, KindTable(try kinds.kind(of: series.key)).keysInSpan)
      statement.bind(series.id.rawValue, at: 1)
      statement.bind(span.lowerBound.epochSeconds, at: 2)
      statement.bind(span.upperBound.epochSeconds, at: 3)
      var keys: [Instant] = []
      while try statement.step() { keys.append(Instant(epochSeconds: statement.integer(0))) }
      return keys
    }
  }
}
