import CZstd

/// What libzstd unpacks a frame with that was packed beside other bytes; libarchive has no word for those.
enum ZstdUnpacker {
  /// How many bytes a frame says that it comes to; `nil` where it says nothing, or is none.
  static func size(of frame: [UInt8]) -> Int? {
    let size = frame.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    // The two highest values say that it is not known, and that this is no frame.
    return size < UInt64.max - 1 ? Int(exactly: size) : nil
  }

  /// The bytes of a frame that was packed beside `base`.
  ///
  /// Beside other bytes than those it comes to something else, or to an error: keep a hash of what it should be.
  ///
  /// - Parameter size: what it must come to.
  static func unpack(_ frame: [UInt8], beside base: [UInt8], size: Int) throws(ArchiveError) -> [UInt8] {
    guard let context = ZSTD_createDCtx() else { throw .damaged("out of memory") }
    defer { ZSTD_freeDCtx(context) }
    var outcome = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      base.withUnsafeBytes { base in
        outcome = ZSTD_DCtx_refPrefix(context, base.baseAddress, base.count)
        guard ZSTD_isError(outcome) == 0 else { return }
        outcome = frame.withUnsafeBytes {
          ZSTD_decompressDCtx(context, buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
        }
      }
      count = ZSTD_isError(outcome) == 0 ? outcome : 0
    }
    guard ZSTD_isError(outcome) == 0 else { throw .damaged(String(cString: ZSTD_getErrorName(outcome))) }
    guard bytes.count == size else { throw .damaged("it comes to \(bytes.count) bytes and not to \(size)") }
    return bytes
  }
}
