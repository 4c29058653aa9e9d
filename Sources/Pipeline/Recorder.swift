import Dispatch
import Market
import SQLite
import Store
import Synchronization

/// The one place of a run that writes: calls to the store, in order, on a thread of their own.
///
/// SQLite blocks; the tasks of a run must not. What arrives while the writer is busy is kept together, in one commit, and
/// stored together, in another.
struct Recorder: Sendable {
  let store: Store
  private let queue = DispatchQueue(label: "appliance.recorder")
  private let arrived = Gathering<Arrival, FetchID?>()
  private let read = Gathering<ReadAnswer, Result<[StepCounts], StoreError>>()

  init(store: Store) {
    self.store = store
  }

  /// How many are waiting for the writer.
  var waitingToBeKept: Int { arrived.count }
  var waitingToBeStored: Int { read.count }

  /// Does something with the store when its turn comes.
  func callAsFunction<T: Sendable>(_ body: @escaping @Sendable (Store) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body(store) }) }
    }
  }

  private struct Arrival: Sendable {
    let packed: PackedRoundTrip
    let run: RunID
    let quotas: [QuotaState]
  }

  /// Puts what was asked and answered into the vault, with whatever else is waiting to be put there.
  ///
  /// - Returns: for each of them the fetch of its last attempt, if that brought an answer.
  func keep(_ packed: [PackedRoundTrip], of run: RunID, quotas: [QuotaState]) async throws -> [FetchID?] {
    try await arrived.add(packed.map { Arrival(packed: $0, run: run, quotas: quotas) }, on: queue) { waiting in
      guard let last = waiting.last else { return [] }
      return try store.vault.keep(waiting.map(\.packed), of: last.run, quotas: last.quotas)
    }
  }

  /// Stores what was read from answers, with whatever else is waiting to be stored.
  ///
  /// - Returns: what each of them came to.
  func store(_ answers: [ReadAnswer]) async throws -> [Result<[StepCounts], StoreError>] {
    try await read.add(answers, on: queue) { waiting in try store.facts.store(waiting) }
  }
}

/// Things that wait for their turn on a queue, taken together when it comes.
private final class Gathering<Item: Sendable, Outcome: Sendable>: Sendable {
  private struct Entry: Sendable {
    let items: [Item]
    let continuation: CheckedContinuation<[Outcome], any Error>
  }
  private let waiting = Mutex<[Entry]>([])

  var count: Int { waiting.withLock { $0.reduce(0) { $0 + $1.items.count } } }

  /// - Parameter work: gives an outcome for each item, in their order; what it throws, all that were taken together throw.
  func add(
    _ items: [Item], on queue: DispatchQueue, _ work: @escaping @Sendable ([Item]) throws -> [Outcome]
  ) async throws -> [Outcome] {
    try await withCheckedThrowingContinuation { continuation in
      waiting.withLock { $0.append(Entry(items: items, continuation: continuation)) }
      queue.async { self.perform(work) }
    }
  }

  /// Does everything that waits; for those taken along by an earlier turn there is nothing left to do.
  private func perform(_ work: ([Item]) throws -> [Outcome]) {
    let entries = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    guard !entries.isEmpty else { return }
    do {
      var outcomes = try work(entries.flatMap(\.items))[...]
      for entry in entries {
        entry.continuation.resume(returning: Array(outcomes.prefix(entry.items.count)))
        outcomes = outcomes.dropFirst(entry.items.count)
      }
    } catch {
      for entry in entries { entry.continuation.resume(throwing: error) }
    }
  }
}
