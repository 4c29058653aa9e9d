import CSQLite
import Store

/// What a running question has used up. SQLite asks it every few thousand steps whether to go on.
final class QueryBudget {
  private let limits: QueryLimits
  private let elapsed: () -> Duration
  private var steps = 0
  /// What ended the question, if it was this.
  private(set) var exceeded: QueryError?

  private static let interval = 2000

  /// - Parameter elapsed: monotonic time since the question was put.
  init(_ limits: QueryLimits, elapsed: @escaping () -> Duration) {
    self.limits = limits
    self.elapsed = elapsed
  }

  /// Watches over the connection from now on. It must live as long as the connection.
  func watch(_ connection: OpaquePointer) {
    sqlite3_progress_handler(
      connection, Int32(QueryBudget.interval),
      { context in
        guard let context else { return 1 }
        return Unmanaged<QueryBudget>.fromOpaque(context).takeUnretainedValue().mayGoOn() ? 0 : 1
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func mayGoOn() -> Bool {
    steps += QueryBudget.interval
    if let limit = limits.steps, steps > limit {
      exceeded = .tooManySteps(limit: limit)
    } else {
      checkTime()
    }
    return exceeded == nil
  }

  /// Takes note when the time is up. Rows that take few steps each are asked here as well.
  func checkTime() {
    if let limit = limits.time, elapsed() > limit { exceeded = .timedOut(after: limit) }
  }
}
