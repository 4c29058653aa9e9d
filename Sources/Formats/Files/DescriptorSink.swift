#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sink over a descriptor that somebody else opened and closes: standard output, a pipe.
///
/// A reader that has gone is reported as `FileError.closedPipe`, provided that the program ignores SIGPIPE.
package struct DescriptorSink: ByteSink {
  private let descriptor: Int32
  private let name: String

  /// - Parameter name: what messages call it.
  package init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// Results, for people and pipes.
  package static let standardOutput = DescriptorSink(STDOUT_FILENO, name: "standard output")
  /// Talk: remarks, progress, errors.
  package static let standardError = DescriptorSink(STDERR_FILENO, name: "standard error")

  /// Writes all of it, however many calls that takes; `FileError.closedPipe` where nobody reads any more.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try writeAll(bytes, to: descriptor, path: name)
  }
}

/// Writes everything, however many calls it takes, and waits where a descriptor is set not to block.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(FileError) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let piece = UnsafeRawBufferPointer(rebasing: rest)
    #if canImport(Glibc)
      let count = Glibc.write(descriptor, piece.baseAddress, piece.count)
    #else
      let count = Darwin.write(descriptor, piece.baseAddress, piece.count)
    #endif
    if count >= 0 {
      rest = rest.dropFirst(count)
      continue
    }
    switch errno {
    case EINTR: continue
    case EAGAIN:
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&ready, 1, -1)
    case EPIPE: throw .closedPipe(path: path)
    case let code: throw .failed(.write, path: path, code: code)
    }
  }
}
