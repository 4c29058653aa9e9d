#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A database as a file in a folder: whether it is there, may be read and is alone; what it is made as.
package enum DatabaseFile {
  /// Whether something stands at the path. A link, a folder or a device throws.
  package static func exists(_ path: String) throws(StoreError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return false }
      throw .notWritable(path: path, detail: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    return true
  }

  /// Throws where there is no regular file at the path, or one that may not be read.
  package static func check(_ path: String) throws(StoreError) {
    guard try exists(path) else { throw .noDatabase(path: path) }
    guard access(path, R_OK) == 0 else {
      throw .notWritable(path: path, detail: String(cString: strerror(errno)))
    }
  }

  /// Whether it has no bytes; not so where it cannot be asked.
  package static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size == 0
  }

  /// Whether a write-ahead log with content lies beside the file.
  package static func hasLog(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// An empty file that only its owner may read; the log and the shared memory take its mode.
  package static func create(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == ENOSPC { throw .diskFull(path: path) }
      throw .notWritable(path: path, detail: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  /// The address by which SQLite opens a file that nobody writes, without shared memory beside it.
  package static func immutableURI(_ path: String) -> String {
    let escaped = path.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0x80...:
        "%" + String(byte, radix: 16, uppercase: true)
      default: String(Unicode.Scalar(byte))
      }
    }
    return "file:\(escaped.joined())?immutable=1"
  }
}
