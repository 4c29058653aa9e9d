extension Migration {
  /// Files that were brought in by hand, in the order in which their bytes came.
  static let importTables = """
    -- A file is one fetch; its target holds the order by which it was read. Its bytes, unpacked, are `import_part`s in
    -- the vault, or, by reference, lie at `path` and are known by size and hash.
    CREATE TABLE import_file (
      fetch_id INTEGER PRIMARY KEY REFERENCES fetch,
      series_id INTEGER NOT NULL REFERENCES series,
      -- Its own name, without folders.
      name TEXT NOT NULL,
      path TEXT,
      layout TEXT NOT NULL,
      part_size INTEGER NOT NULL CHECK (part_size > 0),
      -- Parts whose rows are stored; written in the transaction that stores them.
      parts_read INTEGER NOT NULL DEFAULT 0 CHECK (parts_read >= 0),
      -- Rows believed and rows refused.
      row_count INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0),
      refused_count INTEGER NOT NULL DEFAULT 0 CHECK (refused_count >= 0),
      -- Of the file as it was given; NULL until it was read to its end.
      size INTEGER CHECK (size >= 0),
      sha256 BLOB CHECK (length(sha256) = 32),
      CHECK ((size IS NULL) = (sha256 IS NULL))
    ) STRICT;
    -- Whether the same bytes were imported before, and whether anything came to the series since.
    CREATE INDEX import_file_of_series ON import_file (series_id, fetch_id);

    CREATE TABLE import_part (
      fetch_id INTEGER NOT NULL REFERENCES import_file,
      part INTEGER NOT NULL CHECK (part >= 0),
      body_id INTEGER NOT NULL REFERENCES body,
      PRIMARY KEY (fetch_id, part)
    ) STRICT, WITHOUT ROWID;

    """
}
