import Dispatch
import Synchronization

/// Does two things at the same time, the first on this thread and the second on one of its own, and waits for both. Also
/// on a machine with one core, and within one another.
///
/// - Throws: what the first threw, else what the second threw.
package func both<A, B: Sendable>(_ first: () throws -> A, _ second: @Sendable () throws -> B) throws -> (A, B) {
  var mine: Result<A, any Error>?
  let other = Mutex<Result<B, any Error>?>(nil)
  both({ mine = Result { try first() } }) {
    let result = Result { try second() }
    other.withLock { $0 = result }
  }
  guard let a = try mine?.get(), let b = try other.withLock({ try $0?.get() }) else { throw CancellationError() }
  return (a, b)
}

/// Does two things at the same time that cannot fail.
package func both(_ first: () -> Void, _ second: @Sendable () -> Void) {
  let isDone = DispatchGroup()
  withoutActuallyEscaping(second) { second in
    // A queue of its own has a thread of its own, whatever else the process waits for.
    DispatchQueue(label: "both").async(group: isDone) { second() }
    first()
    isDone.wait()
  }
}
