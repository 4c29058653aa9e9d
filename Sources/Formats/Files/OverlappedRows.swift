import Dispatch
import Market
import Synchronization

/// Hands rows on to another receiver on a thread of its own, so that the next rows are read meanwhile.
///
/// At most two batches wait. What the other receiver throws is thrown by a later call, by `finish` at the latest; it gets
/// no more rows then. What fits into one batch needs no second thread.
///
/// Whoever made one calls `finish` or, where it came to nothing, `abandon`: until then the other receiver may be at work.
package final class OverlappedRows<Next: RowReceiver & SendableMetatype>: RowReceiver, Sendable {
  // Used on the queue only, one batch at a time.
  nonisolated(unsafe) private let next: Next
  // Used on the thread that reads only, and by one call at a time.
  @exclusivity(unchecked) nonisolated(unsafe) private var batch = CellBatch()
  nonisolated(unsafe) private let check: () throws -> Void
  private let queue = DispatchQueue(label: "appliance.rows")
  private let room = DispatchSemaphore(value: 2)
  private let fault = Mutex<(any Error)?>(nil)
  private let spare = Mutex<[CellBatch]>([])

  /// - Parameters:
  ///   - next: where the rows go; nobody else may use it until `finish` or `abandon` has returned.
  ///   - check: called on the thread that reads, batch by batch; what it throws ends the reading.
  package init(into next: Next, check: @escaping () throws -> Void) {
    self.next = next
    self.check = check
  }

  deinit {
    batch.free()
    for batch in spare.withLock({ $0 }) { batch.free() }
  }

  /// A cell that holds a whole number.
  package func integer(_ value: Int64) { batch.add(.integer, UInt64(bitPattern: value)) }
  /// A cell that holds a number.
  package func real(_ value: Double) { batch.add(.real, value.bitPattern) }
  /// A cell that holds an instant.
  package func instant(_ value: Instant) { batch.add(.instant, UInt64(bitPattern: value.epochSeconds)) }
  /// A cell that holds a text in UTF-8; the bytes are copied before this returns.
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) { batch.add(text: bytes) }
  /// A cell that holds nothing.
  package func null() { batch.add(.null) }

  /// Ends the row and hands the batch over once enough has gathered.
  package func endRow() throws {
    batch.add(.endOfRow)
    if batch.isFull { try handOver() }
  }

  /// Waits until the other receiver has all rows.
  package func finish() throws {
    try check()
    queue.sync { pass(batch) }
    batch.clear()
    try throwFault()
  }

  /// Gives up what waits, and returns when the other receiver is left alone; after `finish` it does nothing.
  package func abandon() {
    fault.withLock { if $0 == nil { $0 = CancellationError() } }
    queue.sync {}
  }

  private func handOver() throws {
    try check()
    try throwFault()
    room.wait()
    let full = batch
    batch = spare.withLock { $0.popLast() } ?? CellBatch()
    queue.async { [self, full] in
      pass(full)
      spare.withLock { $0.append(full.emptied) }
      room.signal()
    }
  }

  private func pass(_ batch: CellBatch) {
    guard fault.withLock({ $0 == nil }) else { return }
    do { try batch.pass(to: next) } catch { fault.withLock { $0 = error } }
  }

  private func throwFault() throws {
    if let error = fault.withLock({ $0 }) { throw error }
  }
}

/// Cells one after the other: a mark, and a word or a text behind its length. Used by one thread at a time.
///
/// No class: a reference that is counted for every cell is a quarter of an export. Whoever has it last frees it.
private struct CellBatch: @unchecked Sendable {
  enum Mark {
    case integer, real, instant, text, null, endOfRow
  }
  private static let full = 96 << 10
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 8)
  private var count = 0

  func free() { memory.deallocate() }

  /// The same memory, for other cells.
  var emptied: CellBatch {
    var batch = self
    batch.clear()
    return batch
  }

  var isFull: Bool { count >= CellBatch.full }

  mutating func clear() { count = 0 }

  @inline(__always)
  mutating func add(_ mark: Mark) {
    reserve(1)
    memory.storeBytes(of: mark, toByteOffset: count, as: Mark.self)
    count &+= 1
  }

  @inline(__always)
  mutating func add(_ mark: Mark, _ word: UInt64) {
    reserve(9)
    memory.storeBytes(of: mark, toByteOffset: count, as: Mark.self)
    memory.storeBytes(of: word, toByteOffset: count &+ 1, as: UInt64.self)
    count &+= 9
  }

  mutating func add(text bytes: UnsafeBufferPointer<UInt8>) {
    add(.text, UInt64(bytes.count))
    reserve(bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: UnsafeRawBufferPointer(bytes))
    count += bytes.count
  }

  /// Makes room; what has gathered in a row of enormous texts moves.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count &+ more > memory.count { grow(by: more) }
  }

  private mutating func grow(by more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(2 * memory.count, count + more), alignment: 8)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }

  func pass(to next: some RowReceiver) throws {
    var place = 0
    while place < count {
      let mark = memory.load(fromByteOffset: place, as: Mark.self)
      place &+= 1
      switch mark {
      case .integer: next.integer(Int64(bitPattern: word(&place)))
      case .real: next.real(Double(bitPattern: word(&place)))
      case .instant: next.instant(Instant(epochSeconds: Int64(bitPattern: word(&place))))
      case .text:
        let length = Int(word(&place))
        let bytes = UnsafeRawBufferPointer(rebasing: memory[place..<place + length])
        next.text(bytes.assumingMemoryBound(to: UInt8.self))
        place += length
      case .null: next.null()
      case .endOfRow: try next.endRow()
      }
    }
  }

  @inline(__always)
  private func word(_ place: inout Int) -> UInt64 {
    defer { place &+= 8 }
    return memory.loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }
}
