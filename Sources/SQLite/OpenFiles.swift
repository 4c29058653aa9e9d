import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The database files that this process has open.
///
/// Closing any descriptor of a file drops all POSIX locks that the process holds on it, SQLite's own included. So a file
/// may be looked at past SQLite only while no connection of this process has it open.
package enum OpenFiles {
  private static let counts = Mutex<[String: Int]>([:])

  /// Call before a connection opens the file.
  package static func opened(_ path: String) {
    counts.withLock { $0[path, default: 0] += 1 }
  }

  /// Call after a connection closed it.
  package static func closed(_ path: String) {
    counts.withLock { counts in
      let left = (counts[path] ?? 1) - 1
      counts[path] = left > 0 ? left : nil
    }
  }

  /// Whether this process, or the system, can open no more files.
  package static var areExhausted: Bool {
    let probe = open("/", O_RDONLY | O_CLOEXEC)
    guard probe >= 0 else { return errno == EMFILE || errno == ENFILE }
    close(probe)
    return false
  }

  /// Runs `body` unless this process has the file open; none can be opened meanwhile.
  package static func ifClosed(_ path: String, _ body: () throws -> Void) throws {
    try counts.withLock { counts in
      if counts[path] == nil { try body() }
    }
  }
}
