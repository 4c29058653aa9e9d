import Market
import Metrics
import SQLite
import Store
import Testing

@testable import Health

/// What is found of what is there at an instant: late, missing, refused, odd, due today.
@Suite struct PresentChecksTests {
  private static let hour = Instant(epochSeconds: 1_758_315_600)  // 2025-09-19T21:00:00Z, due a minute after 22:00

  private func found(
    _ record: SmallRecord, assets: Set<String>? = nil, at now: Instant = Known.now
  ) throws -> [String] {
    try PresentChecks(of: record.store, profiles: SmallRecord.profiles, keyed: [], assets: assets, at: now)
      .measurements().map {
        "\($0.check.name) \($0.subject.scope) \($0.subject.name) \($0.value ?? -1) of \($0.observations)"
      }
  }

  @Test func `where all is there, nothing is found, and all that was due today is there`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour), .flows(of: Known.now.day - 1)])
    try record.store.write { db in try db.run("DELETE FROM gap", []) }
    let found = try found(record)
    #expect(
      found == [
        "late all  0.0 of 2", "gaps all  0.0 of 4", "refused all  0.0 of 0", "marks all  0.0 of 0",
        "coverage class crypto_prices 0.0 of 23", "coverage class fund_flows 0.0 of 1",
      ])
  }

  @Test func `what is late, missing, refused and odd is counted by asset, and what was due today is not there`() throws
  {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour - 4 * 3600)])
    try record.store.write { db in
      try db.run("DELETE FROM gap", [])
      try db.run(
        """
        INSERT INTO gap (series_id, from_time, to_time, missing, reason)
        VALUES (1, \(Self.hour.epochSeconds - 20 * 3600), \(Self.hour.epochSeconds - 18 * 3600), 3, 'failed')
        """, [])
      try db.run(
        """
        INSERT INTO gap (series_id, from_time, to_time, missing, reason)
        VALUES (1, \(Self.hour.epochSeconds - 9 * 3600), \(Self.hour.epochSeconds - 8 * 3600), 2, 'provider_empty')
        """, [])
      try db.run(
        "INSERT INTO quarantine (series_id, at, reason, detail, excerpt, fetch_id) VALUES (1, 7, 'unit', '', '', 1)", []
      )
      try db.run(
        "INSERT INTO quality_flag (series_id, at, rule, detail, fetch_id) VALUES (1, 7, 'jump', '', 1), (1, 7, 'range', '', 1)",
        [])
    }
    let found = try found(record)
    #expect(
      found == [
        "late all  2.0 of 2", "late asset BTC 2.0 of 0", "gaps all  3.0 of 3", "gaps asset BTC 3.0 of 0",
        "refused all  1.0 of 0", "refused asset BTC 1.0 of 0", "marks all  1.0 of 0", "marks asset BTC 1.0 of 0",
        // Of 23 hours, the first one of yesterday, two are proven not to be had, four came not yet, three failed.
        "coverage class crypto_prices \(7.0 / 21.0) of 21", "coverage class fund_flows 1.0 of 1",
      ])
    #expect(try self.found(record, assets: ["ETH"]).allSatisfy { $0.hasSuffix("0.0 of 0") })
  }

  @Test func `before anything of the day is due there is nothing to be there`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Known.now.day.start - 3600), .flows(of: Known.now.day - 2)])
    #expect(try !found(record, at: Known.now.day.start + 30).contains { $0.hasPrefix("coverage class crypto") })
  }
}
