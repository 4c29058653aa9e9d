import GRDB
import Market
import SQLite

/// What answers said whose bytes were let go: the rows that came from them and the rows of them that were refused, as the
/// file has them. What an answer merely repeated is not among them, and nothing followed from it.
///
/// Rows are read in the order of their answers, as a rebuild asks for them; memory holds those of the few that are asked
/// for in another order. Lives within `Store.atOneMoment`, on the thread that called it.
package final class ExpiredAnswers {
  private let moment: StoreMoment
  private let received: [Int64: Instant]
  private var tables: [OrderedRows] = []
  private var refusals: [Int64: [(series: Int64, refusal: Refusal)]] = [:]
  private var series: [Int64: SeriesKey] = [:]

  /// Those of a file.
  package init(_ moment: StoreMoment, _ kinds: Kinds) throws {
    self.moment = moment
    let db = moment.db
    received = Dictionary(
      try Row.fetchAll(db, sql: "SELECT fetch_id, received_at FROM body_expiry JOIN fetch USING (fetch_id)").map {
        ($0["fetch_id"] as Int64, Instant(epochSeconds: $0["received_at"]))
      }
    ) { first, _ in first }
    guard !received.isEmpty else { return }
    for kind in kinds.all where kind.step == .news {
      let table = KindTable(kind)
      // What it said of a row first is in the history, where something replaced it.
      for name in table.histories + [table.name] { tables.append(try OrderedRows(table, name, db)) }
    }
    let refused = try Row.fetchAll(
      db,
      sql: """
        SELECT fetch_id, series_id, at, reason, detail, excerpt FROM quarantine
        WHERE fetch_id IN (SELECT fetch_id FROM body_expiry) ORDER BY quarantine_id
        """)
    for row in refused {
      guard let reason = RefusalReason(rawValue: row["reason"]) else { continue }
      let refusal = Refusal(
        reason: reason, at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), detail: row["detail"],
        excerpt: row["excerpt"])
      refusals[row["fetch_id"], default: []].append((row["series_id"], refusal))
    }
  }

  /// When an answer came whose bytes were let go; `nil` for any other.
  package func receivedAt(_ fetch: FetchID) -> Instant? { received[fetch.rawValue] }

  /// What came from an answer whose bytes were let go; `nil` where nothing did.
  package func reading(of fetch: FetchID) throws -> Reading? {
    var parts: [Part: [FactKey: FactRow]] = [:]
    for table in tables {
      for (series, row) in try table.rows(of: fetch.rawValue) {
        let part = Part(series: series, dataset: table.dataset)
        if parts[part]?[row.key] == nil { parts[part, default: [:]][row.key] = row }
      }
    }
    var refused = Dictionary(grouping: refusals[fetch.rawValue] ?? [], by: \.series)
    for series in refused.keys where !parts.keys.contains(where: { $0.series == series }) {
      parts[Part(series: series, dataset: try key(of: series).dataset)] = [:]
    }
    guard !parts.isEmpty else { return nil }
    return Reading(
      try parts.sorted { ($0.key.series, $0.key.dataset.rawValue) < ($1.key.series, $1.key.dataset.rawValue) }.map {
        let key = try key(of: $0.key.series)
        let rows = $0.value.values.sorted { $0.key < $1.key }
        return SeriesReading(
          series: key, facts: Facts(rows, of: $0.key.dataset),
          refusals: (refused.removeValue(forKey: $0.key.series) ?? []).map(\.refusal), covers: nil)
      })
  }

  private struct Part: Hashable {
    let series: Int64
    let dataset: Dataset
  }

  private func key(of id: Int64) throws -> SeriesKey {
    if let known = series[id] { return known }
    let stored = try Row.fetchOne(
      moment.db, sql: StoredSeries.selection + " WHERE series.series_id = ?", arguments: [id]
    ).map(StoredSeries.init)
    guard let stored else { throw StoreError.corrupt(path: "series", detail: "there is none of number \(id)") }
    series[id] = stored.key
    return stored.key
  }
}

extension StoreMoment {
  /// Whether the bytes of an answer were let go.
  package func isExpired(_ fetch: FetchID) throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT 1 FROM body_expiry WHERE fetch_id = ?", arguments: [fetch.rawValue]) != nil
  }
}

/// The rows of a table that came from such answers, in the order of these.
private final class OrderedRows {
  private let table: KindTable
  private let cursor: RowCursor
  private var next: Row?
  private var passed: [Int64: [(Int64, FactRow)]] = [:]

  var dataset: Dataset { table.kind.dataset }

  init(_ table: KindTable, _ name: String, _ db: Database) throws {
    self.table = table
    let columns = (table.spelledKey + table.values).joined(separator: ", ")
    cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT series_id AS in_series, fetch_id AS from_fetch, \(columns) FROM \(table.joined(name))
        WHERE fetch_id IN (SELECT fetch_id FROM body_expiry) ORDER BY fetch_id
        """)
    next = try cursor.next()
  }

  func rows(of fetch: Int64) throws -> [(series: Int64, row: FactRow)] {
    while let row = next, (row["from_fetch"] as Int64) <= fetch {
      let fact = FactRow(key: try table.key(row), values: table.figures(row))
      passed[row["from_fetch"], default: []].append((row["in_series"], fact))
      next = try cursor.next()
    }
    return (passed.removeValue(forKey: fetch) ?? []).map { (series: $0.0, row: $0.1) }
  }
}
