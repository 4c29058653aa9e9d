#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to write one database file: a kernel lock on a file beside it.
///
/// The kernel drops the lock when its process ends, however it ends, so that a dead holder never blocks anybody.
/// The lock file says who holds it; its content means nothing to the lock itself.
final class WriterLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock or says who holds it; never waits.
  ///
  /// - Parameter command: what this process is doing, for the message that another one prints: `ingest`.
  init(database path: String, command: String) throws(StoreError) {
    let lockPath = path + ".lock"
    // Not the property yet: once it is set, an error runs `deinit`, and the descriptor would be closed twice.
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == ENOSPC || errno == EDQUOT { throw .diskFull(path: path) }
      throw .notWritable(path: lockPath, detail: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = WriterLock.holder(of: descriptor)
      close(descriptor)
      throw .locked(path: path, holder: holder)
    }
    let note = "process \(getpid()), \(command)\n"
    _ = ftruncate(descriptor, 0)
    // A lock without a note still locks: a full disk costs only the name of the holder.
    _ = note.withCString { pwrite(descriptor, $0, note.utf8.count, 0) }
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Who holds the lock of this database, or `nil` when nobody does.
  static func holder(ofDatabase path: String) -> String? {
    let descriptor = open(path + ".lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
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
