import CSQLite
import Formats
import GRDB
import Market
import SQLite

/// How the rows of a series in another file stand beside those of the same series here.
package struct SeriesComparison: Hashable, Sendable {
  /// The series as the other file knows it.
  package let series: StoredSeries
  /// Rows that this file counted; another number than `here` where something else than this program wrote to it.
  package internal(set) var counted = 0
  /// Rows that only the other file has.
  package internal(set) var missing = 0
  /// Rows that both have with different values.
  package internal(set) var different = 0
  /// Rows that both have with the same values.
  package internal(set) var equal = 0
  /// Rows that only this file has.
  package internal(set) var own = 0

  /// Rows that this file has.
  package var here: Int { different + equal + own }
}

extension Chronicle {
  /// Compares a series of another file with the same series here, row by row in the order of the key, and writes the
  /// rows that this file lacks or has otherwise as `FactText`.
  ///
  /// Which answer taught a row is not compared. Reads both files as of one moment each; memory does not grow.
  ///
  /// - Parameters:
  ///   - series: of the other file.
  ///   - onlyMissing: whether rows that both have are left as they are here.
  ///   - write: takes the text, piece by piece.
  package func compare(
    _ series: StoredSeries, of other: Store, onlyMissing: Bool, write: ([UInt8]) throws -> Void
  ) throws -> SeriesComparison {
    try queue.read { db in
      try other.queue.read { source in
        let present = try StoredCatalogue.series(series.key, db)
        var comparison = SeriesComparison(series: series)
        comparison.counted = present?.count ?? 0
        let table = KindTable(try kinds.kind(of: series.key))
        var text = FactText.Writer(table.kind.shape)
        let theirs = try DirectStatement(source, Chronicle.rows(of: table))
        let ours = try DirectStatement(db, Chronicle.rows(of: table))
        theirs.bind(series.id.rawValue, at: 1)
        ours.bind(present?.id.rawValue ?? -1, at: 1)
        let keys = Int32(table.kind.shape.key.count)
        var (hasTheirs, hasOurs) = (try theirs.step(), try ours.step())
        while hasTheirs || hasOurs {
          let order = !hasOurs ? -1 : !hasTheirs ? 1 : theirs.order(beside: ours, columns: keys)
          let isEqual = order == 0 && theirs.order(beside: ours, columns: theirs.columnCount) == 0
          if order < 0 { comparison.missing += 1 }
          if order > 0 { comparison.own += 1 }
          if order == 0 { if isEqual { comparison.equal += 1 } else { comparison.different += 1 } }
          if order < 0 || order == 0 && !isEqual && !onlyMissing { theirs.copyRow(into: &text) }
          if order <= 0 { hasTheirs = try theirs.step() }
          if order >= 0 { hasOurs = try ours.step() }
          if text.bytes.count > 1 << 20 {
            try write(text.bytes)
            text.bytes.removeAll(keepingCapacity: true)
          }
        }
        try write(text.bytes)
        return comparison
      }
    }
  }

  /// The rows of a series with the columns of `FactText`, in the order of their key.
  private static func rows(of table: KindTable) -> String {
    let columns = (table.spelledKey + table.values).joined(separator: ", ")
    return """
      SELECT \(columns) FROM \(table.joined(table.name))
      WHERE series_id = ? ORDER BY \(table.spelledKey.joined(separator: ", "))
      """
  }

  /// What has to be there for a series: its asset, and the funds whose flows it holds.
  package func subject(of series: StoredSeries) throws(StoreError) -> (asset: Asset?, funds: [Fund]) {
    guard let symbol = series.asset else { return (nil, []) }
    let asset = try store.catalogue.assets().first { $0.symbol == symbol }
    guard series.key.holdsFlows else { return (asset, []) }
    return try read { db in
      let funds = try Row.fetchAll(
        db,
        sql: """
          SELECT ticker, etf.name FROM etf JOIN asset USING (asset_id) WHERE symbol = ? AND kind = 'fund' ORDER BY etf_id
          """, arguments: [symbol])
      return (asset, funds.map { Fund(ticker: $0["ticker"], asset: symbol, name: $0["name"]) })
    }
  }

  /// What a source is called, for people; `nil` for one that the file does not know.
  package func title(ofSource name: ProviderName) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(db, sql: "SELECT title FROM source WHERE name = ?", arguments: [name.description])
    }
  }

  /// Counts the rows of a series anew, for a file in which something else than this program may have written.
  package func recount(_ key: SeriesKey) throws(StoreError) {
    try write { db in
      guard let series = try StoredCatalogue.series(key, db) else { return }
      let table = KindTable(try kinds.kind(of: key))
      try db.execute(
        sql: """
          UPDATE series SET (row_count, first_time, last_time) =
            (SELECT \(table.counters) FROM \(table.name) WHERE series_id = ?1)
          WHERE series_id = ?1
          """, arguments: [series.id.rawValue])
    }
  }
}

extension DirectStatement {
  /// The row in hand as a line of text.
  fileprivate borrowing func copyRow(into text: inout FactText.Writer) {
    for column in 0..<columnCount {
      switch kind(column) {
      case SQLITE_INTEGER: text.add(integer(column))
      case SQLITE_FLOAT: text.add(real(column))
      case SQLITE_NULL: text.addNull()
      default: text.add(text: bytes(column))
      }
    }
    text.endRow()
  }
}
