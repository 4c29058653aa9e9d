#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Folders: made private, brought to the disk, read without following links.
package enum Folder {
  /// Makes the folder and those above it that are missing, each with mode 0700. A folder that is there stays as it is.
  package static func create(_ path: String) throws(FileError) {
    if mkdir(path, 0o700) == 0 { return }
    switch errno {
    case EEXIST:
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw .failed(.create, path: path, code: ENOTDIR)
      }
    case ENOENT:
      let parent = FilePath.split(trimmed(path)).folder
      guard parent != path, parent != "." else { throw .failed(.create, path: path, code: ENOENT) }
      try create(parent)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw .failed(.create, path: path, code: errno)
      }
    case let code: throw .failed(.create, path: path, code: code)
    }
  }

  /// Whether there is a folder at the path, reached through a link or not.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, without `.` and `..`, sorted by their bytes.
  package static func names(in path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw .failed(.list, path: path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Brings new and changed names in the folder to the disk.
  package static func sync(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed(.open, path: path, code: errno) }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to be done on those.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .failed(.sync, path: path, code: errno) }
  }

  /// The bytes of a file inside the folder; neither it nor a folder on the way may be a link.
  ///
  /// - Parameter name: relative, without `..`; the caller has checked that.
  static func read(_ name: String, inside folder: String, limit: Int) throws(FileError) -> [UInt8] {
    let path = FilePath.join(folder, name)
    var descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed(.open, path: folder, code: errno) }
    let parts = name.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (index < parts.count - 1 ? O_DIRECTORY : 0)
      let inner = openat(descriptor, part, flags)
      let code = errno
      close(descriptor)
      guard inner >= 0 else {
        throw code == ELOOP ? .notRegular(path: path) : .failed(.open, path: path, code: code)
      }
      descriptor = inner
    }
    defer { close(descriptor) }
    return try WholeFile.read(descriptor, path: path, limit: limit)
  }

  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }
}
