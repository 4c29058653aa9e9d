import Crypto

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A SHA-256 of some bytes: what proves that a file or a body is still the same.
package struct Fingerprint: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  /// Of bytes in memory.
  package init(of content: [UInt8]) {
    bytes = Array(SHA256.hash(data: content))
  }

  /// Of a regular file, read in pieces; any size.
  package init(ofFile path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .failed(.open, path: path, code: errno) }
    defer { close(descriptor) }
    _ = try regularSize(descriptor, path: path)
    var hash = SHA256()
    try readPieces(descriptor, path: path) { (piece: UnsafeRawBufferPointer) throws(FileError) in
      hash.update(bufferPointer: piece)
    }
    bytes = Array(hash.finalize())
  }

  fileprivate init(_ digest: SHA256.Digest) { bytes = Array(digest) }
}

extension Fingerprint: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// A sink that passes everything on and keeps its fingerprint and length, so that a file need not be read again.
package final class FingerprintingSink: ByteSink {
  private let next: any ByteSink
  private var hash = SHA256()
  /// Bytes written so far.
  package private(set) var count = 0

  /// - Parameter next: who gets each piece before it counts.
  package init(into next: any ByteSink) { self.next = next }

  /// Passes the bytes on, then hashes and counts them; a piece that `next` threw at does not count.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try next.write(bytes)
    hash.update(bufferPointer: bytes)
    count += bytes.count
  }

  /// Of what was written so far.
  package var fingerprint: Fingerprint { Fingerprint(hash.finalize()) }
}
