import Formats
import GRDB
import SQLite

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Store {
  /// Files that SQLite keeps beside a database and would apply to whatever bears its name.
  private static let companions = ["-wal", "-shm", "-journal"]

  /// Does something to a file while nobody else may write it, without opening it.
  ///
  /// - Parameter command: what this process does, shown to whoever finds the file locked.
  /// - Throws: `StoreError.locked` where another process writes, else what `body` throws.
  package static func exclusively<T>(_ path: String, command: String, _ body: () throws -> T) throws -> T {
    let lock = try WriterLock(database: path, command: command)
    return try withExtendedLifetime(lock) { try body() }
  }

  /// Puts a complete file in the place of a database; call it inside `exclusively`.
  ///
  /// The name always bears either the old or the new file. What the log of the old one holds is brought into it first;
  /// where it is too damaged for that, the log moves along with it.
  ///
  /// - Parameters:
  ///   - new: on the same file system; it is brought to the disk first, and loses its name.
  ///   - kept: the name that the old file gets, where there is none yet.
  /// - Throws: `locked` when a reader holds the log of the old file. Nothing was changed then.
  package static func replace(_ path: String, with new: String, keepingOldAs kept: String) throws(StoreError) {
    try StoreFile.sync(new)
    removeSecondNames(of: path)
    try settle(path)
    guard link(path, kept) == 0 else { throw .system(errno, at: kept) }
    try moveCompanions(of: path, to: kept)
    guard rename(new, path) == 0 else { throw .system(errno, at: path) }
    try syncFolder(of: path)
  }

  /// Gives a complete file the name of a database that is not there; remains of an older one are moved to `kept`.
  package static func place(_ new: String, at path: String, keepingRemainsAs kept: String) throws(StoreError) {
    try StoreFile.sync(new)
    try moveCompanions(of: path, to: kept)
    guard link(new, path) == 0 else { throw .system(errno, at: path) }
    unlink(new)
    try syncFolder(of: path)
  }

  /// Whether a file stands at the path. A link, a folder or a device throws.
  package static func exists(_ path: String) throws(StoreError) -> Bool {
    try DatabaseFile.exists(path)
  }

  private static func syncFolder(of path: String) throws(StoreError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    do { try Folder.sync(folder) } catch { throw .notWritable(path: folder, detail: error.description) }
  }

  /// Brings the log into the file, so that the file alone is the database.
  private static func settle(_ path: String) throws(StoreError) {
    guard DatabaseFile.hasLog(path) else { return }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let isBlocked = try queue.writeWithoutTransaction { db in
        try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") != 0
      }
      try queue.close()
      if isBlocked { throw StoreError.locked(path: path, holder: "a program that is reading it") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw .locked(path: path, holder: "a program that is reading it")
    } catch {
      switch StoreError.of(error, path: path) {
      case .corrupt, .foreign: return
      case let fault: throw fault
      }
    }
  }

  /// A kill between giving the old file its second name and taking its first leaves it with both; only under one may a
  /// database be opened.
  private static func removeSecondNames(of path: String) {
    var status = stat(), other = stat()
    guard lstat(path, &status) == 0, status.st_nlink > 1 else { return }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    let prefix = path.dropFirst(folder == "./" ? 0 : folder.count) + ".before-restore-"
    for name in (try? Folder.names(in: folder)) ?? [] where name.hasPrefix(prefix) {
      guard lstat(folder + name, &other) == 0 else { continue }
      // Another inode is another file: the old one of an earlier restore.
      if other.st_ino == status.st_ino, other.st_dev == status.st_dev { unlink(folder + name) }
    }
  }

  /// Shared memory means nothing without its database; the others may hold what was committed.
  private static func moveCompanions(of path: String, to kept: String) throws(StoreError) {
    for suffix in companions {
      if suffix == "-shm" || !hasContent(path + suffix) {
        unlink(path + suffix)
      } else if rename(path + suffix, kept + suffix) != 0 {
        throw .system(errno, at: path + suffix)
      }
    }
  }

  private static func hasContent(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_size > 0
  }
}

extension StoreError {
  fileprivate static func system(_ code: Int32, at path: String) -> StoreError {
    if code == ENOSPC || code == EDQUOT { return .diskFull(path: path) }
    return .notWritable(path: path, detail: String(cString: strerror(code)))
  }
}
