import Market
import Synchronization

/// Rows that several tasks stored.
final class StoredCounts: Sendable {
  private let counts = Mutex(StepCounts())

  var value: StepCounts { counts.withLock { $0 } }

  func add(_ more: StepCounts) { counts.withLock { $0 = $0 + more } }
}
