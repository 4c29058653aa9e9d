import Datasets
import GRDB
import Market
import SQLite
import Schema
import Testing

@testable import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct BackupQueriesTests {
  @Test func `a copy is one private file with equal contents, made while its source is open for writing`() throws {
    let file = try BackedUpFile()
    let copy = file.path + ".copy"
    var fractions: [Double] = []
    try file.store.copy(to: copy) { fractions.append($0) }
    #expect(try Store.reading(copy).contents() == file.store.contents())
    #expect(fractions.last == 1)
    #expect(permissions(copy) == 0o600)
    #expect(permissions(copy + "-wal") == nil)
    #expect(try Store.reading(copy).read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "delete")
  }

  @Test func `a copy never replaces a file`() throws {
    let file = try BackedUpFile()
    #expect(throws: StoreError.self) { try file.store.copy(to: file.path) }
    #expect(try file.store.contents().count > 10)
  }

  @Test func `contents do not depend on where in the file rows lie`() throws {
    let file = try BackedUpFile()
    let before = try file.store.contents()
    try file.store.queue.writeWithoutTransaction { db in
      try db.execute(sql: "CREATE TABLE filler (x BLOB) STRICT; INSERT INTO filler VALUES (zeroblob(300000))")
      try db.execute(sql: "DROP TABLE filler")
      try db.execute(sql: "VACUUM")
    }
    #expect(try file.store.contents() == before)
  }

  @Test(arguments: [
    "UPDATE bar SET close = close + 1e-9 WHERE open_time = 3600",
    "UPDATE bar SET open_time = 10800 WHERE open_time = 7200",
    "DELETE FROM bar WHERE open_time = 3600",
  ])
  func `contents tell of every value that differs`(change: String) throws {
    let file = try BackedUpFile()
    let before = try file.store.contents()
    try file.store.write { try $0.execute(sql: change) }
    let after = try file.store.contents()
    #expect(zip(before, after).filter { $0 != $1 }.map(\.0.name) == ["bar"])
  }

  @Test func `text that moves from one column to the next makes another content`() throws {
    let file = try BackedUpFile()
    let before = try file.store.contents(of: ["asset"])
    try file.store.write { try $0.execute(sql: "UPDATE asset SET symbol = 'BT', name = 'CBitcoin'") }
    #expect(try file.store.contents(of: ["asset"]) != before)
  }

  @Test(arguments: [
    "INSERT INTO run (command, started_at, process_id, version) VALUES ('x', 1, 1, 'x')",
    "INSERT INTO step (run_id, name, started_at, rows_unchanged) VALUES (1, 'prices', 1, 5)",
    "INSERT INTO quota (source_id, window_seconds, window_start, used) VALUES (1, 60, 1, 1)",
    "UPDATE fetch SET read_outcome = 'read'",
  ])
  func `the change mark stays when a run learns nothing`(change: String) throws {
    let file = try BackedUpFile()
    let before = try file.store.changeMark()
    try file.store.write { try $0.execute(sql: change) }
    #expect(try file.store.changeMark() == before)
  }

  @Test(arguments: [
    "INSERT INTO step (run_id, name, started_at, rows_new) VALUES (1, 'prices', 1, 5)",
    "INSERT INTO step (run_id, name, started_at, rows_changed) VALUES (1, 'snapshot', 1, 5)",
    "UPDATE series SET row_count = 1, first_time = 0, last_time = 0",
    "INSERT INTO meta (key, value) VALUES ('origin', 'live')",
    "INSERT INTO decision (decided_at, kind, subject) VALUES (1, 'release', 'x')",
    "INSERT INTO gap (series_id, from_time, to_time, missing, reason) VALUES (1, 0, 0, 1, 'not_asked')",
  ])
  func `the change mark moves when anything else changes`(change: String) throws {
    let file = try BackedUpFile()
    let before = try file.store.changeMark()
    try file.store.write { try $0.execute(sql: change) }
    #expect(try file.store.changeMark() != before)
  }

  @Test(arguments: NamedDataset.views)
  func `the columns of a promised view are the view's own`(view: NamedDataset) throws {
    let file = try BackedUpFile()
    let columns = try file.store.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [view.name])
    }
    #expect(view.columns.map(\.name) == columns)
  }

  @Test func `hourly rows are those of the view, in its order`() throws {
    let file = try BackedUpFile()
    let cells = Cells()
    _ = try file.store.datasets.read { try $0.rows(of: .ohlcHourly, into: cells) }
    let rows = try file.store.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM ohlc_hourly ORDER BY asset, ts_utc").map { row in
        row.databaseValues.map { $0.storage.value.map { "\($0)" } ?? "" }.joined(separator: "|")
      }
    }
    #expect(rows.count == 3)
    #expect(cells.rows == rows)
  }

  @Test func `rows that point nowhere are told`() throws {
    let file = try BackedUpFile()
    #expect(try file.store.brokenReferences().isEmpty)
    #expect(try file.store.structuralFaults().isEmpty)
    try file.store.queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM fetch")
    }
    #expect(try file.store.brokenReferences().first == "a row of bar points to a row of fetch that is missing")
  }

  @Test func `what is done exclusively keeps writers out, and no longer than it lasts`() throws {
    let file = try BackedUpFile()
    let path = file.path + ".other"
    try Store.exclusively(path, command: "backup restore") {
      _ = #expect(throws: StoreError.locked(path: path, holder: "process \(getpid()), backup restore")) {
        try Store.writing(path, command: "ingest")
      }
    }
    _ = try Store.writing(path, command: "ingest")
  }
}

/// A file with one asset, a chosen series and three bars.
private final class BackedUpFile {
  let path: String
  let store: Store

  init() throws {
    var template = Array("\(TemporaryFolder.parent)/appliance-store-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    let folder = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    path = folder + "/appliance.db"
    store = try Store.writing(path, command: "test")
    try store.write { db in
      try db.execute(
        sql: """
          INSERT INTO asset (symbol, name, class) VALUES ('BTC', 'Bitcoin', 'crypto');
          INSERT INTO source (name, title, homepage) VALUES ('binance', 'Binance', '');
          INSERT INTO series (dataset, asset_id, source_id, interval, provider_symbol, priority)
            VALUES ('bar', 1, 1, '1h', 'BTCUSDT', 1);
          INSERT INTO run (command, started_at, process_id, version) VALUES ('test', 0, 1, '1');
          INSERT INTO fetch (run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
            wire_bytes) VALUES (1, 1, 'GET', '/', '', 0, 0, 1, 200, 0);
          INSERT INTO bar VALUES (1, 0, 1.5, 2.25, 1, 2, 0.1, 1), (1, 3600, 1.5, 2.25, 1, 2, 7, 1),
            (1, 7200, 1.5, 2.25, 1, 2, 1e-7, 1);
          INSERT INTO price_choice VALUES (1, '1h', 1, 1);
          """)
    }
  }

  deinit {
    for suffix in ["", "-wal", "-shm", ".lock", ".copy", ".other", ".other-wal", ".other-shm", ".other.lock"] {
      unlink(path + suffix)
    }
    rmdir(String(path.dropLast("/appliance.db".count)))
  }
}

/// Collects rows as text.
private final class Cells: RowReceiver {
  private(set) var rows: [String] = []
  private var cells: [String] = []

  func integer(_ value: Int64) { cells.append("\(value)") }
  func real(_ value: Double) { cells.append("\(value)") }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) { cells.append(String(decoding: bytes, as: UTF8.self)) }
  func instant(_ value: Instant) { cells.append("\(value)") }
  func null() { cells.append("") }

  func endRow() {
    rows.append(cells.joined(separator: "|"))
    cells = []
  }
}

private func permissions(_ path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
}
