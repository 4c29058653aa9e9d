import Formats
import Foundation
import Market
import Retention
import Support
import Synchronization
import Testing

@testable import Pipeline
@testable import Store

/// What was imported is made anew from what was kept of it.
@Suite struct ImportRebuildTests {
  private let importing: Importing
  private let scene: Scene
  private let order = Importing.bars()

  init() throws {
    scene = try Scene()
    importing = Importing(store: scene.store)
  }

  /// Hours with one left out, one that is refused, one that is there twice, and one that contradicts an earlier one.
  private static let awkward =
    Importing.hours(0..<40) + Importing.hours(41..<90).split(separator: "\n").dropFirst().joined(separator: "\n")
    + "\nx,1,2,3\n1730419200,1,2,1,2,5\n1730422800,101,102,100,101,1\n1731000000,5,2,1,2,5\n"

  private func bring(_ text: String, _ order: ImportOrder? = nil, source: String = "import", partSize: Int = 500) throws
  {
    try importing.bring(Array(text.utf8), order ?? self.order, source: source, partSize: partSize)
  }

  private func expectSame() throws {
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.total == 0)
    #expect(rebuilt.report.gone == [])
    #expect(try rebuilt.store.dump() == scene.store.dump())
    #expect(try rebuilt.store.brokenReferences() == [])
    #expect(try Rebuilt(scene.store, bodies: false).faults == [])
  }

  @Test(arguments: [OpenedImport.partSize, 500, 150])
  func `bars with gaps, duplicates, contradictions and refused lines are the same`(partSize: Int) throws {
    try bring(ImportRebuildTests.awkward, partSize: partSize)
    #expect(try scene.store.rows("SELECT count(*) FROM quarantine") == ["3"])
    #expect(try scene.store.rows("SELECT count(*) FROM gap") == ["1"])
    #expect(try scene.store.rows("SELECT row_count, refused_count FROM import_file") == ["89|3"])
    try expectSame()
  }

  @Test func `a difference in a refused row without a readable time says so`() throws {
    try bring(ImportRebuildTests.awkward)
    try scene.store.tamper("UPDATE quarantine SET detail = 'x' WHERE reason = 'malformed'")
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.counts == ["quarantine": 1])
    #expect(rebuilt.faults.first?.contains("import BTC 1h, at an unreadable time, reason malformed") == true)
    #expect(rebuilt.faults.allSatisfy { !$0.contains("1969") })
  }

  @Test func `a file whose length is a whole number of parts is the same`() throws {
    let text = Importing.hours(0..<30)
    try bring(text, partSize: text.utf8.count / 2 + text.utf8.count % 2)
    try bring(text, source: "other", partSize: text.utf8.count)
    try expectSame()
  }

  @Test(arguments: ["gz", "zst"])
  func `packed files are the same`(packing: String) throws {
    let text = Array(Importing.hours(0..<200).utf8)
    let bytes = try packing == "gz" ? LoopbackServer.gzip(text) : Zstd.compress(text)
    #expect(try importing.bring(bytes, order, name: "a.csv.\(packing)", partSize: 2000).counts.new == 200)
    try expectSame()
  }

  @Test func `imports that repeat, correct and go on with each other are the same`() throws {
    try bring(ImportRebuildTests.awkward)
    try bring(ImportRebuildTests.awkward)
    try bring(Importing.hours(20..<120) { $0 % 7 == 0 ? 300 : 100 + Double($0) }, partSize: 700)
    try bring(Importing.hours(0..<50))
    #expect(try scene.store.rows("SELECT count(*) > 10 FROM bar_restatement") == ["1"])
    try expectSame()
  }

  @Test func `sentiment and flows are the same`() throws {
    let mood = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
    try bring(
      "date,value,classification\n2024-11-01,20,Extreme Fear\n2024-11-02,120,Greed\n2024-11-04,55,Neutral\n", mood,
      source: "moods", partSize: 60)
    try bring("date,value,classification\n2024-11-01,25,Extreme Fear\n2024-11-05,50,Neutral\n", mood, source: "moods")
    var flows = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1)
    flows.unit = 1_000_000
    try bring(
      "date,IBIT,FBTC,total\n2024-11-01,10.5,-3,7.5\n2024-11-04,1,2,3\n2024-11-05,0.5,,0.5\n", flows, source: "funds",
      partSize: 60)
    #expect(try scene.store.rows("SELECT count(*) > 1 FROM sentiment") == ["1"])
    #expect(try scene.store.rows("SELECT count(*) > 3 FROM etf_flow") == ["1"])
    try expectSame()
  }

  @Test func `imports between runs with restatements are the same`() async throws {
    try bring(ImportRebuildTests.awkward)
    try await scene.run()
    try bring(Importing.hours(30..<100) { 90 + Double($0) })
    scene.bourse.change { $0.restated[.hour(-3)] = 1500 }
    try await scene.run(at: Scene.start + 5 * 3600)
    try bring(Importing.hours(0..<200))
    scene.bourse.change { $0.faults["binance"] = .answer(status: 500, body: "no") }
    try await scene.run(at: Scene.start + 9 * 3600)
    #expect(try scene.store.rows("SELECT count(DISTINCT series_id) > 1 FROM bar_restatement") == ["1"])
    try expectSame()
  }

  @Test func `an import that was cut, and the one that heals it, are the same`() throws {
    let asked = Mutex(0)
    let cut = try importing.bring(
      Array(ImportRebuildTests.awkward.utf8), order, partSize: 500,
      isCancelled: {
        asked.withLock { count in
          count += 1
          return count > 3
        }
      })
    #expect(cut.outcome == .interrupted)
    try expectSame()
    try bring(ImportRebuildTests.awkward)
    try expectSame()
  }

  @Test func `an import that died before its end, with all of its rows, is the same`() throws {
    // Without a line break at its end: only a last part is read up to there.
    try bring(String(Importing.hours(0..<60).dropLast()))
    try scene.store.tamper(
      """
      UPDATE import_file SET size = NULL, sha256 = NULL, refused_count = 0; UPDATE fetch SET read_outcome = 'importing';
      DELETE FROM chronicle WHERE kind = 'read'
      """)
    try expectSame()
  }

  @Test func `a packed file that breaks off is the same`() throws {
    let packed = try Zstd.compress(Array(Importing.hours(0..<30_000).utf8))
    let report = try importing.bring(Array(packed.dropLast(packed.count / 4)), order, partSize: 100_000)
    #expect(report.outcome == .partial)
    try expectSame()
  }

  /// A bar at a price below zero, one that jumps to a thousand times the price, and one that cannot be.
  private static let doubted =
    Importing.hours(0..<40) + "1730563200,-1,2,-3,1,5\n1730566800,500000,500001,499999,500000,1\n1730570400,5,2,1,2,5\n"

  @Test(arguments: [
    (1_730_563_200, "-1.0|2.0|-3.0|1.0|5.0"), (1_730_566_800, "500000.0|500001.0|499999.0|500000.0|1.0"),
  ])
  func `a refused row of a file that is released is a fact, also after a rebuild`(time: Int64, figures: String) throws {
    try bring(ImportRebuildTests.doubted)
    let release = QuarantineRelease(providers: Scene.providers, opener: Importing.opener)
    let row = try #require(try scene.store.judgement.quarantinedRows().first { $0.at?.epochSeconds == time })
    #expect(try release.release(row.id, in: scene.store, at: Importing.now) == StepCounts(new: 1))
    #expect(
      try scene.store.rows("SELECT open, high, low, close, volume FROM bar WHERE open_time = \(time)") == [figures])
    let file = try #require(try scene.store.imports.all().last)
    let line = try ImportReplay(file, in: scene.store, opener: Importing.opener)
      .line(
        under: FactKey(.instant(Instant(epochSeconds: time))),
        saying: figures.split(separator: "|").compactMap { Double($0).map(FigureValue.number) })
    #expect(line.map { String(decoding: $0.bytes, as: UTF8.self).hasPrefix("\(time),") } == true)
    try expectSame()
    try bring(ImportRebuildTests.doubted + "\n")
    #expect(try scene.store.rows("SELECT count(*) FROM bar WHERE open_time = \(time)") == ["1"])
    try expectSame()
  }

  @Test func `a row that cannot be is not released`() throws {
    try bring(ImportRebuildTests.doubted)
    let release = QuarantineRelease(providers: Scene.providers, opener: Importing.opener)
    let row = try #require(try scene.store.judgement.quarantinedRows(reason: .impossibleRange).first)
    #expect(throws: DecisionError.noFact(row.id, reason: "high 2.0 is below 5.0, where it opened or closed")) {
      try release.release(row.id, in: scene.store, at: Importing.now)
    }
  }

  @Test func `a refused row of a file that was dropped stays so`() throws {
    try bring(ImportRebuildTests.awkward)
    let row = try #require(try scene.store.judgement.quarantinedRows(reason: .contradictory).first)
    try scene.store.judgement.drop([row.id], at: Importing.now)
    try expectSame()
    try bring(ImportRebuildTests.awkward)
    #expect(try scene.store.judgement.quarantinedRows(states: [.dropped]).map(\.id) == [row.id])
    try expectSame()
  }

  // MARK: By reference

  private func byReference(_ text: String, _ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "/import-\(UUID().uuidString).csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    try importing.bring([], order, name: "far.csv", path: path, byReference: true, partSize: 500)
    try body(path)
  }

  @Test func `a file that was kept by reference is read where it lies`() throws {
    try byReference(ImportRebuildTests.awkward) { _ in try expectSame() }
  }

  @Test(arguments: [true, false])
  func `a file kept by reference that is gone or another is named, and the rest is compared`(isGone: Bool) throws {
    try bring(Importing.hours(0..<40), source: "near")
    try byReference(ImportRebuildTests.awkward) { path in
      unlink(path)
      if !isGone { try Data("other".utf8).write(to: URL(fileURLWithPath: path)) }
      let rebuilt = try Rebuilt(scene.store)
      let gone = try #require(rebuilt.report.gone.first)
      #expect(gone.detail.contains("far.csv was imported by reference and \(path)"))
      #expect(rebuilt.report.gone.count == 1)
      #expect(rebuilt.report.damaged == [])
      var incomparable = Incomparable()
      incomparable.add(gone.fetch, into: gone.series)
      let differences = try scene.store.chronicle.atOneMoment {
        try $0.differences(from: rebuilt.store, naming: 5, leavingOut: incomparable)
      }
      #expect(differences.shown == [])
      #expect(differences.leftOut > 80)
    }
  }

  @Test func `a part whose bytes were changed is named once`() throws {
    try bring(ImportRebuildTests.awkward)
    try scene.store.tamper(
      """
      UPDATE body SET content = CAST(substr(content, 1, 20) || x'ff' || substr(content, 22) AS BLOB)
      WHERE body_id = (SELECT body_id FROM import_part WHERE part = 1)
      """)
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.report.damaged.count == 1)
    #expect(rebuilt.differences.total > 0)
  }

  // MARK: Pruned

  @Test func `after pruning, everything can still be made anew`() async throws {
    try bring(ImportRebuildTests.awkward)
    try await scene.run()
    scene.bourse.change { $0.faults["binance"] = .answer(status: 500, body: "no") }
    try await scene.run(at: Scene.start + 3 * 3600)
    scene.bourse.change { $0.faults["binance"] = nil }
    // An answer that a retry superseded, and one that said that nothing had changed.
    try scene.store.tamper(
      """
      INSERT INTO body (sha256, size, encoding, content, redacted)
      VALUES (CAST(zeroblob(31) || x'01' AS BLOB), 3, 'identity', CAST('old' AS BLOB), 0);
      INSERT INTO fetch (run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status, wire_bytes,
        body_id, read_outcome)
      SELECT run_id, source_id, 'GET', '/x', '', 1, 1, 0, outcome.status, 3, last_insert_rowid(), outcome.name
      FROM (SELECT * FROM fetch LIMIT 1) CROSS JOIN (SELECT 503 AS status, 'superseded' AS name UNION SELECT 304, 'unchanged') AS outcome
      """)
    try await scene.run(at: Scene.start + 6 * 3600)
    let parts = try scene.store.rows("SELECT count(*) FROM import_part JOIN body USING (body_id)")
    let pruned = try scene.store.prune(before: Scene.start + 1000 * 3600)
    #expect(pruned.bodies.reduce(0) { $0 + $1.count } > 0)
    #expect(try scene.store.rows("SELECT count(*) FROM import_part JOIN body USING (body_id)") == parts)
    #expect(try scene.store.brokenReferences() == [])
    try expectSame()
  }
}
