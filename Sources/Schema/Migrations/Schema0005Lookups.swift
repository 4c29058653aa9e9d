extension Migration {
  /// What a run looks up for each of hundreds of series: the last step of it, and which others are of its asset.
  package static let lookups = Migration(
    number: 5, name: "lookups",
    sql: """
      CREATE INDEX step_of_series ON step (series_id, step_id);
      CREATE INDEX series_of_asset ON series (asset_id, interval);
      """)
}
