extension Migration {
  /// Snapshots and summaries as they stood before they were computed anew.
  static let snapshotHistoryTables = ""
}
