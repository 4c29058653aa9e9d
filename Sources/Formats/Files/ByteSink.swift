/// Where bytes go: a file that is being written, or standard output.
///
/// Each call is a system call, or near to one: hand over pieces of some kilobytes.
package protocol ByteSink {
  /// Writes all of it or throws.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError)
}

/// Where bytes go that only need to be counted and hashed.
package struct Nowhere: ByteSink {
  /// A sink that keeps nothing.
  package init() {}
  /// Drops the bytes; never throws.
  package func write(_ bytes: UnsafeRawBufferPointer) {}
}

extension ByteSink {
  /// Writes all of the bytes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try withBytes(of: bytes) { (buffer: UnsafeRawBufferPointer) throws(FileError) in try write(buffer) }
  }

  /// Writes a text as UTF-8.
  package func write(_ text: String) throws(FileError) {
    try write(Array(text.utf8))
  }
}
