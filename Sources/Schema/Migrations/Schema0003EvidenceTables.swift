extension Migration {
  /// Bodies of requests in the vault, files that fill several series, a quota a window, and a chronicle of acts to come.
  static let widerEvidence: [Change] = [
    // What was asked, when, and what came back. No secret is in the address, in the headers or in what was sent.
    .remake(
      "fetch",
      columns: """
          fetch_id INTEGER PRIMARY KEY,
          run_id INTEGER NOT NULL REFERENCES run,
          source_id INTEGER NOT NULL REFERENCES source,
          method TEXT NOT NULL,
          target TEXT NOT NULL,
          -- What was sent with it; NULL for nothing.
          request_body_id INTEGER REFERENCES body,
          url TEXT NOT NULL,
          asked_at INTEGER NOT NULL,
          received_at INTEGER NOT NULL,
          elapsed_ms INTEGER NOT NULL,
          status INTEGER,
          headers TEXT,
          body_id INTEGER REFERENCES body,
          wire_bytes INTEGER NOT NULL,
          error TEXT,
          -- NULL until the answer was read; then 'read', 'superseded' (a retry followed) or why it holds no facts.
          read_outcome TEXT,
          CHECK (status IS NOT NULL OR error IS NOT NULL)
        """,
      copy: """
        (fetch_id, run_id, source_id, method, target, request_body_id, url, asked_at, received_at,
          elapsed_ms, status, headers, body_id, wire_bytes, error, read_outcome)
        SELECT fetch.fetch_id, run_id, source_id, method, target, sent.body_id, url, asked_at, received_at, elapsed_ms,
          status, headers, fetch.body_id, wire_bytes, error, read_outcome
        FROM fetch LEFT JOIN temp.body_of_request AS sent ON sent.fetch_id = fetch.fetch_id
        ORDER BY fetch.fetch_id
        """),
    .sql("DROP TABLE temp.body_of_request;"),
    .sql(
      """
      -- Answers that were kept and never read, at the start of a run.
      CREATE INDEX fetch_unread ON fetch (fetch_id) WHERE read_outcome IS NULL;
      -- The last answer to the same question, for conditional requests and for `why`.
      CREATE INDEX fetch_by_target ON fetch (source_id, target, fetch_id);
      """),
    .remake(
      "quota", options: "STRICT, WITHOUT ROWID",
      columns: """
          source_id INTEGER NOT NULL REFERENCES source,
          -- The length of the window; 0 where a provider had only one and its length was not noted.
          window_seconds INTEGER NOT NULL CHECK (window_seconds >= 0),
          window_start INTEGER NOT NULL,
          used INTEGER NOT NULL,
          not_before INTEGER,
          PRIMARY KEY (source_id, window_seconds)
        """,
      copy: """
        (source_id, window_seconds, window_start, used, not_before)
        SELECT source_id, 0, window_start, used, not_before FROM quota
        """),
    .sql(
      """
      CREATE TABLE import_file_series (
        fetch_id INTEGER NOT NULL REFERENCES import_file,
        series_id INTEGER NOT NULL REFERENCES series,
        PRIMARY KEY (fetch_id, series_id)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO import_file_series (fetch_id, series_id) SELECT fetch_id, series_id FROM import_file;
      """),
    // A file is one fetch; its target holds the order by which it was read. Its bytes, unpacked, are `import_part`s in
    // the vault, or, by reference, lie at `path` and are known by size and hash.
    .remake(
      "import_file",
      columns: """
          fetch_id INTEGER PRIMARY KEY REFERENCES fetch,
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
        """,
      copy: """
        (fetch_id, name, path, layout, part_size, parts_read, row_count, refused_count, size,
          sha256)
        SELECT fetch_id, name, path, layout, part_size, parts_read, row_count, refused_count, size, sha256
        FROM import_file
        """),
    .sql(
      """
      -- Whether the same bytes were imported before, and whether anything came to the series since.
      CREATE INDEX import_file_of_series ON import_file_series (series_id, fetch_id);
      """),
    // What was done with the answers, in the order of the commits: a rebuild does the same again. Each row is written
    // in the transaction that it tells of. `at` is the instant that the act was told: for 'chosen' the newest bar due.
    // 'part' is a part of an imported file, whose 'read' tells that the file was read to its end.
    .remake(
      "chronicle",
      columns: """
          entry_id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL CHECK (kind <> ''),
          at INTEGER,
          fetch_id INTEGER REFERENCES fetch,
          run_id INTEGER REFERENCES run,
          step_id INTEGER REFERENCES step,
          series_id INTEGER REFERENCES series,
          asset_id INTEGER REFERENCES asset,
          decision_id INTEGER REFERENCES decision,
          interval TEXT,
          from_time INTEGER,
          to_time INTEGER,
          part INTEGER,
          -- What else the act is about, in the words of its kind.
          detail TEXT,
          CHECK (kind <> 'part' OR part IS NOT NULL)
        """,
      copy: """
        (entry_id, kind, at, fetch_id, run_id, step_id, series_id, asset_id, decision_id, interval,
          from_time, to_time, part)
        SELECT entry_id, kind, at, fetch_id, run_id, step_id, series_id, asset_id, decision_id, interval, from_time, to_time,
          part
        FROM chronicle ORDER BY entry_id
        """),
  ]
}
