import Formats
import Testing
import Threads

@Suite struct ZstdTests {
  @Test(arguments: [0, 1, 100, 1_000, 131_072, 131_073, 1_000_000])
  func `a body of any length comes back`(count: Int) throws {
    let body = Noise.bytes(count)
    let packed = try Zstd.compress(body)
    #expect(try Zstd.decompress(packed, limit: count) == body)
  }

  @Test(arguments: [1, 3, 9, 19])
  func `every level reads back`(level: Int) throws {
    let body = Array(String(repeating: "[1588280400000,\"8819.15000000\"],", count: 500).utf8)
    let packed = try Zstd.compress(body, level: level)
    #expect(packed.count < body.count / 20)
    #expect(try Zstd.decompress(packed, limit: body.count) == body)
  }

  @Test func `equal bodies give equal frames`() throws {
    let body = Noise.bytes(5_000)
    #expect(try Zstd.compress(body) == Zstd.compress(body))
  }

  @Test func `a body that is itself packed is unpacked once`() throws {
    let inner = try Zstd.compress(Noise.bytes(3_000))
    #expect(try Zstd.decompress(Zstd.compress(inner), limit: 1 << 20) == inner)
  }

  @Test func `what unpacks to more than the limit is refused`() throws {
    let bomb = try Zstd.compress([UInt8](repeating: 0, count: 50_000_000))
    #expect(bomb.count < 10_000)
    #expect(throws: ArchiveError.tooLarge(limit: 1_000_000)) { try Zstd.decompress(bomb, limit: 1_000_000) }
    #expect(throws: ArchiveError.tooLarge(limit: 99)) {
      try Zstd.decompress(Zstd.compress(Noise.bytes(100)), limit: 99)
    }
  }

  @Test(arguments: [0, 1, 3_000, 300_000])
  func `a cut frame is refused, wherever it is cut`(count: Int) throws {
    let packed = try Zstd.compress(Noise.bytes(count))
    let cuts =
      Array(0..<min(packed.count, 40)) + Array(stride(from: 40, to: packed.count, by: 997)) + [packed.count - 1]
    let accepted = cuts.filter {
      (try? Zstd.decompress(Array(packed[..<min($0, packed.count)]), limit: 1 << 20)) != nil
    }
    #expect(accepted == [])
  }

  @Test func `a flipped bit is refused or harmless, never a crash`() throws {
    let body = Array(String(repeating: "{\"value\":\"26\"},", count: 60).utf8)
    let packed = try Zstd.compress(body)
    let outcomes = (0..<packed.count * 8).map { bit in
      var altered = packed
      altered[bit / 8] ^= 1 << (bit % 8)
      return (try? Zstd.decompress(altered, limit: 1 << 20)) == nil
    }
    #expect(outcomes.contains(true))
  }

  @Test(arguments: ["plain text that was never packed", "\u{1f}\u{8b}", "x"])
  func `bytes that are no frame are refused`(text: String) {
    #expect(throws: ArchiveError.self) { try Zstd.decompress(Array(text.utf8), limit: 1 << 20) }
  }

  @Test func `bytes after the frame are refused`() throws {
    let packed = try Zstd.compress(Noise.bytes(200)) + Array("rest".utf8)
    #expect(throws: ArchiveError.self) { try Zstd.decompress(packed, limit: 1 << 20) }
  }

  @Test(arguments: [-1, 0, 20, 99])
  func `a level that does not exist is refused`(level: Int) {
    #expect(throws: ArchiveError.self) { try Zstd.compress([1], level: level) }
  }

  @Test func `what was packed before, and by whom, leaves no trace in a frame`() throws {
    let bodies = (1...60).map { Array(String(repeating: "[\($0),\"8819.15\"],", count: $0 * 300).utf8) }
    let alone = try bodies.map { try Zstd.compress($0, level: 1) }
    let (forwards, backwards) = try both({ try bodies.map { try Zstd.compress($0, level: 1) } }) {
      try bodies.reversed().map { try Zstd.compress($0, level: 1) }
    }
    #expect(forwards == alone)
    #expect(backwards.reversed() == alone)
    for (body, packed) in zip(bodies, alone) { #expect(try Zstd.decompress(packed, limit: body.count) == body) }
  }
}

/// Bytes that look random and are always the same.
enum Noise {
  static func bytes(_ count: Int) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }
}
