#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the bytes of an archive come from, piece by piece.
package protocol ByteSource: AnyObject {
  /// The next bytes, valid until the next call; empty at the end.
  func next() throws(ArchiveError) -> UnsafeRawBufferPointer
}

/// A regular file as a source.
package final class FileSource: ByteSource {
  private let path: String
  private let descriptor: Int32
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  /// Bytes when it was opened.
  package let size: Int

  /// Opens a file to be read from its first byte; a FIFO or a folder is refused as `FileError.notRegular`.
  package init(path: String) throws(ArchiveError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .file(.failed(.open, path: path, code: errno)) }
    let file = descriptor
    size = try inArchive { () throws(FileError) in try regularSize(file, path: path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  /// The next 128 KiB at most, valid until the next call; empty at the end.
  package func next() throws(ArchiveError) -> UnsafeRawBufferPointer {
    let count = try fill(buffer)
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Reads until the target is full or the file ends.
  ///
  /// - Returns: how many bytes were read.
  func fill(_ target: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    var filled = 0
    while filled < target.count {
      let count = read(descriptor, target.baseAddress?.advanced(by: filled), target.count - filled)
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw .file(.failed(.read, path: path, code: errno))
      }
    }
    return filled
  }
}
