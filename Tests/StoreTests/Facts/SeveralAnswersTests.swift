import Formats
import GRDB
import Market
import SQLite
import Testing

@testable import Store

/// Several answers stored in one transaction, and a transaction so large that references are looked up once an answer.
@Suite struct SeveralAnswersTests {
  private let rig: Rig

  init() throws { rig = try Rig() }

  private func answer(_ hours: Range<Int>, from fetch: FetchID) -> ReadAnswer {
    let span = Rig.start + Int64(hours.lowerBound) * 3600...Rig.start + Int64(hours.upperBound - 1) * 3600
    let bars = hours.map { Bar(hour: $0) }
    return ReadAnswer(
      Reading(series: Known.bars, facts: .bars(bars), refusals: [], covers: span), from: fetch,
      receivedAt: Rig.start)
  }

  @Test(arguments: [10, 3000])
  func `answers stored together leave what they leave one by one`(rows: Int) throws {
    let other = try Rig()
    for rig in [rig, other] { _ = try rig.fetch("[1]", at: Rig.start) }
    let (first, second) = (try rig.fetch("[2]"), try rig.fetch("[3]"))
    _ = try (other.fetch("[2]"), other.fetch("[3]"))
    let answers = [answer(0..<rows, from: first), answer(rows / 2..<2 * rows, from: second)]

    let together = try rig.store.facts.store(answers)
    let single = try answers.map { try other.store.facts.store([$0])[0] }

    #expect(together == single)
    #expect(try together.map { try $0.get().map(\.new) } == [[rows], [rows]])
    for sql in ["SELECT * FROM bar", "SELECT row_count FROM series", "SELECT * FROM gap", "SELECT * FROM snapshot_due"]
    {
      #expect(try rig.rows(sql) == other.rows(sql))
    }
  }

  @Test(arguments: [10, 5000])
  func `an answer of a fetch that is not in the file stores nothing of its transaction`(rows: Int) throws {
    let answers = [answer(0..<rows, from: try rig.fetch()), answer(rows..<2 * rows, from: FetchID(99))]

    #expect(throws: StoreError.self) { try rig.store.facts.store(answers) }

    #expect(try rig.rows("SELECT count(*) FROM bar") == ["0"])
  }

  @Test func `references are checked again after a large transaction, whether it succeeded or not`() throws {
    _ = try rig.store.facts.store([answer(0..<5000, from: try rig.fetch())])
    #expect(try rig.store.write { db in try db.rowChecks() } == .all)
    #expect(try rig.rows("PRAGMA foreign_key_check").isEmpty)

    _ = try? rig.store.facts.store([answer(0..<5000, from: FetchID(99))])
    #expect(try rig.store.write { db in try db.rowChecks() } == .all)
  }

  @Test func `answers are kept without a switch, and looked at by the vault itself`() throws {
    let looks = { try rig.store.read { db in try db.rowChecks() } }
    _ = try rig.store.facts.store([answer(0..<5000, from: try rig.fetch())])
    #expect(try looks() == [])

    _ = try rig.fetch("[2]")
    #expect(throws: StoreError.self) {
      try rig.store.vault.keep(.answered("[3]", provider: "binance", at: Rig.start), of: RunID(99), quotas: [])
    }
    #expect(try looks() == [])
    #expect(try rig.rows("SELECT count(*) FROM fetch") == ["2"])
    #expect(try rig.rows("PRAGMA foreign_key_check").isEmpty)

    // What rests on another body may have lost it: SQLite looks.
    let base = PackedBody.Base(body: 99, depth: 0, bytes: (0..<3000).map { UInt8(33 + $0 * $0 % 1009 % 89) })
    let resting = try PackedRoundTrip(
      .answered(String(decoding: base.bytes, as: UTF8.self), provider: "binance", at: Rig.start), beside: base)
    #expect(throws: StoreError.self) { try rig.store.vault.keep([resting], of: rig.run, quotas: []) }
    #expect(try looks() == .all)
  }
}
