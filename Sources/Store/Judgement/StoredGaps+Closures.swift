import GRDB
import Market
import SQLite

extension Closures {
  /// All that a file has noted, as a column of any query: looked up once a query.
  package static let column = """
    (SELECT group_concat(calendar || ' ' || day || ' ' || coalesce(close_time, ''), char(10)) FROM market_closure) AS closures
    """

  /// Reads that column.
  package init(_ row: Row) {
    let text: String? = row["closures"]
    self.init(text.map { $0.split(separator: "\n").compactMap { Closure($0) } } ?? [])
  }
}

extension StoredGaps {
  /// Tells anew what is missing of a series in a stretch, as its rhythm is another one now: a key that is expected again was
  /// not asked for, unless what is missing around it has a better reason.
  package func retell(_ series: StoredSeries, _ span: ClosedRange<Instant>, _ db: Database) throws {
    guard let extent = series.extent, let kind = kinds[series.key.dataset], kind.hasGaps else { return }
    // Beyond what the series holds it is late or was never asked for, and no gap.
    let isKnown = try !StoredGaps.all(of: series.id, in: span, db).isEmpty
    let first = isKnown ? span.lowerBound : max(span.lowerBound, extent.lowerBound)
    let last = min(span.upperBound, extent.upperBound)
    guard first <= last else { return }
    try GapKeeper(series: series, kind: kind).update(
      first...last, .init(reason: .notAsked, fetch: nil, step: nil, refused: [:]), db)
  }
}
