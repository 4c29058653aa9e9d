import CSQLite
import GRDB

/// When what is written is on the disk, and when its references are looked at: how a file is opened to be written.
enum Durability: Sendable {
  /// Every commit is on the disk when it returns, readers may look on: the record itself.
  case everyCommit
  /// Commits wait for nothing, and the next one that is waited for brings them along: an import, within the record.
  case lastCommit
  /// Nobody knows of the file yet; it is brought to the disk when it gets its name: a draft.
  case whenPublished
  /// The same, filled from what another file has kept; references are looked at once, at the end: a rebuild.
  case whenRebuilt
  /// Never: a file in memory.
  case never

  /// Whether a rebuild is under way, which follows a chronicle and writes none.
  var followsChronicle: Bool { if case .whenRebuilt = self { true } else { false } }

  /// Whether commits of the file are waited for at all.
  var waits: Bool {
    switch self {
    case .everyCommit, .lastCommit: true
    case .whenPublished, .whenRebuilt, .never: false
    }
  }

  /// Whether the file is brought to the disk as a whole, when it gets its name.
  var isBroughtAtEnd: Bool {
    switch self {
    case .whenPublished, .whenRebuilt: true
    case .everyCommit, .lastCommit, .never: false
    }
  }

  /// Opens a file for writing, with its schema up to date.
  ///
  /// - Parameter check: looks at the file before anything is written to it; of one that it refuses the log stays as it is.
  func open(_ path: String, _ kinds: Kinds, check: (Database) throws -> Void = { _ in }) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      do {
        try check(db)
      } catch {
        appliance_no_checkpoint_on_close(db.sqliteConnection)
        throw error
      }
      if waits { try keepLog(db) }
      try db.migrate(kinds)
      if hasIdentity { try Store.identify(db) }
    }
    return queue
  }

  /// GRDB would do so itself, but begin the log with a table that comes and goes, wait for the disk, and have the last
  /// commit wait no more.
  private func keepLog(_ db: Database) throws {
    guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
      throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "the system allows no write-ahead log there")
    }
    try db.execute(sql: "PRAGMA synchronous = \(synchronous)")
  }

  /// Whether the file is a record of its own from the first moment; a rebuilt one takes over whose it is.
  private var hasIdentity: Bool {
    switch self {
    case .everyCommit, .lastCommit, .whenPublished: true
    case .whenRebuilt, .never: false
    }
  }

  /// How far SQLite itself waits for the disk.
  var synchronous: String {
    switch self {
    case .everyCommit: "FULL"
    case .lastCommit: "NORMAL"
    case .whenPublished, .whenRebuilt, .never: "OFF"
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    if waits { configuration.busyMode = .timeout(5) }
    configuration.foreignKeysEnabled = !followsChronicle
    let pragmas = pragmas
    configuration.prepareDatabase { db in try db.execute(sql: pragmas) }
    return configuration
  }

  private var pragmas: String {
    // A transaction of an import touches 2 MB, which is all that is held otherwise: the pages that each of them touches would
    // be read again each time.
    let always = """
      PRAGMA page_size = 16384; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096
      """
    let unlogged = "; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF"
    return switch self {
    case .everyCommit, .lastCommit: always
    case .whenPublished: always + unlogged + "; PRAGMA locking_mode = EXCLUSIVE"
    case .whenRebuilt: always + unlogged + "; PRAGMA cache_size = -65536"
    case .never: always
    }
  }
}
