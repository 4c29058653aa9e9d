#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which file it is, however it is called.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  private init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// Of what bears a name; `nil` where nothing does. Never opens it: closing it again would drop SQLite's locks.
  ///
  /// - Throws: where the system does not tell.
  package init?(of path: String) throws(StoreError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .notWritable(path: path, detail: String(cString: strerror(errno)))
    }
    self.init(status)
  }

  /// Of an open file; `nil` where the system does not tell.
  package init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// The database and the lock of a writer, as they lay when it began.
///
/// Whoever moves, replaces or removes the database takes along what is written from then on; without its lock file the
/// database may have a second writer. Looked at within each commit, so that nothing is claimed that the name does not hold.
package struct Footing: Sendable {
  private let files: [(path: String, identity: FileIdentity)]

  /// - Parameter lock: held; of a draft it is that of the name to come.
  /// - Throws: where one of the two is gone already.
  package init(database path: String, lock: WriterLock) throws(StoreError) {
    guard let database = try FileIdentity(of: path) else { throw .displaced(path: path, database: path) }
    files = [(path, database), (lock.path, lock.identity)]
  }

  /// - Throws: `displaced` where a name does not bear the same file any more.
  package func check() throws(StoreError) {
    for file in files where try FileIdentity(of: file.path) != file.identity {
      throw .displaced(path: file.path, database: files[0].path)
    }
  }
}
