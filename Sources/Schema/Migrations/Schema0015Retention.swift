extension Migration {
  /// Bodies that tell only what differs from another one, and bodies that were let go.
  package static let retention = Migration(
    number: 15, name: "retention",
    sql: """
      -- Bodies whose content tells what differs from another body, and on how many others such a one rests.
      CREATE TABLE body_base (
        body_id INTEGER PRIMARY KEY REFERENCES body,
        base_id INTEGER NOT NULL REFERENCES body,
        depth INTEGER NOT NULL CHECK (depth > 0),
        CHECK (body_id <> base_id)
      ) STRICT;
      -- What rests on a body, before it goes.
      CREATE INDEX body_base_of ON body_base (base_id);

      -- Answers that were read and whose bytes were let go: when, by which rule, and what they were.
      CREATE TABLE body_expiry (
        fetch_id INTEGER PRIMARY KEY REFERENCES fetch,
        expired_at INTEGER NOT NULL,
        rule TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 BLOB NOT NULL
      ) STRICT;

      """)
}
