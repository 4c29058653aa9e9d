import Dispatch
import Formats
import Market
import Synchronization
import Testing

@Suite struct OverlappedRowsTests {
  /// Hands over a row of every kind of cell.
  private func hand(_ number: Int, to rows: some RowReceiver) throws {
    rows.integer(Int64(-number))
    rows.real(Double(number) / 3)
    rows.instant(Instant(epochSeconds: Int64(number) * 3600))
    text("row \(number) é", to: rows)
    rows.null()
    try rows.endRow()
  }

  private func text(_ text: String, to rows: some RowReceiver) {
    var text = text
    text.withUTF8 { rows.text($0) }
  }

  @Test(arguments: [0, 1, 20_000])
  func `all rows arrive as they were handed over, whether they fill a batch or many`(count: Int) throws {
    let (direct, behind) = (Collected(), Collected())
    let rows = OverlappedRows(into: behind) {}
    for number in 0..<count {
      try hand(number, to: direct)
      try hand(number, to: rows)
    }
    try rows.finish()
    #expect(behind.cells == direct.cells)
    #expect(behind.rows == count)
  }

  @Test func `a text larger than a batch and one that is empty arrive whole`() throws {
    let collected = Collected()
    let rows = OverlappedRows(into: collected) {}
    let long = String(repeating: "0123456789", count: 100_000)
    for words in ["a", long, "", long + "b"] {
      text(words, to: rows)
      try rows.endRow()
    }
    try rows.finish()
    #expect(collected.cells == ["a", ";", long, ";", "", ";", long + "b", ";"])
  }

  @Test func `what the receiver throws is thrown by finish at the latest, and it gets no row after it`() throws {
    let collected = Collected(failingAt: 7)
    let rows = OverlappedRows(into: collected) {}
    #expect(throws: FileError.closedPipe(path: "test")) {
      for number in 0..<100_000 { try hand(number, to: rows) }
      try rows.finish()
    }
    #expect(throws: FileError.closedPipe(path: "test")) { try rows.finish() }
    #expect(collected.rows == 7)
  }

  @Test func `what is given up leaves its receiver alone before anything else goes on`() throws {
    let slow = Slow()
    let rows = OverlappedRows(into: slow) {}
    // Two batches, and the beginning of a third.
    for number in 0..<5000 { try hand(number, to: rows) }
    slow.hasBegun.wait()
    slow.isGivenUp.signal()
    rows.abandon()
    let (isAtWork, count) = slow.state.withLock { ($0.isAtWork, $0.rows) }
    #expect(!isAtWork && count > 0, "\(count) rows")
  }

  @Test func `whoever wants it to end is asked on the thread that reads`() throws {
    let rows = OverlappedRows(into: Collected()) { throw CancellationError() }
    var handed = 0
    #expect(throws: CancellationError.self) {
      while handed < 1_000_000 {
        try hand(handed, to: rows)
        handed += 1
      }
    }
    #expect(handed < 10_000)
  }
}

/// Is at work on its first row when the rows are given up, and takes its time to end it.
private final class Slow: RowReceiver, Sendable {
  let (hasBegun, isGivenUp) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
  let state = Mutex<(isAtWork: Bool, rows: Int, work: UInt64)>((false, 0, 1))

  func integer(_ value: Int64) { state.withLock { $0.isAtWork = true } }
  func real(_ value: Double) {}
  func instant(_ value: Instant) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
  func null() {}

  func endRow() throws {
    if state.withLock({ $0.rows == 0 }) {
      hasBegun.signal()
      isGivenUp.wait()
      for _ in 0..<300_000 { state.withLock { $0.work = $0.work &* 6_364_136_223_846_793_005 &+ 1 } }
    }
    state.withLock { state in
      state.isAtWork = false
      state.rows += 1
    }
  }
}

/// Keeps the cells as words, a semicolon behind each row; fails at the end of its `failingAt`th row.
private final class Collected: RowReceiver, Sendable {
  private let state = Mutex<(cells: [String], rows: Int)>(([], 0))
  private let failingAt: Int

  init(failingAt: Int = .max) { self.failingAt = failingAt }

  var cells: [String] { state.withLock { $0.cells } }
  var rows: Int { state.withLock { $0.rows } }

  private func add(_ word: String) { state.withLock { $0.cells.append(word) } }

  func integer(_ value: Int64) { add("\(value)") }
  func real(_ value: Double) { add("\(value)") }
  func instant(_ value: Instant) { add("\(value)") }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) { add(String(decoding: bytes, as: UTF8.self)) }
  func null() { add("null") }

  func endRow() throws {
    add(";")
    let count = state.withLock { state in
      state.rows += 1
      return state.rows
    }
    if count == failingAt { throw FileError.closedPipe(path: "test") }
  }
}
