import Backups
import Market
import SQLite
import Store
import Testing

@testable import Health

@Suite struct StatusReportTests {
  private static let hour = Instant(epochSeconds: 1_758_315_600)  // 2025-09-19T21:00:00Z, due a minute after 22:00

  @Test func `the chosen series of an asset answers, and the other stands by`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour)])
    let states = try record.report().states
    #expect(states.map(\.subject) == ["BTC binance 1h", "BTC kraken 1h", "BTC farside flows"])
    #expect(states.map(\.standing) == [.onTime, .standby, .empty])
    #expect(states.map(\.isTroubled) == [false, false, true])
  }

  @Test(
    arguments: [
      "UPDATE asset SET removed_at = 1", "UPDATE series SET removed_at = 1", "UPDATE source SET disabled_at = 1",
    ])
  func `what the user took away is not late`(sql: String) throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour - 2 * 3600)])
    try record.store.write { db in try db.run(sql, []) }
    let report = try record.report()
    #expect(report.late == 0)
    #expect(report.states.map(\.standing) == [.notAsked, .notAsked, .notAsked])
    let series = try #require(try record.store.catalogue.series(SmallRecord.first))
    #expect(try LateSeries(series, asOf: Known.now, store: record.store) == nil)
  }

  @Test func `what is late is told with how much is missing, and fails the gate`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour - 2 * 3600)])
    let report = try record.report()
    let state = try #require(report.states.first)
    #expect(state.trouble == "2 behind, newest 2025-09-19 19:00Z")
    #expect(report.late == 2)
    #expect(report.gateReasons == ["2 series are late"])
    #expect(report.next == "appliance ingest")
  }

  @Test(
    arguments: [(.failed, "appliance ingest --retry-failed"), (.done, "appliance backup create")]
      as [(RunOutcome, String)])
  func `after a run in trouble it is tried again, after a good one it is backed up`(outcome: RunOutcome, next: String)
    throws
  {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour), .flows(of: Known.now.day - 1)], outcome: outcome)
    #expect(try record.report().next == next)
  }

  @Test(
    arguments: [(.failed, ["run 1 failed"]), (.partial, ["run 1 failed in part"]), (.done, [])]
      as [(RunOutcome, [String])])
  func `the gate fails where the last run did, in part too`(outcome: RunOutcome, reasons: [String]) throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour), .flows(of: Known.now.day - 1)], outcome: outcome)
    #expect(try record.report().gateReasons == reasons)
  }

  @Test func `the counts of a group are the sums of its series, of whatever standing`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour - 8 * 3600)])
    try record.run([.hours(through: Self.hour)])
    let kraken = Reading(
      series: SmallRecord.second,
      facts: .bars(
        [9, 2].map {
          Bar(openTime: Self.hour - $0 * 3600, open: 100, high: 110, low: 90, close: 105, volume: 1)
        }), covers: nil)
    try record.run([kraken])
    for series in try record.store.catalogue.series().prefix(2) {
      let first = try #require(series.extent?.lowerBound)
      try record.store.gaps.noteFailure(of: series.key, over: first...Self.hour, step: nil)
    }
    let group = try #require(try record.report().groups.first)
    #expect(group.states.map { $0.gaps?.missing } == [5, 6])
    #expect(group.missing == 11)
    #expect(group.gaps == 2)
    #expect(group.rows == group.states.reduce(0) { $0 + $1.series.count })
  }

  @Test func `a demo is seen at the instant of its last run, and has no line for cron`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour)], origin: .demo)
    let report = try record.report(at: Known.now + 90 * 86_400)
    #expect(report.clock == .demo)
    #expect(report.now == Known.now + 2)
    #expect(report.cron == nil)
    #expect(try record.report().json(isFull: false).member("clock") == "demo")
  }

  @Test func `for programs all series are told, or those in trouble`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Self.hour)])
    #expect(try record.report().json(isFull: true).member("series")?.count == 3)
    #expect(try record.report().json(isFull: false).member("troubled")?.count == 1)
    #expect(try record.report().json(isFull: false).member("cron") == "5 * * * * it")
  }

  @Test func `indices and currencies stand in groups of their own`() throws {
    let record = try SmallRecord()
    let assets = [("^GSPC", AssetClass.index), ("EURUSD", .currency)].map {
      Asset(symbol: $0.0, name: $0.0, assetClass: $0.1)
    }
    let series = assets.map { asset in
      SeriesDefinition(
        key: SeriesKey(dataset: .bar, provider: "binance", providerSymbol: asset.symbol, interval: .day1),
        asset: asset.symbol, quoteCurrency: nil, priority: 1)
    }
    try record.store.catalogue.add(Catalogue(assets: assets, funds: [], series: series), providers: [])
    let titles = try record.report().groups.map(\.kind.title)
    #expect(titles == ["Crypto prices", "Index prices", "Currency prices", "Fund flows"])
  }
}

extension JSONValue {
  /// A member of an object by its name.
  func member(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  /// Elements of an array.
  var count: Int? {
    guard case .array(let elements) = self else { return nil }
    return elements.count
  }
}
