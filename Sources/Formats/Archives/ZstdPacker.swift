import CZstd
import Synchronization

/// What libzstd works with while it packs a body: its tables, which are kept from one body to the next.
///
/// Used by one thread at a time, and afterwards by another.
final class ZstdPacker: @unchecked Sendable {
  private let context: OpaquePointer

  /// Those of level 1 that nobody uses now. A thousand answers would else make and free a thousand of them.
  private static let idle = Mutex<[ZstdPacker]>([])
  /// More threads than these pack at the same time seldom; a packer holds half a megabyte.
  private static let mostIdle = 4

  private init(level: Int) throws(ArchiveError) {
    guard let context = ZSTD_createCCtx() else { throw .notWritten("out of memory") }
    self.context = context
    try set(ZSTD_c_compressionLevel, to: level)
    if level == 1 {
      // Most of what is kept in bulk is numbers in text, where a repetition of six digits is chance and costs more than it
      // saves. With fewer places remembered fewer of those are found: klines come out 2 % smaller in a quarter less time, pages of
      // markup 2 % larger.
      try set(ZSTD_c_hashLog, to: 12)
      try set(ZSTD_c_minMatch, to: 7)
    }
  }

  deinit { ZSTD_freeCCtx(context) }

  /// One frame.
  ///
  /// - Parameter level: 1 to 19.
  static func pack(_ bytes: [UInt8], level: Int) throws(ArchiveError) -> [UInt8] {
    let known = level == 1 ? idle.withLock { $0.popLast() } : nil
    let packer = if let known { known } else { try ZstdPacker(level: level) }
    let packed = try packer.pack(bytes)
    // One that failed is not used again.
    if level == 1 { idle.withLock { if $0.count < mostIdle { $0.append(packer) } } }
    return packed
  }

  /// One frame that is read with `base` at hand: what is the same in both is copied from there.
  ///
  /// - Returns: `nil` where both together are longer than a frame looks back.
  static func pack(_ bytes: [UInt8], beside base: [UInt8], level: Int) throws(ArchiveError) -> [UInt8]? {
    var window = 10
    while window <= farthest, 1 << window < base.count + bytes.count { window += 1 }
    guard window <= farthest else { return nil }
    let packer = try ZstdPacker(level: level)
    try packer.set(ZSTD_c_windowLog, to: window)
    return try withBytes(of: base) { (base: UnsafeRawBufferPointer) throws(ArchiveError) in
      // Good for one frame.
      try packer.check(ZSTD_CCtx_refPrefix(packer.context, base.baseAddress, base.count))
      return try packer.pack(bytes)
    }
  }

  /// Whoever reads a frame need not believe in a longer window: 128 MiB.
  private static let farthest = 27

  private func pack(_ bytes: [UInt8]) throws(ArchiveError) -> [UInt8] {
    var outcome = 0
    let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
      outcome = bytes.withUnsafeBytes {
        ZSTD_compress2(context, buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
      }
      count = ZSTD_isError(outcome) == 0 ? outcome : 0
    }
    try check(outcome)
    return packed
  }

  private func set(_ parameter: ZSTD_cParameter, to value: Int) throws(ArchiveError) {
    try check(ZSTD_CCtx_setParameter(context, parameter, Int32(value)))
  }

  private func check(_ outcome: Int) throws(ArchiveError) {
    guard ZSTD_isError(outcome) == 0 else { throw .notWritten(String(cString: ZSTD_getErrorName(outcome))) }
  }
}
