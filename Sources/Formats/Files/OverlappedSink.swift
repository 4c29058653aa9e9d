import Dispatch
import Synchronization

/// A sink that writes on a thread of its own, so that the next bytes are made meanwhile.
///
/// At most four pieces wait. What is wrong with a piece is thrown by a later call, by `finish` at the latest; nothing
/// is written after it.
package final class OverlappedSink: ByteSink, Sendable {
  // Only ever used on the queue, one call at a time.
  nonisolated(unsafe) private let next: any ByteSink
  private let queue = DispatchQueue(label: "appliance.sink")
  private let room = DispatchSemaphore(value: 4)
  private let fault = Mutex<FileError?>(nil)

  /// - Parameter next: where the bytes go; nobody else may use it until `finish` has returned.
  package init(into next: any ByteSink) { self.next = next }

  /// Takes a copy of the bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try check()
    let piece = [UInt8](bytes)
    room.wait()
    queue.async { [self] in
      defer { room.signal() }
      guard fault.withLock({ $0 == nil }) else { return }
      do throws(FileError) {
        try next.write(piece)
      } catch {
        fault.withLock { $0 = error }
      }
    }
  }

  /// Waits until everything is written.
  package func finish() throws(FileError) {
    queue.sync {}
    try check()
  }

  private func check() throws(FileError) {
    if let error = fault.withLock({ $0 }) { throw error }
  }
}
