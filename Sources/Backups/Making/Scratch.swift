import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A private folder for what is not finished yet, beside where it will go, removed with everything in it at its end.
///
/// It is locked while its process lives; one that a kill left behind is known by that and removed by the next.
package final class Scratch: Sendable {
  /// The folder, which only this user may enter; gone once this object is.
  package let path: String
  private let descriptor: Int32
  private static let prefix = ".scratch-"

  /// - Parameter folder: where; there must be such a folder.
  package init(in folder: String) throws(BackupError) {
    Scratch.removeStale(in: folder)
    let random = String(UInt32.random(in: .min ... .max), radix: 36)
    // Not the properties yet: once both are set, an error runs `deinit`, and the descriptor would be closed twice.
    let path = FilePath.join(folder, "\(Self.prefix)\(getpid())-\(random)")
    guard mkdir(path, 0o700) == 0 else { throw .of(FileError.failed(.create, path: path, code: errno), path: path) }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      if descriptor >= 0 { close(descriptor) }
      rmdir(path)
      throw .of(FileError.failed(.open, path: path, code: code), path: path)
    }
    (self.path, self.descriptor) = (path, descriptor)
  }

  deinit {
    Scratch.remove(path)
    close(descriptor)
  }

  /// The path of a file in it.
  package func file(_ name: String) -> String { FilePath.join(path, name) }

  /// Whether a name is one of a scratch folder, or of a file that was never finished.
  static func isUnfinished(_ name: String) -> Bool {
    name.hasPrefix(prefix) || name.hasPrefix(".") && name.hasSuffix(".part")
  }

  /// Whether a scratch folder lies there that another one holds.
  static func othersAreAtWork(in folder: String) -> Bool {
    let names = ((try? Folder.names(in: folder)) ?? []).filter { $0.hasPrefix(prefix) }
    // One is our own.
    return names.count > 1
  }

  /// Removes the folders of processes that are no more.
  static func removeStale(in folder: String) {
    for path in stale(in: folder) { remove(path) }
  }

  /// The folders of processes that are no more.
  static func stale(in folder: String) -> [String] {
    ((try? Folder.names(in: folder)) ?? []).filter { name in
      guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }) else {
        return false
      }
      // Both must say so: a process of that number may be another's, and one in another container has none here.
      return process > 0 && kill(process, 0) != 0 && errno == ESRCH && isUnlocked(FilePath.join(folder, name))
    }.map { FilePath.join(folder, $0) }
  }

  private static func isUnlocked(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }

  /// Removes the files in the folder, which holds no folders, and the folder. What cannot be removed is tried again by
  /// the next one.
  private static func remove(_ path: String) {
    for name in (try? Folder.names(in: path)) ?? [] { unlink(FilePath.join(path, name)) }
    rmdir(path)
  }
}
