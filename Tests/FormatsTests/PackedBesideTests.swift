import Testing

@testable import Formats

/// Bodies of which only what another one lacks is kept.
@Suite struct PackedBesideTests {
  private static func letters(_ seed: Int, _ count: Int) -> [UInt8] {
    var state = UInt64(seed) &+ 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return 32 + UInt8((state >> 33) % 90)
    }
  }

  private static func feed(_ items: Range<Int>) -> [UInt8] {
    var bytes = Array("<rss><channel>".utf8)
    for item in items {
      bytes += Array("<item><title>Story \(item)</title><link>https://wire.example/\(item)</link><description>".utf8)
      bytes += letters(item, 900) + Array("</description></item>".utf8)
    }
    return bytes + Array("</channel></rss>".utf8)
  }

  private static func base(_ bytes: [UInt8], depth: Int = 0) -> PackedBody.Base {
    PackedBody.Base(body: 7, depth: depth, bytes: bytes)
  }

  private static func packed(_ bytes: [UInt8], beside base: [UInt8]) throws -> PackedBody {
    try PackedBody(bytes, hash: nil, redacted: false, beside: Self.base(base))
  }

  private static func read(_ body: PackedBody, beside base: [UInt8]) throws -> [UInt8] {
    try PackedBody.bytes(
      of: body.content, isPacked: body.encoding == "zstd", beside: base, size: body.size)
  }

  private static let old = feed(0..<100)
  private static let new = feed(2..<102)

  @Test func `what a feed says anew is short beside what it said before, and comes back`() throws {
    let body = try Self.packed(Self.new, beside: Self.old)
    #expect(body.base?.body == 7)
    #expect(body.content.count < 1900)
    #expect(try Self.read(body, beside: Self.old) == Self.new)
  }

  @Test func `new text costs less where words of it stood in the text before`() throws {
    let words = (0..<3000).map { String(decoding: Self.letters($0 % 700, 9), as: UTF8.self) }
    let old = Array(words.joined(separator: " ").utf8)
    let new = Array((words[100...] + words.indices.map { words[$0 * 37 % 3000] }[..<600]).joined(separator: " ").utf8)
    let (body, alone) = (
      try Self.packed(new, beside: old), try Zstd.compress(Array(new.suffix(6000)), level: 12)
    )
    #expect(body.content.count < alone.count)
    #expect(try Self.read(body, beside: old) == new)
  }

  @Test func `what has little of the other one is kept whole`() throws {
    for (bytes, base) in [
      (Self.new, Self.feed(500..<600)), (Self.new, []), ([], Self.old), (Array("short".utf8), Self.old),
    ] {
      let body = try Self.packed(bytes, beside: base)
      #expect(body.base == nil)
      let kept = body.encoding == "zstd" ? try Zstd.decompress(body.content, limit: body.size) : body.content
      #expect(kept == bytes)
    }
    let deep = try PackedBody(
      Self.new, hash: nil, redacted: false, beside: Self.base(Self.old, depth: PackedBody.deepest))
    #expect(deep.base == nil)
  }

  @Test(arguments: [1 << 10, 1 << 17, 1 << 20, 3 << 20])
  func `a body is found again however long it is`(count: Int) throws {
    let old = Noise.bytes(count)
    let new = Array(old.dropFirst(100)) + Self.letters(3, 100)
    let body = try Self.packed(new, beside: old)
    #expect(body.base != nil)
    #expect(body.content.count < 150 + count / 8000)
    #expect(try Self.read(body, beside: old) == new)
  }

  @Test func `damage is an error or comes to other bytes, and never to more of them`() throws {
    let body = try Self.packed(Self.new, beside: Self.old)
    for place in stride(from: 0, to: body.content.count, by: 7) {
      for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
        var spoilt = body.content
        spoilt[place] ^= value
        let bytes = try? PackedBody.bytes(of: spoilt, isPacked: true, beside: Self.old, size: body.size)
        #expect((bytes?.count ?? 0) <= body.size)
      }
      #expect(throws: (any Error).self) {
        try PackedBody.bytes(
          of: Array(body.content.prefix(place)), isPacked: true, beside: Self.old, size: body.size)
      }
    }
    // Beside other bytes it is no longer what it was.
    #expect((try? Self.read(body, beside: Self.new)) != Self.new)
    #expect(throws: (any Error).self) { try Self.read(body, beside: []) }
    let bomb = try #require(
      try ZstdPacker.pack([UInt8](repeating: 0, count: 5_000_000), beside: Self.old, level: 3))
    #expect(throws: (any Error).self) {
      try PackedBody.bytes(of: bomb, isPacked: true, beside: Self.old, size: 1_000_000)
    }
  }
}
