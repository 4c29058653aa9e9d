@testable import Formats

/// Bytes in memory as a source, in pieces of one size.
final class BytesSource: ByteSource {
  private let content: UnsafeMutableRawBufferPointer
  private let piece: Int
  private var offset = 0

  init(_ bytes: [UInt8], piece: Int = 1000) {
    content = .allocate(byteCount: bytes.count, alignment: 16)
    content.copyBytes(from: bytes)
    self.piece = piece
  }

  deinit { content.deallocate() }

  func next() -> UnsafeRawBufferPointer {
    let rest = content[offset...].prefix(piece)
    offset += rest.count
    return UnsafeRawBufferPointer(rebasing: rest)
  }
}

/// A sink that keeps what it is given.
final class KeepingSink: ByteSink {
  private(set) var bytes: [UInt8] = []
  func write(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
}
