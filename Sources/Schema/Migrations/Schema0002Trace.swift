extension Migration {
  /// What it takes to trace, doubt and undo: flags and decided quarantine, imported files, saved questions, and the
  /// snapshots that were believed before.
  package static let trace = Migration(
    number: 2, name: "trace", sql: qualityTables + importTables + savedQueryTables + snapshotHistoryTables)
}
