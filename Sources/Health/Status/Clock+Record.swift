import Market
import Store

extension Clock {
  /// The clock that whoever reads a file goes by: this one; in a demo file it stands at the instant of the last run.
  package func reading(_ store: Store) throws -> Clock {
    guard try store.origin() == .demo, let run = try store.runs.lastRun()?.run else { return self }
    return .standing(at: run.finishedAt ?? run.startedAt)
  }
}
