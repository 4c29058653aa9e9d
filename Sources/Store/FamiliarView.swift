import CSQLite
import GRDB
import Market

/// The views that people have always known, with their columns in their order.
package enum FamiliarView: String, CaseIterable, Hashable, Sendable {
  case ohlcHourly = "ohlc_hourly"
  case sentimentDaily = "sentiment_daily"
  case etfFlowsDaily = "etf_flows_daily"
  case dailyMarketSnapshot = "daily_market_snapshot"

  /// What a cell of a column holds; it may be null besides.
  package enum CellKind: Hashable, Sendable {
    case integer, real, text
  }

  package var columns: [(name: String, kind: CellKind)] {
    switch self {
    case .ohlcHourly:
      [("asset", .text), ("ts_utc", .text)] + Self.reals("open", "high", "low", "close", "volume")
        + [("session", .text), ("source", .text)]
    case .sentimentDaily:
      [("as_of_date", .text), ("fng_value", .real), ("classification", .text)]
    case .etfFlowsDaily:
      [("as_of_date", .text), ("ticker", .text), ("net_flow_usd", .integer)]
    case .dailyMarketSnapshot:
      [("as_of_date", .text), ("asset", .text)]
        + Self.reals(
          "open", "high", "low", "close", "volume", "change_24h", "volatility_7d", "asia_return", "europe_return",
          "us_return", "fng_value")
        + [
          ("fng_classification", .text), ("etf_net_flow_usd", .integer), ("etf_net_flow_5d_usd", .integer),
          ("bars", .integer), ("bars_expected", .integer), ("is_complete", .integer), ("source", .text),
        ]
    }
  }

  private static func reals(_ names: String...) -> [(name: String, kind: CellKind)] { names.map { ($0, .real) } }

  fileprivate var key: String {
    switch self {
    case .ohlcHourly: "asset, ts_utc"
    case .sentimentDaily: "as_of_date"
    case .etfFlowsDaily: "as_of_date, ticker"
    case .dailyMarketSnapshot: "as_of_date, asset"
    }
  }
}

/// Takes rows cell by cell, in the order of the columns.
package protocol CellReceiver {
  func integer(_ value: Int64)
  func real(_ value: Double)
  /// UTF-8, valid during the call.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  func instant(_ value: Instant)
  func null()
  /// The row is complete.
  func endRow() throws
}

extension Store {
  /// Hands over every row of a view, ordered by its key, one at a time.
  ///
  /// - Throws: what the receiver throws, or a `StoreError`.
  package func rows(of view: FamiliarView, into receiver: some CellReceiver) throws {
    do {
      try queue.read { db in
        if view == .ohlcHourly { return try Store.hourlyRows(db, into: receiver) }
        let names = view.columns.map(\.name).joined(separator: ", ")
        try Store.hand(
          try DirectStatement(db, "SELECT \(names) FROM \(view.rawValue) ORDER BY \(view.key)"), to: receiver)
      }
    } catch let error as DatabaseError {
      throw StoreError.of(error, path: path)
    }
  }

  private static func hand(_ statement: borrowing DirectStatement, to receiver: some CellReceiver) throws {
    let columns = statement.columnCount
    while try statement.step() {
      for column in 0..<columns {
        switch statement.kind(column) {
        case SQLITE_INTEGER: receiver.integer(statement.integer(column))
        case SQLITE_FLOAT: receiver.real(statement.real(column))
        case SQLITE_NULL: receiver.null()
        default: receiver.text(statement.bytes(column).assumingMemoryBound(to: UInt8.self))
        }
      }
      try receiver.endRow()
    }
  }
}

extension Store {
  /// `ohlc_hourly`, series by series in the order of the bar table: the view itself would print an instant by SQL and
  /// sort a million rows.
  private static func hourlyRows(_ db: Database, into receiver: some CellReceiver) throws {
    let choices = try Row.fetchAll(
      db,
      sql: """
        SELECT asset.symbol, choice.series_id, source.name
        FROM price_choice_current AS choice
        JOIN asset ON asset.asset_id = choice.asset_id
        JOIN series ON series.series_id = choice.series_id
        JOIN source ON source.source_id = series.source_id
        WHERE choice.interval = '1h' ORDER BY asset.symbol
        """)
    for choice in choices {
      let statement = try DirectStatement(
        db, "SELECT open_time, open, high, low, close, volume FROM bar WHERE series_id = ? ORDER BY open_time")
      statement.bind(choice["series_id"] as Int64, at: 1)
      try hand(
        statement, asset: Array((choice["symbol"] as String).utf8), source: Array((choice["name"] as String).utf8),
        to: receiver)
    }
  }

  private static func hand(
    _ bars: borrowing DirectStatement, asset: [UInt8], source: [UInt8], to receiver: some CellReceiver
  ) throws {
    while try bars.step() {
      let openTime = Instant(epochSeconds: bars.integer(0))
      asset.withUnsafeBufferPointer { receiver.text($0) }
      receiver.instant(openTime)
      for column: Int32 in 1...5 { receiver.real(bars.real(column)) }
      let part: StaticString =
        switch openTime.secondOfDay / 28_800 {
        case 0: "ASIA"
        case 1: "EUROPE"
        default: "US"
        }
      receiver.text(UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount))
      source.withUnsafeBufferPointer { receiver.text($0) }
      try receiver.endRow()
    }
  }
}
