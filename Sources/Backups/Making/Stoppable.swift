import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sink that ends the writing once somebody has asked for an end.
struct Stoppable: ByteSink {
  /// What such an end looks like to what writes.
  static let code = ECANCELED
  private let next: any ByteSink
  private let shouldStop: @Sendable () -> Bool

  init(_ next: any ByteSink, _ shouldStop: @escaping @Sendable () -> Bool) {
    self.next = next
    self.shouldStop = shouldStop
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    if shouldStop() { throw .failed(.write, path: "", code: Self.code) }
    try next.write(bytes)
  }
}
