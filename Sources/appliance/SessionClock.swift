import Market
import Store

extension Session {
  /// The clock for what is shown of a file: in a demo file the instant of its last run, standing still.
  func clock(of store: Store) throws -> Clock {
    guard try store.origin() == .demo, let last = try store.lastRun() else { return clock }
    return .standing(at: last.run.startedAt)
  }
}
