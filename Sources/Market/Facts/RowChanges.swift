/// What merging one batch of facts did: how many rows were new, changed and unchanged, and which keys were touched.
package struct RowChanges {
  /// Rows that were not there.
  package var new = 0
  /// Rows that were there with other values.
  package var changed = 0
  /// Rows that were there as they are.
  package var unchanged = 0
  /// UTC days (since the epoch) whose facts are new or changed.
  package var days: Set<Int32> = []
  /// First and last key that is new.
  package var extent: ClosedRange<Int64>?
  /// Rows come in order, so the day is mostly the one of the row before.
  @usableFromInline var lastDay: Int32?

  /// Nothing done yet.
  package init() {}

  /// Of rows that are all stored as they are.
  package static func none(of rows: Int) -> RowChanges {
    var changes = RowChanges()
    changes.unchanged = rows
    return changes
  }

  /// Counts a row that was not there, by the epoch seconds of its key.
  @inlinable
  package mutating func addNew(_ key: Int64) {
    new += 1
    touch(key)
    extent = extent.map { min($0.lowerBound, key)...max($0.upperBound, key) } ?? key...key
  }

  /// Counts a row that got other values.
  @inlinable
  package mutating func addChanged(_ key: Int64) {
    changed += 1
    touch(key)
  }

  @inlinable
  mutating func touch(_ key: Int64) {
    let day = Instant(epochSeconds: key).day.daysSinceEpoch
    guard day != lastDay else { return }
    lastDay = day
    days.insert(day)
  }
}
