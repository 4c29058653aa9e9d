extension LoopbackServer {
  /// Gzip of the bytes, stored without compression: enough to be taken off again.
  public static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var blocks: [UInt8] = []
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let length = UInt16(end - start)
      blocks.append(end == bytes.count ? 1 : 0)
      blocks += littleEndian(length) + littleEndian(~length) + bytes[start..<end]
      start = end
    } while start < bytes.count
    return gzipHead + blocks + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
  }

  /// Gzip of so many zero bytes, rounded up to a multiple of 258, in about a 160th of the space: a bomb.
  public static func gzipBomb(atLeast count: Int) -> [UInt8] {
    let repeats = max((count - 1 + 257) / 258, 1)
    var bits = BitWriter()
    bits.write(0b1, 1)  // the last block
    bits.write(0b01, 2)  // fixed codes (RFC 1951, section 3.2.6)
    bits.writeCode(0b0011_0000, 8)  // the byte 0
    for _ in 0..<repeats {
      bits.writeCode(0b1100_0101, 8)  // 258 bytes more…
      bits.writeCode(0, 5)  // …like the one before
    }
    bits.writeCode(0, 7)  // the end
    let total = 1 + repeats * 258
    let zeros = [UInt8](repeating: 0, count: total)
    return gzipHead + bits.finished() + littleEndian(checksum(zeros)) + littleEndian(UInt32(total))
  }

  private static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// CRC-32, a byte at a time, and without the sequences and closures that cost an unoptimised build most.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { bytes in
      checksums.withUnsafeBufferPointer { checksums in
        var sum: UInt32 = .max
        var index = 0
        while index < bytes.count {
          sum = checksums[Int(truncatingIfNeeded: (sum ^ UInt32(bytes[index])) & 0xFF)] ^ sum >> 8
          index += 1
        }
        return ~sum
      }
    }
  }

  /// What each byte makes of a checksum, bit by bit.
  private static let checksums: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }
}

/// Bits from the lowest of each byte up, as deflate wants them.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var count = 0

  /// A number, lowest bit first.
  mutating func write(_ value: UInt32, _ width: Int) {
    pending |= value << UInt32(count)
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  /// A Huffman code, highest bit first.
  mutating func writeCode(_ code: UInt32, _ width: Int) {
    for bit in stride(from: width - 1, through: 0, by: -1) { write(code >> UInt32(bit) & 1, 1) }
  }

  mutating func finished() -> [UInt8] {
    if count > 0 { write(0, 8 - count) }
    return bytes
  }
}
