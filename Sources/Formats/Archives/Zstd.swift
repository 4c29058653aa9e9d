import CArchive

/// Single bodies, packed and unpacked in memory.
///
/// The frame bears no checksum of its content: an altered body may unpack to other bytes. Keep a hash beside it.
package enum Zstd {
  /// One zstd frame that holds `bytes`; zero bytes give a frame too.
  ///
  /// - Parameter level: 1 (fast, and meant for numbers in text) to 19 (small).
  package static func compress(_ bytes: [UInt8], level: Int = 3) throws(ArchiveError) -> [UInt8] {
    guard (1...19).contains(level) else { throw .notWritten("there is no level \(level) of zstd") }
    return try ZstdPacker.pack(bytes, level: level)
  }

  /// The bytes that were packed.
  ///
  /// - Parameter limit: the most bytes that may come out; a longer body is refused as soon as it passes the limit.
  package static func decompress(_ bytes: [UInt8], limit: Int) throws(ArchiveError) -> [UInt8] {
    guard !bytes.isEmpty else { throw .damaged("no bytes at all") }
    let handle = try ReadHandle()
    try handle.check(archive_read_support_format_raw(handle.pointer))
    try handle.check(archive_read_support_format_empty(handle.pointer))
    return try withBytes(of: bytes) { (buffer: UnsafeRawBufferPointer) throws(ArchiveError) in
      try handle.check(archive_read_open_memory(handle.pointer, buffer.baseAddress, buffer.count))
      // A stream that fails before its first byte looks like an empty one, but for the error that it left behind.
      guard archive_errno(handle.pointer) == 0 else { throw .damaged(LibArchive.message(handle.pointer)) }
      return try body(handle, expecting: min(limit, buffer.count * 5), limit: limit)
    }
  }

  private static func body(
    _ handle: ReadHandle, expecting expected: Int, limit: Int
  ) throws(ArchiveError) -> [UInt8] {
    var entry: OpaquePointer?
    let header = archive_read_next_header(handle.pointer, &entry)
    if header == ARCHIVE_EOF { return [] }
    try handle.check(header)
    var unpacked: [UInt8] = []
    unpacked.reserveCapacity(expected)
    var block: UnsafeRawPointer?
    var size = 0
    var offset: la_int64_t = 0
    while true {
      let code = archive_read_data_block(handle.pointer, &block, &size, &offset)
      if code == ARCHIVE_EOF { return unpacked }
      try handle.check(code)
      guard size <= limit - unpacked.count else { throw .tooLarge(limit: limit) }
      unpacked.append(contentsOf: UnsafeRawBufferPointer(start: block, count: size))
    }
  }
}

/// `Array.withUnsafeBytes`, with a typed error.
func withBytes<Result, Failure: Error>(
  of bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
) throws(Failure) -> Result {
  var outcome: Swift.Result<Result, Failure>?
  bytes.withUnsafeBytes { buffer in
    outcome = Swift.Result { () throws(Failure) in try body(buffer) }
  }
  // `withUnsafeBytes` calls its closure exactly once.
  return try outcome!.get()
}
