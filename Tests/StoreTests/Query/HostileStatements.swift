/// Statements that a question must not be. None of them does harm, all of them are told why not.
enum HostileStatements {
  /// Those that write, or would leave something behind.
  static let writing = [
    "INSERT INTO bar SELECT series_id, open_time + 1, open, high, low, close, volume, fetch_id FROM bar",
    "INSERT OR REPLACE INTO meta VALUES ('origin', 'live')", "REPLACE INTO meta VALUES ('a', 'b')",
    "UPDATE bar SET close = 0", "UPDATE sqlite_schema SET sql = ''", "DELETE FROM bar", "DELETE FROM sqlite_schema",
    "WITH x AS (SELECT 1) DELETE FROM bar", "WITH x AS (SELECT 1) INSERT INTO meta SELECT 'a', 'b'",
    "INSERT INTO bar SELECT * FROM bar RETURNING close", "DELETE FROM bar RETURNING *",
    "CREATE TABLE x (a)", "CREATE TABLE x AS SELECT * FROM bar", "CREATE TEMP TABLE x (a)",
    "CREATE TEMPORARY TABLE x AS SELECT 1", "CREATE TABLE temp.x (a)", "CREATE VIEW x AS SELECT 1",
    "CREATE TEMP VIEW x AS SELECT 1", "CREATE INDEX x ON bar (close)",
    "CREATE TRIGGER x AFTER INSERT ON bar BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER x AFTER INSERT ON bar BEGIN SELECT 1; END",
    "CREATE VIRTUAL TABLE x USING fts5 (a)", "CREATE VIRTUAL TABLE temp.x USING fts3 (a, tokenize=simple)",
    "CREATE VIRTUAL TABLE x USING rtree (a, b, c)", "CREATE VIRTUAL TABLE temp.x USING dbstat",
    "ALTER TABLE bar RENAME TO rab", "ALTER TABLE bar ADD COLUMN x", "ALTER TABLE bar DROP COLUMN close",
    "DROP TABLE bar", "DROP VIEW ohlc_hourly", "DROP INDEX step_of_run", "REINDEX", "ANALYZE", "ANALYZE bar",
    "VACUUM", "VACUUM INTO '/tmp/appliance-hostile.db'", "VACUUM main INTO 'file:/tmp/appliance-hostile.db'",
  ]

  /// Those that change the connection, or reach beyond the file.
  static let reaching = [
    "PRAGMA writable_schema = ON", "PRAGMA query_only = 0", "PRAGMA query_only(0)", "PRAGMA journal_mode = DELETE",
    "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA user_version = 0", "PRAGMA application_id = 0",
    "PRAGMA temp_store_directory = '/tmp'", "PRAGMA hard_heap_limit = 0", "PRAGMA trusted_schema = 1",
    "PRAGMA case_sensitive_like = 1", "PRAGMA cache_size = 1000000", "PRAGMA mmap_size = 1000000000",
    "PRAGMA database_list", "PRAGMA table_info(bar)", "PRAGMA integrity_check", "PRAGMA incremental_vacuum",
    "PRAGMA optimize", "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA key = 'x'", "EXPLAIN PRAGMA query_only = 0",
    "SELECT * FROM pragma_database_list", "SELECT * FROM pragma_table_info('bar')", "SELECT 1 FROM pragma_query_only",
    "SELECT * FROM pragma_wal_checkpoint", "SELECT count(*) FROM pragma_function_list", "SELECT * FROM dbstat",
    "SELECT count(*) FROM dbstat", "SELECT * FROM sqlite_stmt", "SELECT * FROM fts3tokenize('simple', 'a')",
    "SELECT * FROM sqlite_dbpage", "SELECT * FROM sqlite_temp_schema", "SELECT count(*) FROM sqlite_temp_master",
    "SELECT * FROM sqlite_sequence", "SELECT * FROM generate_series(1, 10)", "SELECT * FROM bytecode('SELECT 1')",
    "ATTACH ':memory:' AS x", "ATTACH '/tmp/appliance-hostile.db' AS x", "ATTACH DATABASE 'file:x?mode=rwc' AS x",
    "DETACH main", "BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "COMMIT", "END", "ROLLBACK", "SAVEPOINT x",
    "RELEASE x", "EXPLAIN DELETE FROM bar", "EXPLAIN QUERY PLAN DELETE FROM bar",
    "SELECT load_extension('/tmp/x.so')", "SELECT load_extension('/tmp/x.so', 'y')",
    "SELECT fts3_tokenizer('simple')", "SELECT fts3_tokenizer('simple', x'4141414141414141')",
    "SELECT FTS3_TOKENIZER('simple')", "SELECT \"fts3_tokenizer\"('simple')", "SELECT [load_extension]('x')",
    "SELECT readfile('/etc/passwd')", "SELECT writefile('/tmp/appliance-hostile.db', 'x')", "SELECT edit('x', 'vi')",
    "SELECT * FROM fsdir('/')", "SELECT sqlite_log(1, 'x')", "SELECT rtreecheck('bar')", "SELECT fts5(NULL)",
    "SELECT optimize('x')", "SELECT last_insert_rowid()", "SELECT sqlite_compileoption_get(1)", "SELECT 1 REGEXP 'a'",
    "SELECT 'a' MATCH 'b'", "SELECT close FROM bar WHERE load_extension('x')",
    "SELECT (SELECT fts3_tokenizer('simple'))", "WITH x AS (SELECT load_extension('x')) SELECT * FROM x",
    "SELECT 1 ORDER BY load_extension('x')", "SELECT max(close) FILTER (WHERE load_extension('x')) FROM bar",
    "VALUES (load_extension('x'))", "SELECT json_group_array(load_extension('x')) FROM bar",
  ]

  /// Those that are no question, or more than one.
  static let malformed = [
    "", "   \n", ";", "-- nothing", "/* nothing */", ".tables", "  .shell rm -rf /", ".read /etc/passwd",
    ".open /tmp/appliance-hostile.db", "SELECT 1; SELECT 2", "SELECT 1; DELETE FROM bar",
    "SELECT 1; PRAGMA query_only = 0", "SELECT 1;\n-- so\nDROP TABLE bar", "SELECT 1; garbage",
    "SELECT 1;;; ATTACH 'x' AS y", "SELECT 1\0; DELETE FROM bar", "\0", "SELECT \"unknown\"", "SELECT 'open",
    "SELECT (((", "SELEC 1", "SELECT nosuch FROM bar", "SELECT * FROM nosuch", "SELECT nosuch(1)", "SELECT abs()",
    "SELECT ?", "SELECT 1 FROM main.sqlite_stat1", "SELECT * FROM temp.gap",
  ]

  /// Those that would take too much: memory, time, depth, length.
  static let greedy = [
    "SELECT zeroblob(1000000000)", "SELECT randomblob(1000000000)", "SELECT hex(zeroblob(900000))",
    "SELECT replace(hex(zeroblob(100000)), '0', hex(zeroblob(100000)))",
    "SELECT group_concat(hex(zeroblob(400000))) FROM bar", "SELECT json_group_array(hex(zeroblob(400000))) FROM bar",
    "SELECT char() || zeroblob(999999) || zeroblob(999999)", "SELECT quote(zeroblob(900000))",
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c AS a, c AS b",
    "WITH RECURSIVE c (x) AS (SELECT 'x' UNION ALL SELECT x || x FROM c) SELECT max(length(x)) FROM c",
    "WITH RECURSIVE c (x) AS (VALUES (1) UNION SELECT random() FROM c) SELECT count(DISTINCT x) FROM c",
    "SELECT count(*) FROM bar a, bar b, bar c, bar d, bar e, bar f",
    "SELECT sum(a.close) FROM bar a, bar b, bar c, bar d, bar e",
    "SELECT 1 FROM bar WHERE 'a' LIKE '\(String(repeating: "%a", count: 200))'",
    "SELECT 'a' GLOB '\(String(repeating: "*a", count: 200))'",
    "SELECT \(String(repeating: "(", count: 500))1\(String(repeating: ")", count: 500))",
    "SELECT \(String(repeating: "1+", count: 5000))1", "SELECT \(String(repeating: "-", count: 5000))1",
    "SELECT \(String(repeating: "NOT ", count: 5000))1",
    "SELECT 1 \(String(repeating: "UNION ALL SELECT 1 ", count: 200))",
    "SELECT \(Array(repeating: "1", count: 1000).joined(separator: ","))",
    "SELECT max(\(Array(repeating: "1", count: 200).joined(separator: ",")))",
    "SELECT \(Array(repeating: "zeroblob(999000)", count: 40).joined(separator: ","))",
    "SELECT '\(String(repeating: "x", count: 120_000))'",
    "SELECT 1 WHERE 1 IN (\(Array(repeating: "?1", count: 30_000).joined(separator: ",")))",
    "SELECT ?999999",
  ]

  /// Those that only look so, or that SQLite itself makes harmless: a text that would be too long becomes null.
  static let toothless = [
    "SELECT printf('%.*c', 1000000000, 'x')", "SELECT printf('%1000000000d', 1)", "SELECT format('%999999999s', 'x')",
    "\u{feff}SELECT 1", "SELECT 1; /* DELETE FROM bar; */ ;", "SELECT 'x; DELETE FROM bar; --'",
    "SELECT quote('''; DELETE FROM bar; --')", "EXPLAIN SELECT * FROM bar",
  ]

  static let all = writing + reaching + malformed + greedy
}
