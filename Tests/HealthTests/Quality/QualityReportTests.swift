import Market
import Metrics
import SQLite
import Store
import Testing

@testable import Health

/// How each check stands against what is let pass.
@Suite struct QualityReportTests {
  private let record: SmallRecord

  init() throws {
    record = try SmallRecord()
    try record.run([])
    try record.run([])
    try add("fold", "BTC", day: -1, 0.0005)
    try add("fold", "BTC", day: -1, 0.004, run: 2)
    try add("fold", "BTC", day: -2, 0.002)
    try add("fold", "BTC", day: -30, 0.9)
    try add("funds", "BTC", day: -3, 1)
    try add("funds", "BTC", day: -4, 1)
    try add("sources", "BTC", day: -1, 0.3)
    try add("sources", "BTC", day: -1, nil, run: 2)
  }

  private func add(_ check: String, _ subject: String, day: Int, _ value: Double?, run: Int64 = 1) throws {
    try record.store.write { db in
      try db.run(
        "INSERT INTO quality_result VALUES (?, 'asset', ?, ?, ?, ?, 24, 0.001, 0)",
        [check, subject, (Known.now.day + day).description, run, value])
    }
  }

  private func report(_ gates: QualityGates = QualityGates(), assets: Set<String>? = nil) throws -> QualityReport {
    let day = Known.now.day
    return try QualityReport(
      of: record.store, gates: gates, days: day - 6...day, trend: day - 2...day,
      present: [
        QualityMeasurement(.late, of: .all, on: day, 2, observations: 9),
        QualityMeasurement(.late, of: .asset("BTC"), on: day, 2, observations: 0),
        QualityMeasurement(.coverage, of: .group("crypto_prices"), on: day, 0.02, observations: 50),
        QualityMeasurement(.coverage, of: .group("stock_prices"), on: day, 0.5, observations: 2),
      ], assets: assets, at: Known.now)
  }

  private func line(_ check: QualityCheck, _ gates: QualityGates = QualityGates()) throws -> QualityReport.Line {
    try #require(try report(gates).lines.first { $0.check == check })
  }

  @Test func `of facts the newest that was found of each day counts, and the worst of the days`() throws {
    let fold = try line(.fold)
    #expect(fold.value == 0.004 && fold.verdict == .failed && fold.day == Known.now.day - 1)
    #expect(fold.trend.map(\.value) == [0.002, 0.004, nil])
    #expect(fold.trouble() == "BTC 0.4 % on 2025-09-18, BTC 0.2 % on 2025-09-17")
    #expect(fold.trouble(atMost: 1) == "BTC 0.4 % on 2025-09-18, and 1 more")
  }

  @Test func `what was taken back is not there, and days that fail are counted together`() throws {
    #expect(try line(.sources).verdict == .unmeasured)
    #expect(try line(.funds).value == 2)
  }

  @Test func `what is there is told as a whole, with what it is worst of`() throws {
    let late = try line(.late)
    #expect(late.value == 2 && late.observations == 9 && late.worst == .asset("BTC"))
    let coverage = try line(.coverage)
    #expect(coverage.value == 0.5 && coverage.worst == .group("stock_prices"))
    #expect(coverage.trouble() == "stock prices 50 %")
  }

  @Test func `the schema answers for nulls, and a check without a gate only informs`() throws {
    #expect(try line(.nulls).value == 0 && line(.nulls).verdict == .passed)
    #expect(try line(.marks).verdict == .unmeasured)
    #expect(try line(.fold, QualityGates(["fold": nil])).verdict == .noted)
    #expect(try line(.fold, QualityGates(["fold": 0.004])).verdict == .passed)
  }

  @Test func `of some assets there is nothing of others`() throws {
    #expect(try report(assets: ["ETH"]).lines.first { $0.check == .fold }?.value == nil)
  }

  @Test func `a gate that fails by the facts of the week fails the gate of status too`() throws {
    let reasons = try record.report().gateReasons
    #expect(reasons.contains("fold: BTC 0.4 % on 2025-09-18"))
    #expect(reasons.contains("funds: BTC 1 day on 2025-09-15"))
    #expect(!reasons.contains { $0.hasPrefix("sources") })
  }

  @Test(arguments: [
    (QualityCheck.fold, 0.0, "0 %"), (.fold, 0.00123, "0.12 %"), (.fold, 0.0000012, "0.00012 %"), (.fold, 0.25, "25 %"),
    (.coverage, 0, "100 %"), (.coverage, 0.00001, "99.999 %"), (.coverage, 1, "0 %"), (.late, 1, "1 series"),
    (.gaps, 1, "1 row"), (.gaps, 1200, "1,200 rows"),
  ])
  func `values are told with the digits that matter`(check: QualityCheck, value: Double, text: String) {
    #expect(check.text(of: value) == text)
  }
}
