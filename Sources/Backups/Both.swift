import Dispatch
import Synchronization

/// Does two things at the same time, each on a thread of its own, and waits for both.
///
/// - Throws: what the first threw, else what the second threw.
func both<A: Sendable, B: Sendable>(
  _ first: @Sendable () throws -> A, _ second: @Sendable () throws -> B
) throws -> (A, B) {
  let a = Mutex<Result<A, any Error>>(.failure(CancellationError()))
  let b = Mutex<Result<B, any Error>>(.failure(CancellationError()))
  DispatchQueue.concurrentPerform(iterations: 2) { index in
    if index == 0 {
      let result = Result { try first() }
      a.withLock { $0 = result }
    } else {
      let result = Result { try second() }
      b.withLock { $0 = result }
    }
  }
  return (try a.withLock { try $0.get() }, try b.withLock { try $0.get() })
}
