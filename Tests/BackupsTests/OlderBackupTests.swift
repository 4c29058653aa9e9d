import Formats
import GRDB
import Market
import Support
import Testing

@testable import Backups
@testable import Store

/// Archives of an older appliance, and of the file that it left.
@Suite struct OlderBackupTests {
  let home: TestHome
  init() throws {
    home = try TestHome()
    try Folder.create(home.folder)
  }

  private func version(_ path: String) throws -> Int { try Store.readingOfAnyAge(path).schemaVersion() }

  @Test func `an archive that it made is listed as proven, and proves good again`() throws {
    try OlderRecord.putArchive(in: home.folder)
    let entry = try #require(try home.backups().list().backups.first)
    #expect(entry.name == OlderRecord.archiveName)
    #expect(entry.isProven)
    #expect(try home.backups().verify(entry.name).rows > 2000)
    #expect(try home.backups().verifyAll().count == 1)
  }

  @Test func `restored it is the old file, which the next run brings up to date`() throws {
    try OlderRecord.putArchive(in: home.folder)
    _ = try home.backups().restore(OlderRecord.archiveName)
    #expect(try version(home.database) == OlderRecord.schema)
    let before = try Store.readingOfAnyAge(home.database).contents(of: ["bar", "etf_flow"])
    let store = try Store.writing(home.database, command: "ingest")
    #expect(try store.schemaVersion() == Store.knownSchemaVersion)
    #expect(try store.contents(of: ["bar", "etf_flow"]) == before)
    #expect(try store.brokenReferences() == [])
  }

  @Test func `parts of it are looked at in the schema of today`() throws {
    try OlderRecord.putArchive(in: home.folder)
    let (version, imports) = try home.backups().withRestored(OlderRecord.archiveName) { _, restored, _ in
      (try restored.schemaVersion(), try restored.imports.all().count)
    }
    #expect(version == Store.knownSchemaVersion)
    #expect(imports == 3)
  }

  @Test func `the file itself is backed up and proven before it is brought up to date`() throws {
    try OlderRecord.put(at: home.database)
    var made: BackupMade?
    let store = try Store.writing(home.database, command: "ingest") { _ in made = try home.backups().create() }
    store.close()
    let name = try #require(made).name
    _ = try home.backups().verify(name)
    _ = try home.backups().restore(name, to: "\(home.path)/then.db")
    #expect(try version("\(home.path)/then.db") == OlderRecord.schema)
    // The file that stands there now is the same record, and another state of it.
    #expect(try home.backups().list().backups.map(\.isOwn) == [true])
    #expect(try Store.reading(home.database).changeMark() != Store.readingOfAnyAge("\(home.path)/then.db").changeMark())
  }

  /// Takes from a file what schema 20 brought; its events are seen through a view of then.
  private func makeOlder(_ db: Database) throws {
    let views = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid")
    for view in views { try db.execute(sql: "DROP VIEW \(view["name"] as String)") }
    try db.execute(
      sql: """
        ALTER TABLE event_item DROP COLUMN form;
        ALTER TABLE event_item_restatement DROP COLUMN form;
        PRAGMA user_version = 19;
        """)
    for view in views where view["name"] != "market_event" { try db.execute(sql: view["sql"]) }
    let columns = """
      event_id kind at day country asset_id title importance forecast previous actual unit source fetch_id time_of_day \
      forecast_value previous_value actual_value url is_withdrawn week actual_series actual_period actual_vintage
      """.split(separator: " ").map { "NULL AS \($0)" }.joined(separator: ", ")
    try db.execute(sql: "CREATE VIEW market_event AS SELECT \(columns) WHERE 0")
  }

  @Test func `a view of then lacks a column of today, and the backup before the migration does without`() throws {
    try Store.writing(home.database, command: "test").write { db in try makeOlder(db) }
    #expect(try version(home.database) == 19)
    var made: BackupMade?
    let store = try Store.writing(home.database, command: "ingest") { _ in made = try home.backups().create() }
    #expect(try store.schemaVersion() == Store.knownSchemaVersion)
    #expect(try home.backups().verify(#require(made).name).rows > 0)
  }
}
