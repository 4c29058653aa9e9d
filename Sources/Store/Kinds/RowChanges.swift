import Market

/// What merging one batch of facts did: how many rows were new, changed and unchanged, and which keys were touched.
struct RowChanges {
  var new = 0
  var changed = 0
  var unchanged = 0
  /// UTC days (since the epoch) whose facts are new or changed.
  var days: Set<Int32> = []
  /// First and last key that is new.
  var extent: ClosedRange<Int64>?

  /// Of rows that are all stored as they are.
  static func none(of rows: Int) -> RowChanges {
    var changes = RowChanges()
    changes.unchanged = rows
    return changes
  }

  mutating func addNew(_ key: Int64) {
    new += 1
    touch(key)
    extent = extent.map { min($0.lowerBound, key)...max($0.upperBound, key) } ?? key...key
  }

  mutating func addChanged(_ key: Int64) {
    changed += 1
    touch(key)
  }

  private mutating func touch(_ key: Int64) {
    let day = Instant(epochSeconds: key).day.daysSinceEpoch
    guard day != lastDay else { return }
    lastDay = day
    days.insert(day)
  }

  /// Rows come in order, so the day is mostly the one of the row before.
  private var lastDay: Int32?
}
