import Formats
import Foundation
import Market
import SQLite
import Synchronization
import Testing

@testable import Pipeline
@testable import Store

@Suite struct FileImportTests {
  private let importing: Importing
  private let order = Importing.bars()

  init() throws { importing = try Importing() }

  @discardableResult
  private func bring(_ text: String, partSize: Int = OpenedImport.partSize) throws -> ImportReport {
    try importing.bring(Array(text.utf8), order, partSize: partSize)
  }

  @Test(arguments: [OpenedImport.partSize, 500, 150])
  func `rows are stored once, however the file is cut into parts`(partSize: Int) throws {
    let first = try bring(Importing.hours(0..<100), partSize: partSize)
    #expect(first.outcome == .done)
    #expect((first.counts.new, first.counts.changed, first.counts.unchanged) == (100, 0, 0))
    #expect(first.missing == 0)
    let again = try bring(Importing.hours(0..<100), partSize: partSize)
    #expect((again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 100))
    #expect(try importing.store.rows("SELECT count(*), min(fetch_id), max(fetch_id) FROM bar") == ["100|1|1"])
    #expect(try importing.store.rows("SELECT row_count FROM series WHERE dataset = 'bar'") == ["100"])
  }

  @Test(arguments: [OpenedImport.partSize, 500])
  func `newest first is the same as oldest first`(partSize: Int) throws {
    let lines = Importing.hours(0..<100).split(separator: "\n")
    let text = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    let report = try bring(text, partSize: partSize)
    #expect(report.counts.new == 100)
    #expect(report.missing == 0)
    #expect(try importing.store.rows("SELECT count(*) FROM gap") == ["0"])
  }

  /// Quarters of an hour around Thanksgiving: a whole session, a half day, and one after a weekend.
  private static let quarters =
    [("2025-11-26", 26), ("2025-11-28", 14), ("2025-12-01", 26)].flatMap { day, count in
      (0..<count).compactMap { bar in Instant("\(day)T14:30Z").map { $0.epochSeconds + Int64(bar) * 900 } }
    }

  @Test(arguments: [
    (Interval.minute15, [], "0|"), (.minute15, [3, 4, 30], "3|provider_empty"),
    (.minute15, [25, 26], "2|provider_empty"),
  ])
  func `within sessions it is known which bars a file leaves out`(interval: Interval, left: [Int], missing: String)
    throws
  {
    let rows = Self.quarters.enumerated().filter { !left.contains($0.offset) }.map { "\($0.element),10,11,9,10,5" }
    let text = "unix,open,high,low,close,volume\n" + rows.joined(separator: "\n") + "\n"
    try importing.bring(Array(text.utf8), Importing.bars(interval, asset: "SPY", .fund))
    #expect(try importing.store.rows("SELECT count(*) FROM bar") == ["\(rows.count)"])
    #expect(
      try importing.store.rows("SELECT coalesce(sum(missing), 0), coalesce(max(reason), '') FROM gap") == [missing])
  }

  @Test func `of hours of a file nobody knows with which minute they begin`() throws {
    let rows = [14, 15, 19].map { "2025-11-26T\($0):00:00Z,10,11,9,10,5" }
    let text = "time,open,high,low,close,volume\n" + rows.joined(separator: "\n") + "\n"
    try importing.bring(Array(text.utf8), Importing.bars(.hour1, asset: "SPY", .fund))
    #expect(try importing.store.rows("SELECT count(*) FROM bar") == ["3"])
    #expect(try importing.store.rows("SELECT count(*) FROM gap") == ["0"])
  }

  @Test func `what a file leaves out is a gap that it proves, also between its parts`() throws {
    let text =
      Importing.hours(0..<40) + Importing.hours(45..<80).split(separator: "\n").dropFirst().joined(separator: "\n")
    for size in [500, OpenedImport.partSize] {
      let other = try Importing()
      let report = try other.bring(Array(text.utf8), order, partSize: size)
      #expect(report.missing == 5)
      #expect(try other.store.rows("SELECT missing, reason FROM gap") == ["5|provider_empty"])
    }
  }

  @Test(arguments: [OpenedImport.partSize, 500])
  func `of rows that contradict each other the first is believed, also across parts and in a second import`(
    partSize: Int
  ) throws {
    let text = Importing.hours(0..<60) + "1730419200,1,2,1,2,5\n1730422800,101,102,100,101,1\n"
    let first = try bring(text, partSize: partSize)
    #expect(first.counts.new == 60)
    #expect(first.tally.refused == [.contradictory: 1])
    #expect(first.tally.folded == 1)
    let again = try bring(text, partSize: partSize)
    #expect((again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 60))
    #expect(try importing.store.rows("SELECT count(*) FROM bar_restatement") == ["0"])
    #expect(try importing.store.rows("SELECT reason, at FROM quarantine") == ["contradictory|1730419200"])
  }

  @Test func `another file that says otherwise restates, and the old value is kept`() throws {
    try bring(Importing.hours(0..<10))
    let report = try bring(Importing.hours(5..<12) { $0 == 6 ? 200 : 100 + Double($0) })
    #expect((report.counts.new, report.counts.changed, report.counts.unchanged) == (2, 1, 4))
    #expect(try importing.store.rows("SELECT open, replaced_by_fetch_id FROM bar_restatement") == ["106.0|2"])
  }

  @Test func `the bytes are in the vault and are told by their order`() throws {
    let text = Importing.hours(0..<100)
    try bring(text, partSize: 500)
    let kept = try #require(try importing.store.imports.all().first)
    #expect(kept.order.asset == order.asset && kept.order.interval == order.interval)
    #expect(kept.fingerprint?.size == text.utf8.count)
    let bytes = try (0..<kept.partsRead).flatMap { try importing.store.imports.part($0, of: kept.fetch) }
    #expect(String(decoding: bytes, as: UTF8.self) == text)
    #expect(
      try importing.store.rows("SELECT substr(target, 1, 63), method, read_outcome FROM fetch")
        == ["/a.csv?dataset=bar&interval=1h&asset=BTC&class=crypto&edition=\(Reading.edition)|IMPORT|read"])
    #expect(
      try importing.store.rows("SELECT vault_bytes = (SELECT sum(length(content)) FROM body) FROM run") == ["1"])
  }

  // MARK: Again

  private func onDisk(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "/import-\(UUID().uuidString).csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func `a file that has grown keeps only the parts that are new`() throws {
    let (short, long) = (Importing.hours(0..<100), Array(Importing.hours(0..<120).utf8))
    _ = try bring(short, partSize: 500)
    #expect(try importing.bring(long, order, partSize: 500).counts.new == 20)
    let shared = "SELECT count(*) FROM import_part WHERE fetch_id = 2 AND body_id IN"
    #expect(
      try importing.store.rows("\(shared) (SELECT body_id FROM import_part WHERE fetch_id = 1)")
        == ["\(short.utf8.count / 500)"])
    let kept = try (0...long.count / 500).flatMap { try importing.store.imports.part($0, of: FetchID(2)) }
    #expect(kept == long)
  }

  @Test func `a file that is known is not read again, until something else came to its series`() throws {
    let path = try onDisk(Importing.hours(0..<50))
    defer { unlink(path) }
    #expect(try importing.bring([], order, path: path).isKnown == false)
    let again = try importing.bring([], order, path: path)
    #expect(again.isKnown)
    #expect((again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 50))
    #expect(try importing.store.rows("SELECT count(*) FROM import_file") == ["1"])
    try bring(Importing.hours(0..<1) { _ in 500 })
    let third = try importing.bring([], order, path: path)
    #expect(!third.isKnown)
    #expect((third.counts.new, third.counts.changed, third.counts.unchanged) == (0, 1, 49))
    var other = order
    other.takesNoVolume = true
    #expect(try importing.bring([], other, path: path).isKnown == false)
  }

  @Test(arguments: [true, false])
  func `what was imported can be read again from what was kept, and gives the same rows`(byReference: Bool) throws {
    let text = Importing.hours(0..<70) + "x\n" + "1730419200,1,2,1,2,5\n"
    let path = try onDisk(text)
    defer { unlink(path) }
    try importing.bring([], order, path: path, byReference: byReference, partSize: 700)
    let kept = try #require(try importing.store.imports.all().first)
    #expect(kept.partsRead > 2)
    #expect((kept.path != nil) == byReference)
    #expect(try importing.store.rows("SELECT count(*) > 0 FROM import_part") == [byReference ? "0" : "1"])
    let before = try importing.store.rows("SELECT * FROM bar") + importing.store.rows("SELECT * FROM quarantine")
    try importing.store.write { db in
      try db.execute(
        sql:
          "DELETE FROM bar; DELETE FROM quarantine; UPDATE series SET row_count = 0, first_time = NULL, last_time = NULL"
      )
    }
    let replay = ImportReplay(kept, in: importing.store, opener: Importing.opener)
    while let (part, number) = try replay.next() {
      _ = try importing.store.imports.store(part, number: number, from: kept.fetch, step: nil, at: kept.receivedAt)
    }
    let after = try importing.store.rows("SELECT * FROM bar") + importing.store.rows("SELECT * FROM quarantine")
    #expect(before == after)
    #expect(before.count == 72)
  }

  @Test func `a file that was kept by reference and has changed is named`() throws {
    let path = try onDisk(Importing.hours(0..<70))
    try importing.bring([], order, path: path, byReference: true)
    let kept = try #require(try importing.store.imports.all().first)
    try Data("other".utf8).write(to: URL(fileURLWithPath: path))
    func replay() throws { _ = try ImportReplay(kept, in: importing.store, opener: Importing.opener).next() }
    #expect(throws: ImportReplay.Fault.self) { try replay() }
    unlink(path)
    #expect(throws: ImportReplay.Fault.self) { try replay() }
  }

  // MARK: Ends

  @Test func `an import that is interrupted keeps what was committed, and the next brings the rest`() throws {
    let text = Importing.hours(0..<100)
    let asked = Mutex(0)
    let cut = try importing.bring(
      Array(text.utf8), order, partSize: 500,
      isCancelled: {
        asked.withLock {
          $0 += 1; return $0 > 2
        }
      })
    #expect(cut.outcome == .interrupted)
    #expect(cut.counts.new > 0 && cut.counts.new < 100)
    let kept = try #require(try importing.store.imports.all().first)
    #expect(kept.partsRead == 2)
    #expect(kept.fingerprint == nil)
    var rows = 0
    let replay = ImportReplay(kept, in: importing.store, opener: Importing.opener)
    while let (part, _) = try replay.next() {
      rows += part.reading.facts.count
    }
    #expect(rows == cut.counts.new)
    let rest = try bring(text)
    #expect(rest.counts.new + cut.counts.new == 100)
    #expect(rest.counts.unchanged == cut.counts.new)
  }

  @Test func `a packed file that is cut keeps what could be read and says so`() throws {
    let packed = try Zstd.compress(Array(Importing.hours(0..<30_000).utf8))
    let report = try importing.bring(Array(packed.dropLast(packed.count / 4)), order, partSize: 100_000)
    #expect(report.outcome == .partial)
    #expect(report.reason != nil)
    #expect(report.counts.new > 0)
    #expect(try importing.store.rows("SELECT read_outcome LIKE 'unreadable: %' FROM fetch") == ["1"])
  }

  @Test func `a file without a single good line has failed`() throws {
    let report = try bring("unix,open,high,low,close,volume\n1730419200,5,2,1,2,5\n")
    #expect(report.outcome == .failed)
    #expect(report.tally.refused == [.impossibleRange: 1])
  }

  @Test func `the imported series is chosen while there is no other`() throws {
    try bring(Importing.hours(0..<48))
    #expect(
      try importing.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key == Importing.series(order, "import"))
    #expect(try importing.store.rows("SELECT count(*) FROM market_snapshot") == ["2"])
  }
}
