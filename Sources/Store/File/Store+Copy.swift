import CSQLite
import GRDB
import Market
import SQLite
import Schema

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Store {
  /// Pages copied between two reports of progress: 4 MiB.
  private static let pagesAStep: Int32 = 256

  /// Copies the file as it stands at one moment, while others write.
  ///
  /// The copy is one file without a write-ahead log, readable by its owner only. Nobody waits for the disk: it is there to be
  /// packed, and gone then.
  ///
  /// - Parameters:
  ///   - target: a path at which there is nothing yet. When this throws, what was written so far stays there.
  ///   - end: how and when the run ends in the copy that is under way: the one that makes it, as its last deed.
  ///   - progress: called with the fraction that is done.
  package func copy(
    to target: String, endingRunAs end: (outcome: RunOutcome, at: Instant)? = nil, progress: (Double) -> Void = { _ in }
  ) throws(StoreError) {
    try DatabaseFile.create(target)
    do {
      let copy = try Store.openCopy(target)
      try queue.read { db in
        // The first row read fixes the moment; without it every step would see another one.
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
        try copy.writeWithoutTransaction { try Store.copyPages(from: db, to: $0, progress) }
      }
      if let end { try copy.write { db in try Store.endRun(as: end.outcome, at: end.at, db) } }
      // Takes the mark of a log off the copy, so that it can be read where nothing can be written.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch {
      throw .of(error, path: StoreError.isOfTarget(error) ? target : path)
    }
  }

  /// Opens a copy that nobody else knows, after bringing its schema up to date: without a log and without waiting for the
  /// disk.
  package static func broughtUpToDate(_ copy: String) throws(StoreError) -> Store {
    do {
      guard try readingOfAnyAge(copy).schemaVersion() < Migration.latest else { return try reading(copy) }
      let queue = try openCopy(copy)
      try queue.writeWithoutTransaction { try $0.migrate() }
      try queue.close()
      return try reading(copy)
    } catch {
      throw .of(error, path: copy)
    }
  }

  private static func endRun(as outcome: RunOutcome, at now: Instant, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE step SET outcome = 'done'
        WHERE outcome IS NULL AND run_id IN (SELECT run_id FROM run WHERE finished_at IS NULL)
        """)
    try db.execute(
      sql: """
        UPDATE run SET finished_at = max(started_at, ?), outcome = ?,
          file_bytes = (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)
        WHERE finished_at IS NULL
        """, arguments: [now.epochSeconds, outcome.rawValue])
  }

  private static func openCopy(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Nobody knows the copy yet: it needs neither a journal nor SQLite's syncing.
      try db.execute(sql: "PRAGMA mmap_size = 0; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func copyPages(from source: Database, to target: Database, _ progress: (Double) -> Void) throws {
    guard let backup = sqlite3_backup_init(target.sqliteConnection, "main", source.sqliteConnection, "main") else {
      throw failure(of: target)
    }
    var code = SQLITE_OK
    while code == SQLITE_OK {
      code = sqlite3_backup_step(backup, pagesAStep)
      let pages = sqlite3_backup_pagecount(backup)
      if pages > 0 { progress(1 - Double(sqlite3_backup_remaining(backup)) / Double(pages)) }
    }
    sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else { throw failure(of: target) }
  }

  private static func failure(of db: Database) -> any Error {
    let code = sqlite3_extended_errcode(db.sqliteConnection)
    let message = sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

extension StoreError {
  /// Whether a failure while copying was the copy's: the source is only read, so it cannot be full.
  fileprivate static func isOfTarget(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return error is StoreError }
    return error.resultCode == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_WRITE
  }
}

extension StoreFile {
  /// Brings a file that SQLite did not sync to the disk. Not for a database that a connection has open.
  static func sync(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notWritable(path: path, detail: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      if errno == ENOSPC || errno == EDQUOT { throw .diskFull(path: path) }
      throw .notWritable(path: path, detail: String(cString: strerror(errno)))
    }
  }
}
