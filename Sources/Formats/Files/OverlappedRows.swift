import Dispatch
import Market
import Synchronization

/// Hands rows on to another receiver on a thread of its own, so that the next rows are read meanwhile.
///
/// At most two batches wait. What the other receiver throws is thrown by a later call, by `finish` at the latest; it gets
/// no more rows then. What fits into one batch needs no second thread.
///
/// Whoever made one calls `finish` or, where it came to nothing, `abandon`: until then the other receiver may be at work.
package final class OverlappedRows<Next: RowReceiver & SendableMetatype>: BatchReceiver, Sendable {
  // Used on the queue only, one batch at a time.
  nonisolated(unsafe) private let next: Next
  // Used on the thread that reads only, and by one call at a time.
  @exclusivity(unchecked) nonisolated(unsafe) private var batch = RowBatch()
  nonisolated(unsafe) private let check: () throws -> Void
  private let queue = DispatchQueue(label: "appliance.rows")
  private let room = DispatchSemaphore(value: 2)
  private let fault = Mutex<(any Error)?>(nil)
  private let spare = Mutex<[RowBatch]>([])

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
  package func integer(_ value: Int64) { batch.add(value) }
  /// A cell that holds a number.
  package func real(_ value: Double) { batch.add(value) }
  /// A cell that holds an instant.
  package func instant(_ value: Instant) { batch.add(value) }
  /// A cell that holds a text in UTF-8; the bytes are copied before this returns.
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) { batch.add(text: bytes) }
  /// A cell that holds nothing.
  package func null() { batch.addNull() }

  /// Rows that gathered elsewhere: full ones are handed over, and one that is not full waits for `finish`.
  ///
  /// - Parameter rows: an empty one afterwards, for others.
  package func take(_ rows: inout RowBatch) throws {
    if !batch.isEmpty { try handOver() }
    swap(&batch, &rows)
    if batch.isFull { try handOver() }
  }

  /// Ends the row and hands the batch over once enough has gathered.
  package func endRow() throws {
    batch.endRow()
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
    batch = spare.withLock { $0.popLast() } ?? RowBatch()
    queue.async { [self, full] in
      pass(full)
      spare.withLock { $0.append(full.emptied) }
      room.signal()
    }
  }

  private func pass(_ batch: RowBatch) {
    guard fault.withLock({ $0 == nil }) else { return }
    do { try batch.pass(to: next) } catch { fault.withLock { $0 = error } }
  }

  private func throwFault() throws {
    if let error = fault.withLock({ $0 }) { throw error }
  }
}
