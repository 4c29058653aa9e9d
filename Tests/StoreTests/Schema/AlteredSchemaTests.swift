import GRDB
import Market
import SQLite
import Schema
import Support
import Testing

@testable import Store

/// Something that another program put into the file can change what is written; what the user named as his own may stay.
@Suite struct AlteredSchemaTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("appliance.db") }

  init() throws {
    folder = try TemporaryFolder()
    _ = try Store.writing(path, command: "ingest")
  }

  private func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
  }

  private func faults() throws -> [String] { try Store.readingOfAnyAge(path).schemaFaults() }

  @Test func `what the tables of each version are known by is what its migrations make`() throws {
    for version in 1...Migration.latest {
      let hash = ExpectedSchema.hash(try ExpectedSchema.made(version, .standard))
      #expect(Migration.hashes[version] == hash, "\(version): \(hash)")
    }
  }

  @Test func `a new file and one of an older appliance are as they should be`() throws {
    #expect(try faults() == [])
    let old = try OldFile()
    #expect(try Store.readingOfAnyAge(old.path).schemaFaults() == [])
    #expect(try old.migrated().schemaFaults() == [])
  }

  @Test(arguments: [
    (
      "CREATE TRIGGER twice AFTER INSERT ON bar BEGIN UPDATE bar SET close = 2 * close WHERE rowid = new.rowid; END",
      "the trigger twice on bar is none of its own; remove it: DROP TRIGGER \"twice\""
    ),
    (
      "CREATE TRIGGER my_own AFTER INSERT ON sentiment BEGIN SELECT 1; END",
      "the trigger my_own on sentiment is none of its own; remove it: DROP TRIGGER \"my_own\""
    ),
    (
      "CREATE UNIQUE INDEX my_unique ON sentiment (value)",
      "the index my_unique on sentiment is none of its own; remove it: DROP INDEX \"my_unique\""
    ),
    ("CREATE TABLE notes (text TEXT)", "the table notes is none of its own; remove it: DROP TABLE \"notes\""),
    ("CREATE VIEW v AS SELECT 1", "the view v is none of its own; remove it: DROP VIEW \"v\""),
    (
      "CREATE TABLE my_gaps (gap INTEGER REFERENCES gap)",
      "the table my_gaps refers to gap and would stop what is written there; make it without REFERENCES, or remove it: "
        + "DROP TABLE \"my_gaps\""
    ),
    ("DROP INDEX fetch_unread", "the index fetch_unread is missing"),
    ("ALTER TABLE bar ADD COLUMN note TEXT", "the table bar is not as this program makes it"),
    (
      "DROP VIEW sentiment_daily; CREATE VIEW sentiment_daily AS SELECT '2025-01-01' AS as_of_date, 1 AS fng_value",
      "the view sentiment_daily is not as this program makes it"
    ),
    ("DROP VIEW etf_flows_daily", "the view etf_flows_daily is missing"),
  ])
  func `what somebody else did to the schema is named, and nothing is written to the file`(
    sql: String, fault: String
  ) throws {
    try tamper(sql)
    #expect(try faults() == [fault])
    let refusal = StoreError.alteredSchema(path: path, fault: fault)
    #expect(throws: refusal) { try Store.writing(path, command: "ingest") }
    #expect(refusal.isIntegrity)
    #expect("\(refusal)".contains(fault))
    #expect(try Store.reading(path).schemaVersion() == Migration.latest, "it can be read all the same")
  }

  @Test func `what was added is refused in an older file too, before anything is migrated`() throws {
    let old = try OldFile()
    try old.tamper("CREATE TRIGGER twice AFTER INSERT ON bar BEGIN SELECT 1; END")
    #expect(throws: StoreError.self) { try old.migrated() }
    #expect(try old.schemaVersion() == OlderRecord.schema)
  }

  private static let own = """
    CREATE TABLE my_notes (id INTEGER PRIMARY KEY, asset TEXT NOT NULL, "the text" TEXT, length AS (length("the text")));
    INSERT INTO my_notes (asset, "the text") VALUES ('BTC', 'held since 2013'), ('ETH', NULL);
    CREATE INDEX by_asset ON my_notes (asset);
    CREATE VIEW my_assets AS SELECT symbol, note."the text" FROM asset JOIN my_notes AS note ON note.asset = asset.symbol;
    CREATE TABLE MY_log (at TEXT);
    CREATE TRIGGER my_trigger AFTER INSERT ON my_notes BEGIN INSERT INTO MY_log SELECT symbol FROM asset; END;
    """

  /// The texts of the user's own objects, and the rows of his tables.
  private func own(_ store: Store) throws -> [String] {
    try store.read { db in
      try db.schemaObjects().filter(\.isUsers).map(\.sql) + db.literals("SELECT * FROM my_notes")
    }
  }

  @Test func `the user's own tables, views and what belongs to them are no fault`() throws {
    try tamper(Self.own)
    #expect(try faults() == [])
    let store = try Store.writing(path, command: "ingest")
    #expect(try own(store).count == 5 + 2)
  }

  @Test func `what the user writes into a table of his own is a change to be backed up`() throws {
    try tamper(Self.own)
    let before = try Store.reading(path).changeMark()
    #expect(try Store.reading(path).changeMark() == before)
    try tamper("UPDATE my_notes SET asset = 'SOL' WHERE asset = 'ETH'")
    #expect(try Store.reading(path).changeMark() != before)
  }

  @Test func `a row of the user's own that points nowhere is no fault of the record`() throws {
    try tamper("CREATE TABLE my_a (id INTEGER PRIMARY KEY); CREATE TABLE my_b (a INTEGER REFERENCES my_a)")
    try tamper("PRAGMA foreign_keys = OFF; INSERT INTO my_b VALUES (9)")
    #expect(try faults() == [])
    #expect(try Store.reading(path).brokenReferences() == [])
  }

  @Test func `a migration leaves the user's own as it was`() throws {
    let old = try OldFile()
    try old.tamper(Self.own)
    let before = try own(try Store.readingOfAnyAge(old.path))
    #expect(before.count == 5 + 2)
    #expect(try own(try old.migrated()) == before)
  }

  @Test func `a rebuild takes the user's own over`() throws {
    try tamper(Self.own)
    let source = try Store.reading(path)
    let target = try Store.rebuilding(folder.file("rebuilt.db"))
    try source.chronicle.atOneMoment { try $0.carryUsersObjects(to: target) }
    try target.chronicle.finishRebuild()
    let rebuilt = try Store.reading(folder.file("rebuilt.db"))
    #expect(try own(rebuilt) == own(source))
    #expect(try rebuilt.schemaFaults() == [])
  }
}
