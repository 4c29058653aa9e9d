import CSQLite
import GRDB
import Market
import SQLite

/// What cannot be compared, since files that brought it are gone: their series, and what is computed from them.
package struct Incomparable: Hashable, Sendable {
  fileprivate var fetches: Set<Int64> = []
  fileprivate var series: Set<Int64> = []
  fileprivate var assets: Set<String> = []
  fileprivate var allAssets = false

  /// Nothing yet: everything can be compared.
  package init() {}

  /// Leaves out what a file that is gone brought into a series.
  package mutating func add(_ fetch: FetchID, into stored: StoredSeries) {
    fetches.insert(fetch.rawValue)
    series.insert(stored.id.rawValue)
    // Without an asset it is the mood of the whole market, which every snapshot shows.
    if let asset = stored.asset { assets.insert(asset) } else { allAssets = true }
  }

  fileprivate func holds(_ column: String, _ id: Int64, _ names: RowNames) -> Bool {
    switch column {
    case "series_id": series.contains(id)
    case "asset_id": allAssets || names.assets[id].map(assets.contains) ?? false
    case "fetch_id": fetches.contains(id)
    default: false
    }
  }
}

/// What series and assets are called, for people.
fileprivate struct RowNames {
  let series: [Int64: String]
  let assets: [Int64: String]

  init(_ db: Database) throws {
    series = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(db, sql: StoredSeries.selection).map(StoredSeries.init).map {
        ($0.id.rawValue, "\($0.key.provider) \($0.key.providerSymbol) \($0.key.interval.rawValue)")
      })
    assets = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(db, sql: "SELECT asset_id, symbol FROM asset").map {
        ($0["asset_id"], $0["symbol"])
      })
  }
}

extension StoreMoment {
  /// Compares everything that is made from the answers with a rebuilt file, row by row in the order of the keys.
  ///
  /// - Parameters:
  ///   - limit: at most this many differences are named; all are counted.
  ///   - incomparable: what differs there is only counted, apart.
  package func differences(
    from rebuilt: Store, naming limit: Int, leavingOut incomparable: Incomparable = Incomparable()
  ) throws -> RowDifferences {
    var differences = RowDifferences()
    let names = try RowNames(db)
    try rebuilt.queue.read { other in
      var rules = try NewerRules(db, beside: other, rebuilt.kinds)
      differences.olderReadings = rules.count
      for table in ComparedTable.all(rebuilt.kinds) {
        try compare(table, with: other, names, limit, incomparable, &rules, &differences)
      }
    }
    return differences
  }

  private func compare(
    _ table: ComparedTable, with other: Database, _ names: RowNames, _ limit: Int, _ incomparable: Incomparable,
    _ rules: inout NewerRules, _ differences: inout RowDifferences
  ) throws {
    let present = try DirectStatement(db, table.sql)
    let rebuilt = try DirectStatement(other, table.sql)
    let keys = Int32(table.keyCount)
    var (hasPresent, hasRebuilt) = (try present.step(), try rebuilt.step())
    var rows = 0
    let firstColumn = present.columnName(0)
    func note(
      _ kind: RowDifference.Kind, _ first: Int64, _ key: String, column: String?, _ old: String?, _ new: String?,
      _ rows: [DifferingRow]
    ) {
      guard !incomparable.holds(firstColumn, first, names) else { return differences.leftOut += 1 }
      let difference = RowDifference(
        kind: kind, table: table.name, key: key, column: column, present: old, rebuilt: new)
      if rules.explain(table.content, kind, rows) {
        differences.newer += 1
        if differences.newerShown.count < limit { differences.newerShown.append(difference) }
        return
      }
      differences.counts[table.name, default: 0] += 1
      if differences.shown.count < limit { differences.shown.append(difference) }
    }
    while hasPresent || hasRebuilt {
      rows += 1
      let order = !hasRebuilt ? -1 : !hasPresent ? 1 : present.order(beside: rebuilt, columns: keys)
      if order < 0 {
        note(
          .missing, present.integer(0), present.key(keys, names), column: nil, nil, nil, [DifferingRow(present)])
        hasPresent = try present.step()
      } else if order > 0 {
        note(.added, rebuilt.integer(0), rebuilt.key(keys, names), column: nil, nil, nil, [DifferingRow(rebuilt)])
        hasRebuilt = try rebuilt.step()
      } else {
        for column in keys..<present.columnCount where present.order(of: column, beside: rebuilt) != 0 {
          note(
            .changed, present.integer(0), present.key(keys, names), column: present.columnName(column),
            present.spelled(column), rebuilt.spelled(column), [DifferingRow(present), DifferingRow(rebuilt)])
        }
        (hasPresent, hasRebuilt) = (try present.step(), try rebuilt.step())
      }
    }
    differences.rows[table.name] = rows
  }
}

extension DirectStatement {
  fileprivate borrowing func key(_ columns: Int32, _ names: RowNames) -> String {
    var parts: [String] = []
    for column in 0..<columns {
      let name = columnName(column)
      switch name {
      case "series_id": parts.append(names.series[integer(column)] ?? "series \(integer(column))")
      case "asset_id": parts.append(names.assets[integer(column)] ?? "asset \(integer(column))")
      case "at" where isNull(column): parts.append("at an unreadable time")
      // Where a key holds one row.
      case "sub_key" where bytes(column).isEmpty: break
      case "open_time", "at", "from_time": parts.append("\(name) \(Instant(epochSeconds: integer(column)))")
      default: parts.append("\(name) \(spelled(column) ?? "NULL")")
      }
    }
    return parts.joined(separator: ", ")
  }

  /// `nil` for NULL.
  fileprivate borrowing func spelled(_ column: Int32) -> String? {
    switch kind(column) {
    case SQLITE_NULL: nil
    case SQLITE_INTEGER: "\(integer(column))"
    case SQLITE_FLOAT: "\(real(column))"
    case SQLITE_TEXT: String(decoding: bytes(column), as: UTF8.self)
    default: "\(bytes(column).count) bytes"
    }
  }
}
