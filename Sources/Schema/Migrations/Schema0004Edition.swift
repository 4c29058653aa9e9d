extension Migration {
  /// By which edition of the rules each answer and each file was read, so that what newer rules read otherwise is told
  /// apart from what was damaged.
  package static let edition = Migration(
    number: 4, name: "edition",
    sql: """
      -- The edition of the rules by which it was read; NULL until then.
      ALTER TABLE fetch ADD COLUMN edition INTEGER CHECK (edition > 0);
      UPDATE fetch SET edition = 1 WHERE read_outcome IS NOT NULL;
      """)
}
