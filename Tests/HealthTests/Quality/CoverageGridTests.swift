import Market
import SQLite
import Store
import Testing

@testable import Health

/// What is there of each day of an asset, a mark a day.
@Suite struct CoverageGridTests {
  private func marks(_ days: Int, at now: Instant = Known.now, _ sql: String...) throws -> [String] {
    let record = try SmallRecord()
    let first = Known.now.day - 4
    try record.run([.hours(through: first.start + 10 * 3600), .hours(through: Known.now.day.start + 3600)])
    try record.store.write { db in
      for (day, bars, expected) in [(-4, 24, 24), (-2, 20, 24), (0, 22, 22)] {
        try db.run(
          """
          INSERT INTO market_snapshot (asset_id, day, series_id, open, high, low, close, volume, bars, bars_expected,
            is_complete) VALUES (1, '\(Known.now.day + day)', 1, 1, 1, 1, 1, 1, \(bars), \(expected), 0)
          """, [])
      }
      for statement in sql { try db.run(statement, []) }
    }
    return try CoverageGrid(of: record.store, in: Known.now.day - (days - 1)...Known.now.day, at: now).rows.map {
      "\($0.asset.symbol) \(String($0.marks.map(\.rawValue)))"
    }
  }

  @Test func `whole days, days in part, missing ones, and none before the first`() throws {
    #expect(try marks(7) == ["BTC ··█×▄×█"])
  }

  @Test func `of what is asked for no more, days behind its last are closed`() throws {
    let found = try marks(
      3, "UPDATE series SET removed_at = 1, last_time = \((Known.now.day - 1).start.epochSeconds) WHERE row_count > 0",
      "DELETE FROM market_snapshot WHERE day >= '\(Known.now.day - 1)'")
    #expect(found == ["BTC ▄×·"])
  }

  @Test func `an asset of which nothing was ever stored has no row`() throws {
    #expect(try marks(3, "UPDATE series SET row_count = 0, first_time = NULL, last_time = NULL") == [])
  }
}
