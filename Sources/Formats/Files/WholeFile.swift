#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that fit into memory.
package enum WholeFile {
  /// The bytes of a regular file, or of one that a link leads to.
  ///
  /// - Parameter limit: a longer file is refused before it is read.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .failed(.open, path: path, code: errno) }
    defer { close(descriptor) }
    return try read(descriptor, path: path, limit: limit)
  }

  /// Writes a whole file in one go, never half there.
  package static func write(
    _ bytes: [UInt8], to path: String, permissions: mode_t = 0o600, replacing: Bool = true
  ) throws(FileError) {
    let file = try SafeFile(path, permissions: permissions, replacing: replacing)
    try file.write(bytes)
    try file.finish()
  }

  /// The first bytes of a regular file of any size; fewer where it is shorter.
  package static func start(of path: String, count: Int) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .failed(.open, path: path, code: errno) }
    defer { close(descriptor) }
    _ = try regularSize(descriptor, path: path)
    var start = [UInt8](repeating: 0, count: count)
    let read = start.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard read >= 0 else { throw .failed(.read, path: path, code: errno) }
    return Array(start.prefix(read))
  }

  static func read(_ descriptor: Int32, path: String, limit: Int) throws(FileError) -> [UInt8] {
    let size = try regularSize(descriptor, path: path)
    guard size <= limit else { throw .tooLarge(path: path, limit: limit) }
    var content: [UInt8] = []
    content.reserveCapacity(size)
    try readPieces(descriptor, path: path) { (piece: UnsafeRawBufferPointer) throws(FileError) in
      guard piece.count <= limit - content.count else { throw .tooLarge(path: path, limit: limit) }
      content.append(contentsOf: piece)
    }
    return content
  }
}

/// The size of an open file, which must be a regular one.
func regularSize(_ descriptor: Int32, path: String) throws(FileError) -> Int {
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .failed(.read, path: path, code: errno) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
  return Int(status.st_size)
}

/// Hands on everything from the descriptor's position to its end, in pieces of up to 256 KiB.
func readPieces(
  _ descriptor: Int32, path: String, _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
) throws(FileError) {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  defer { buffer.deallocate() }
  while true {
    #if canImport(Glibc)
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
    if count == 0 { return }
    if count > 0 {
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    } else if errno != EINTR {
      throw .failed(.read, path: path, code: errno)
    }
  }
}
