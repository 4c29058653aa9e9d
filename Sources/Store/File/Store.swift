import CSQLite
import GRDB
import Market
import SQLite

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one SQLite file, opened either by its single writer or by a reader who changes nothing.
///
/// Tables and columns are read and written only in this room; the others call the doors of its facets, which lie in
/// the folders of what they are about.
package final class Store: Sendable {
  /// Where the file is, as the caller named it; `:memory:` for one that has none.
  package let path: String
  /// The instant as of which the file is shown; `nil` for now.
  package let asOf: Instant?
  /// The kinds of fact that it may hold.
  package let kinds: Kinds
  let queue: DatabaseQueue
  private let lock: WriterLock?
  /// Where file and lock lay when writing began; `nil` where nobody else can get at the file, or it is only read.
  private let footing: Footing?
  let looks = RowLooks()
  /// Of a file that is brought to the disk at its end: has it written meanwhile.
  private let writeBehind: WriteBehind?
  /// When what is written is on the disk; of a file that is only read it means nothing.
  let durability: Durability

  /// Done once, before the library is first used.
  static let librarySetUp: Void = appliance_count_no_memory()

  /// - Parameter open: opens the connection; from before it on, the file counts as open.
  init(
    path: String, kinds: Kinds, asOf: Instant? = nil, lock: WriterLock?, durability: Durability = .everyCommit,
    _ open: () throws -> DatabaseQueue
  ) throws {
    _ = Store.librarySetUp
    OpenFiles.opened(path)
    writeBehind = durability.isBroughtAtEnd ? WriteBehind(path) : nil
    do {
      queue = try open()
      footing = try lock.map { lock throws(StoreError) in try Footing(database: path, lock: lock) }
      if !queue.configuration.readonly { try queue.writeWithoutTransaction(BarFeed.register) }
    } catch {
      OpenFiles.closed(path)
      throw error
    }
    self.path = path
    self.kinds = kinds
    self.asOf = asOf
    self.lock = lock
    self.durability = durability
  }

  deinit {
    close()
    OpenFiles.closed(path)
  }

  /// Opens the file for reading: no lock, no checkpoint, nothing written.
  ///
  /// Works beside a running writer, and on a read-only medium. A missing file, a foreign one, a newer one and an older one
  /// throw.
  package static func reading(_ path: String, kinds: Kinds = .standard) throws(StoreError) -> Store {
    try openedForReading(path, kinds, asOf: nil)
  }

  /// The same for a file that an older appliance may have written: for what is asked of a file whatever its schema, as
  /// backups and `doctor` do. What reads a table by its columns may not find them.
  package static func readingOfAnyAge(_ path: String) throws(StoreError) -> Store {
    try openedForReading(path, .standard, asOf: nil, mayBeOlder: true)
  }

  /// Opens the file for reading and shows it as it was known at an instant; before the first answer that throws
  /// `unknownPast`, unless the measure is what was published by then: of economic series that is known from their vintages.
  package static func reading(
    _ path: String, kinds: Kinds = .standard, asOf: Instant, measure: AsKnownOn.Measure = .publication
  ) throws(StoreError) -> Store {
    try openedForReading(path, kinds, asOf: asOf, measure: measure)
  }

  private static func openedForReading(
    _ path: String, _ kinds: Kinds, asOf: Instant?, mayBeOlder: Bool = false,
    measure: AsKnownOn.Measure = .publication
  ) throws(StoreError) -> Store {
    try DatabaseFile.check(path)
    do {
      try OpenFiles.ifClosed(path) { try StoreFile.inspect(path, kinds) }
      let store = try Store(path: path, kinds: kinds, asOf: asOf, lock: nil) { try openReader(path) }
      try store.queue.read { db in try StoreFile.verify(db, kinds, path: path, mayBeOlder: mayBeOlder) }
      if let asOf {
        try store.queue.inDatabase { db in
          try AsKnownOn.prepare(db, kinds, path: path, asOf: asOf, measure: measure)
        }
      }
      return store
    } catch {
      throw .of(error, path: path)
    }
  }

  /// Opens the file for writing, makes it if it is not there, and brings its schema up to date.
  ///
  /// - Parameters:
  ///   - command: what this process does, shown to whoever finds the file locked.
  ///   - beforeMigration: called with a path when an existing file is about to be migrated; it must leave a copy of the
  ///     file there, or throw, and then nothing is migrated.
  package static func writing(
    _ path: String, command: String, kinds: Kinds = .standard, beforeMigration: (Store) throws -> Void = { _ in }
  ) throws(StoreError) -> Store {
    let isThere = try DatabaseFile.exists(path) && !DatabaseFile.isEmpty(path)
    // Before the lock, so that nothing is left beside a file that is not ours.
    if isThere {
      // Whoever makes a new file keeps SQLite's own lock on it for a moment, too, behind which nothing can be read.
      if let holder = writer(of: path) { throw .locked(path: path, holder: holder) }
      try refuseForeign(path, kinds)
    }
    let lock = try WriterLock(database: path, command: command)
    // What a process that died was filling.
    unlink(path + StoreDraft.suffix)
    do {
      if isThere {
        // It may be another one by now.
        try refuseForeign(path, kinds)
      } else if try !DatabaseFile.exists(path) {
        try DatabaseFile.create(path)
      }
      return try Store(path: path, kinds: kinds, lock: lock) {
        try Durability.everyCommit.open(path, kinds) { db in
          guard isThere else { return }
          try StoreFile.verify(db, kinds, path: path, mayBeOlder: true, mayBeEmpty: true)
          if let fault = try db.schemaFaults(kinds).first { throw StoreError.alteredSchema(path: path, fault: fault) }
          if (1..<kinds.migrations.count).contains(try db.migrationNumber()) {
            try beforeMigration(try readerOfFile(toWrite: path, kinds))
          }
        }
      }
    } catch {
      throw .of(error, path: path)
    }
  }

  /// An empty store in memory, for planning where there is no file yet and for tests.
  package static func scratch(kinds: Kinds = .standard) throws(StoreError) -> Store {
    do {
      return try Store(path: ":memory:", kinds: kinds, lock: nil, durability: .never) {
        try Durability.never.open(":memory:", kinds)
      }
    } catch {
      throw .of(error, path: ":memory:")
    }
  }

  /// Throws where the file is not one of ours, which it is opened for only if its first bytes do not tell: reading a schema
  /// takes longer than all else that is done to open one.
  private static func refuseForeign(_ path: String, _ kinds: Kinds) throws(StoreError) {
    var isOurs = false
    do {
      try OpenFiles.ifClosed(path) { isOurs = try StoreFile.inspect(path, kinds) }
    } catch {
      throw .of(error, path: path)
    }
    if !isOurs { _ = try readerOfFile(toWrite: path, kinds) }
  }

  private static func readerOfFile(toWrite path: String, _ kinds: Kinds) throws(StoreError) -> Store {
    do {
      try OpenFiles.ifClosed(path) { try StoreFile.inspect(path, kinds) }
      let reader = try Store(path: path, kinds: kinds, lock: nil) { try openReader(path) }
      try reader.queue.read { db in try StoreFile.verify(db, kinds, path: path, mayBeOlder: true, mayBeEmpty: true) }
      return reader
    } catch {
      throw .of(error, path: path)
    }
  }

  private static func openReader(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      appliance_no_checkpoint_on_close(db.sqliteConnection)
      try db.execute(sql: "PRAGMA mmap_size = 0")
    }
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // A WAL file in a folder that cannot be written has no shared memory; the first read tells.
      _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
      return queue
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && !DatabaseFile.hasLog(path)
    {
      return try DatabaseQueue(path: DatabaseFile.immutableURI(path), configuration: configuration)
    }
  }

  /// Ends the use of the file; the writer's log goes into the file now rather than when the next run begins.
  ///
  /// A connection that is still busy stays open until the process ends, which loses nothing.
  package func close() {
    try? queue.close()
    writeBehind?.end()
  }

  /// Who is writing this file now, or `nil`: `process 4711, ingest`.
  package static func writer(of path: String) -> String? {
    WriterLock.holder(ofDatabase: path)
  }

  /// Reads in one snapshot of the file; for the rooms that speak SQL.
  package func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do {
      guard !queue.configuration.readonly else { return try queue.read(body) }
      // On a connection that can write, GRDB's `read` forbids writing by a pragma, after which SQLite prepares every
      // statement that is kept anew.
      return try queue.unsafeReentrantWrite { db in
        if db.isInsideTransaction { return try body(db) }
        try db.run("BEGIN DEFERRED TRANSACTION")
        do {
          let result = try body(db)
          try db.run("COMMIT TRANSACTION")
          return result
        } catch {
          try? db.rollback()  // The first error is the one to tell.
          throw error
        }
      }
    } catch {
      throw .of(error, path: path)
    }
  }

  /// Writes in one transaction, which is on the disk when this returns; for the rooms that speak SQL.
  ///
  /// - Parameters:
  ///   - checks: what SQLite leaves to `body` to look at. A million rows of one answer name the same two parents; looking
  ///     them up for each is a fifth of the time.
  ///   - indifferent: what `body` looks at itself as well, but SQLite may look at, too, where it does.
  package func write<T>(
    unseen checks: RowChecks = [], indifferent: RowChecks = [], _ body: (Database) throws -> T
  ) throws(StoreError) -> T {
    do { return try transaction(unseen: checks, indifferent: indifferent, body) } catch { throw .of(error, path: path) }
  }

  /// Has several calls of the doors read and write in one transaction: all of it is on the disk when this returns, or
  /// nothing is. An error of one of them must end them all.
  ///
  /// - Parameter checks: what SQLite leaves to all of them to look at; what each of them says of that does not count.
  package func together<T>(unseen checks: RowChecks = [], _ body: () throws -> T) throws(StoreError) -> T {
    try write(unseen: checks) { _ in try body() }
  }

  /// The same as `write`, whose errors are the ones that `body` throws.
  func transaction<T>(
    unseen checks: RowChecks = [], indifferent: RowChecks = [], _ body: (Database) throws -> T
  ) throws -> T {
    try queue.unsafeReentrantWrite { db in
      if db.isInsideTransaction { return try body(db) }
      try looks.leave(checks, indifferent: indifferent, db)
      // Bulk work, whose files are brought to the disk as a whole at their end.
      defer { if !checks.isEmpty { writeBehind?.begin() } }
      return try db.inImmediateTransaction { db in try inPlace(body, db) }
    }
  }

  /// Does work within a transaction that is undone where the file or its lock is not where it was.
  func inPlace<T>(_ body: (Database) throws -> T, _ db: Database) throws -> T {
    let result = try body(db)
    try footing?.check()
    return result
  }

  /// Looks whether the file and its lock are still where they were when writing began; for the moment at which a command
  /// tells what it stored.
  package func checkFooting() throws(StoreError) { try footing?.check() }

  /// The version of the SQLite library in use: `3.40.1`.
  package static var sqliteVersion: String { String(cString: sqlite3_libversion()) }
}
