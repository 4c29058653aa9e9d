extension Migration {
  /// Snapshots of days that were not whole, so that those of days that have ended since are found without a look at all.
  package static let runningDays = Migration(
    number: 18, name: "running_days",
    sql: """
      CREATE INDEX market_snapshot_running ON market_snapshot (day) WHERE is_complete = 0;

      """)
}
