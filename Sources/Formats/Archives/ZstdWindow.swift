/// How much of what it has unpacked a zstd stream asks its reader to keep at hand (RFC 8878, section 3.1.1.1).
enum ZstdWindow {
  /// The most that libzstd keeps unless it is told to: 128 MiB.
  static let largest: UInt64 = 1 << 27

  /// The window in bytes that the first frame wants; `nil` where the bytes hold no whole header of a frame.
  static func size(_ head: [UInt8]) -> UInt64? {
    guard head.count >= 6, head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) else { return nil }
    let descriptor = head[4]
    if descriptor & 0x20 == 0 {
      let base: UInt64 = 1 << (10 + UInt64(head[5] >> 3))
      return base + base / 8 * UInt64(head[5] & 7)
    }
    // A frame in one segment: the window is the content, whose length follows the number of the dictionary.
    let start = 5 + [0, 1, 2, 4][Int(descriptor & 3)]
    let length = [1, 2, 4, 8][Int(descriptor >> 6)]
    guard head.count >= start + length else { return nil }
    let size = head[start..<start + length].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    return length == 2 ? size + 256 : size
  }
}
