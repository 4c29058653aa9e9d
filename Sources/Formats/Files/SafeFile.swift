#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is never half there: written under another name in the same folder, and renamed when it is complete and
/// on the disk.
///
/// Without `finish()` nothing is left behind, except by a kill: then a file `.<name>.<random>.part` stays.
package final class SafeFile: ByteSink {
  /// Where the file will be. A link there is followed: what it leads to is replaced, not the link.
  package let path: String
  private let temporary: String
  private let replacing: Bool
  private var descriptor: Int32
  /// Whether a file bears the temporary name.
  private var hasTemporary = false

  /// Opens the temporary file.
  ///
  /// - Parameters:
  ///   - permissions: of the file, less what the umask takes away; private to the user by default.
  ///   - replacing: whether a file of that name may be there already; otherwise `finish()` refuses.
  package init(_ path: String, permissions: mode_t = 0o600, replacing: Bool = true) throws(FileError) {
    let target = SafeFile.resolved(path)
    var status = stat()
    if lstat(target, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
      guard replacing else { throw .exists(path: path) }
    }
    self.path = target
    self.replacing = replacing
    let (folder, name) = FilePath.split(target)
    // Names end at 255 bytes; the rest of a long one is not needed to recognise it.
    let stem = String(decoding: name.utf8.prefix(200), as: UTF8.self)
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    temporary = FilePath.join(folder, ".\(stem).\(random).part")
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw .failed(.create, path: path, code: errno) }
    hasTemporary = true
  }

  deinit { abandon() }

  /// Writes through to the system at once; the errors name the final path.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard descriptor >= 0 else { throw .failed(.write, path: path, code: EBADF) }
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// Brings the bytes to the disk, gives the file its name, and brings the name to the disk.
  ///
  /// When it throws, what was at the path before is still there and the temporary file is gone; only if the very last
  /// step fails, the folder's, the new file stands but may not survive a power cut.
  package func finish() throws(FileError) {
    do throws(FileError) {
      try check(fsync(descriptor), .sync)
      let closing = descriptor
      descriptor = -1
      try check(close(closing), .close)
      try rename()
    } catch {
      abandon()
      throw error
    }
    try Folder.sync(FilePath.split(path).folder)
  }

  /// Removes the temporary file; after `finish()` it does nothing.
  package func abandon() {
    if descriptor >= 0 {
      close(descriptor)
      descriptor = -1
    }
    if hasTemporary { unlink(temporary) }
    hasTemporary = false
  }

  private func rename() throws(FileError) {
    if replacing {
      #if canImport(Glibc)
        try check(Glibc.rename(temporary, path), .rename)
      #else
        try check(Darwin.rename(temporary, path), .rename)
      #endif
    } else {
      // link(2) refuses a name that is taken; rename(2) would replace it.
      if link(temporary, path) == 0 {
        unlink(temporary)
      } else {
        try renameWithoutLinks(errno)
      }
    }
    hasTemporary = false
  }

  /// Removable disks and shares often know no second name for a file: there a name is looked at first.
  private func renameWithoutLinks(_ code: Int32) throws(FileError) {
    guard [EPERM, ENOTSUP, EMLINK, ENOSYS].contains(code) else {
      throw code == EEXIST ? .exists(path: path) : .failed(.rename, path: path, code: code)
    }
    var status = stat()
    guard lstat(path, &status) != 0 else { throw .exists(path: path) }
    #if canImport(Glibc)
      try check(Glibc.rename(temporary, path), .rename)
    #else
      try check(Darwin.rename(temporary, path), .rename)
    #endif
  }

  private func check(_ result: Int32, _ action: FileError.Action) throws(FileError) {
    guard result == 0 else { throw .failed(action, path: path, code: errno) }
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
