import GRDB
import Synchronization

/// What the one who writes has SQLite not look at in each row, for as long as no other write wants it looked at.
///
/// A switch has every statement that the connection keeps prepared anew. Where answers of thousands of rows are kept and
/// stored by turns, to switch for each of them was a twelfth of the writer's time.
package final class RowLooks: Sendable {
  /// Switched off by us; and what work around several writes leaves to each of them.
  private let state = Mutex<(left: RowChecks, around: RowChecks)>(([], []))

  /// Of a connection that looks at everything that it was opened to look at.
  package init() {}

  /// Has SQLite look at everything but `checks`. Outside of transactions.
  ///
  /// - Parameter indifferent: what the write looks at itself, too, but is not worth a switch.
  package func leave(_ checks: RowChecks, indifferent: RowChecks = [], _ db: Database) throws {
    let (left, around) = state.withLock { $0 }
    let unseen = checks.union(around)
    let wanted = left.subtracting(unseen).subtracting(indifferent)
    if !wanted.isEmpty {
      try db.lookAgain(at: wanted)
      state.withLock { $0.left.subtract(wanted) }
    }
    let unwanted = unseen.subtracting(left)
    if !unwanted.isEmpty {
      let switched = try db.stopLooking(at: unwanted)
      state.withLock { $0.left.formUnion(switched) }
    }
  }

  /// Has SQLite look at none of these in all writes from now on, until told `[]`.
  package func leaveThroughout(_ checks: RowChecks, _ db: Database) throws {
    state.withLock { $0.around = checks }
    try leave([], db)
  }
}
