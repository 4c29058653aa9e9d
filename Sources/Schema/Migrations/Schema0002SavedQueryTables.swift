extension Migration {
  /// Questions that the user keeps by name.
  static let savedQueryTables = """
    CREATE TABLE saved_query (
      name TEXT PRIMARY KEY CHECK (name <> ''),
      sql TEXT NOT NULL CHECK (sql <> ''),
      saved_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
}
