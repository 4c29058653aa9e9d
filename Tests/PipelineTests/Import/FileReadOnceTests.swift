import Foundation
import Market
import SQLite
import Support
import Synchronization
import Testing

@testable import Pipeline
@testable import Store

/// However many rows of an imported file are asked about, the file is read once.
@Suite struct FileReadOnceTests {
  private let scene: Scene
  private let importing: Importing
  private let files = CountedFiles()

  init() throws {
    scene = try Scene()
    importing = Importing(store: scene.store)
  }

  private var kept: KeptImport { get throws { try #require(try scene.store.imports.all().last) } }

  private func key(_ hour: Int) -> FactKey {
    FactKey(.instant(Instant(epochSeconds: 1_730_419_200 + Int64(hour) * 3600)))
  }

  @Test(arguments: [97, 500, 4096])
  func `a line is found by reading each part before it once`(partSize: Int) throws {
    let text = Importing.hours(0..<60)
    try importing.bring(Array(text.utf8), Importing.bars(), partSize: partSize)
    let kept = try kept
    for hour in [0, 1, 17, 59] {
      let asked = Mutex<[Int]>([])
      let replay = ImportReplay(kept, opener: files) { number in
        asked.withLock { $0.append(number) }
        return try scene.store.imports.part(number, of: kept.fetch)
      }
      let line = try #require(try replay.line(under: key(hour), saying: []))
      #expect(String(decoding: line.bytes, as: UTF8.self) == text.split(separator: "\n")[hour + 1])
      let numbers = asked.withLock { $0 }
      #expect(numbers == Array(0..<numbers.count))
      // A line that is cut ends in the part behind.
      #expect(numbers.count <= (line.place.start + line.place.length) / partSize + 1)
    }
  }

  // MARK: Releases

  /// Forty hours, then so many whose low lies below zero, which can be and are refused until somebody says so.
  private func doubted(_ count: Int) -> String {
    Importing.hours(0..<40)
      + (0..<count).map { "\(1_730_563_200 + $0 * 3600),-1,50,-3,\($0),5\n" }.joined()
  }

  private func doubtedRows() throws -> [QuarantineID] {
    try scene.store.judgement.quarantinedRows(reason: .outOfBounds).map(\.id)
  }

  private func release(_ ids: [QuarantineID]) throws -> [Result<StepCounts, any Error>] {
    try QuarantineRelease(providers: Scene.providers, opener: files).release(ids, in: scene.store, at: Importing.now)
  }

  @Test func `many rows are released by one reading, and by one more in a rebuild`() throws {
    try importing.bring(Array(doubted(12).utf8), Importing.bars(), partSize: 300)
    let ids = try doubtedRows()
    #expect(ids.count == 12)
    let results = try release(ids)
    #expect(try results.map { try $0.get() } == Array(repeating: StepCounts(new: 1), count: 12))
    #expect(files.opened == 1)
    let rebuilt = try Rebuilt(scene.store, opener: files)
    #expect(rebuilt.faults == [])
    #expect(try rebuilt.store.rows("SELECT count(*) FROM bar") == ["52"])
    // Once for its parts, and once for the rows that were decided about.
    #expect(files.opened == 3)
  }

  @Test func `a row that cannot be released stops none of the others`() throws {
    try importing.bring(Array(doubted(3).utf8), Importing.bars(), partSize: 300)
    let ids = try doubtedRows()
    let unknown = QuarantineID(999)
    let results = try release([ids[0], unknown, ids[2], ids[2]])
    #expect(results.map { (try? $0.get()) != nil } == [true, false, true, false])
    #expect(throws: DecisionError.unknown(unknown)) { try results[1].get() }
    #expect(throws: DecisionError.decided(ids[2], .released)) { try results[3].get() }
    #expect(try doubtedRows() == [ids[1]])
  }

  // MARK: By reference

  private func byReference(_ text: String, _ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "/once-\(UUID().uuidString).csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    try importing.bring(
      [], Importing.bars(asset: "ETH"), source: "far", name: "far.csv", path: path, byReference: true, partSize: 300)
    try body(path)
  }

  @Test func `a file kept by reference is opened once for a line, its hash with it`() throws {
    try byReference(doubted(2)) { path in
      let line = try ImportReplay(kept, in: scene.store, opener: files).line(under: key(7), saying: [])
      #expect(line?.place.line == 9)
      #expect(files.opened == 1)
      // The line is still there, but the file is another one.
      try Data((doubted(2) + "\n").utf8).write(to: URL(fileURLWithPath: path))
      #expect {
        try ImportReplay(kept, in: scene.store, opener: files).line(under: key(7), saying: [])
      } throws: { "\($0)".contains("is another file now") }
      // What is no table at all any more is told of in the same words.
      try Data("other".utf8).write(to: URL(fileURLWithPath: path))
      #expect {
        try ImportReplay(kept, in: scene.store, opener: files).line(under: key(7), saying: [])
      } throws: { "\($0)".contains("is another file now") }
      unlink(path)
      #expect {
        try ImportReplay(kept, in: scene.store, opener: files).line(under: key(7), saying: [])
      } throws: { "\($0)".contains("cannot be read") }
    }
  }

  @Test func `the rows of a file that is gone are refused, those of another are released`() throws {
    try importing.bring(Array(doubted(2).utf8), Importing.bars(), partSize: 300)
    try byReference(doubted(2)) { path in
      unlink(path)
      let results = try release(try doubtedRows())
      #expect(results.count == 4)
      #expect(results.count { (try? $0.get()) != nil } == 2)
      #expect(
        results.compactMap { result in
          if case .failure(let fault) = result { "\(fault)" } else { nil }
        }.allSatisfy { $0.contains("far.csv was imported by reference and \(path)") })
    }
  }
}

/// Reads files as usual and counts how often one is begun.
private final class CountedFiles: FactFileOpener {
  private let count = Mutex(0)

  var opened: Int { count.withLock { $0 } }

  func open(
    _ order: ImportOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) -> any FactFile {
    count.withLock { $0 += 1 }
    return try Importing.opener.open(order, series: series, sample: sample, isWhole: isWhole, at: now)
  }
}
