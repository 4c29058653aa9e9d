#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to write one database file: a kernel lock on a file beside it.
///
/// The kernel drops the lock when its process ends, however it ends, so that a dead holder never blocks anybody.
/// The lock file says who holds it; its content means nothing to the lock itself.
package final class WriterLock: Sendable {
  /// The file that is locked.
  package let path: String
  /// Which file that is.
  package let identity: FileIdentity
  private let descriptor: Int32

  /// Takes the lock or says who holds it; never waits.
  ///
  /// - Parameter command: what this process is doing, for the message that another one prints: `ingest`.
  package init(database path: String, command: String) throws(StoreError) {
    let lockPath = path + ".lock"
    // Not the properties yet: once they are set, an error runs `deinit`, and the descriptor would be closed twice.
    let (descriptor, identity) = try WriterLock.take(lockPath, of: path)
    let note = "process \(getpid()), \(command)\n"
    _ = ftruncate(descriptor, 0)
    // A lock without a note still locks: a full disk costs only the name of the holder.
    _ = note.withCString { pwrite(descriptor, $0, note.utf8.count, 0) }
    self.path = lockPath
    self.identity = identity
    self.descriptor = descriptor
  }

  /// Opens the file and locks it; once more where it lost its name in between.
  private static func take(_ lockPath: String, of path: String) throws(StoreError) -> (Int32, FileIdentity) {
    for _ in 0..<10 {
      let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else {
        if errno == ENOSPC || errno == EDQUOT { throw .diskFull(path: path) }
        throw .notWritable(path: lockPath, detail: String(cString: strerror(errno)))
      }
      guard lock(descriptor, LOCK_EX) else {
        let code = errno
        let holder = WriterLock.holder(of: descriptor)
        close(descriptor)
        throw code == EWOULDBLOCK
          ? .locked(path: path, holder: holder) : .notLocked(path: lockPath, detail: String(cString: strerror(code)))
      }
      let named = Result { () throws(StoreError) in try FileIdentity(of: lockPath) }
      if let identity = FileIdentity(of: descriptor), (try? named.get()) == identity { return (descriptor, identity) }
      close(descriptor)
      _ = try named.get()
    }
    throw .notLocked(path: lockPath, detail: "it is removed again and again")
  }

  /// Whether the lock was taken; else `errno` says why not.
  private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
    while flock(descriptor, kind | LOCK_NB) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }

  deinit { WriterLock.release(descriptor) }

  /// A program that somebody just begins holds a copy of the descriptor for a moment: closing ours alone would not end the
  /// lock.
  private static func release(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Who holds the lock of this database, or `nil` when nobody does.
  package static func holder(ofDatabase path: String) -> String? {
    let descriptor = open(path + ".lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { release(descriptor) }
    // Where there are no locks to be had, nobody can hold this one.
    guard !lock(descriptor, LOCK_SH), errno == EWOULDBLOCK else { return nil }
    return holder(of: descriptor)
  }

  private static func holder(of descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    let line = text.prefix { $0 != "\n" }
    return line.isEmpty ? "an unknown process" : String(line)
  }
}
