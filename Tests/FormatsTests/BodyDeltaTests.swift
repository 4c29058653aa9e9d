import Testing

@testable import Formats

@Suite struct BodyDeltaTests {
  private static func made(_ seed: UInt64, _ count: Int, letters: UInt64 = 256) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8((state >> 33) % letters)
    }
  }

  private static func feed(_ items: Range<Int>) -> [UInt8] {
    var bytes = Array("<rss><channel>".utf8)
    for item in items {
      bytes += Array("<item><title>Story \(item)</title><link>https://wire.example/\(item)</link><description>".utf8)
      bytes += made(UInt64(item), 900, letters: 90).map { $0 + 32 }
      bytes += Array("</description></item>".utf8)
    }
    return bytes + Array("</channel></rss>".utf8)
  }

  @Test func `what a feed says anew is short beside what it said before`() throws {
    let (old, new) = (Self.feed(0..<100), Self.feed(2..<102))
    let delta = BodyDelta.delta(of: new, against: old)
    #expect(delta.count < 2400)
    #expect(try BodyDelta.applied(delta, to: old, limit: new.count) == new)
    let reversed = Array(old.reversed())
    #expect(try BodyDelta.applied(BodyDelta.delta(of: reversed, against: old), to: old, limit: old.count) == reversed)
  }

  @Test(arguments: 0..<60) func `any bytes come back from any others`(number: Int) throws {
    let seed = UInt64(number)
    let base = Self.made(seed, number * 37 % 5000, letters: number % 2 == 0 ? 3 : 256)
    var bytes = Array(base.dropFirst(number * 11 % 400))
    for place in stride(from: 5, to: bytes.count, by: number % 7 * 50 + 13) { bytes[place] &+= 1 }
    bytes += Self.made(seed &+ 1, number * 91 % 700) + base.prefix(100)
    let delta = BodyDelta.delta(of: bytes, against: base)
    #expect(try BodyDelta.applied(delta, to: base, limit: bytes.count) == bytes)
  }

  @Test func `what is damaged is refused or comes to other bytes, and ends nothing`() throws {
    let (old, new) = (Self.feed(0..<5), Self.feed(1..<6))
    let delta = BodyDelta.delta(of: new, against: old)
    for place in delta.indices {
      for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
        var spoilt = delta
        spoilt[place] = value
        let bytes = try? BodyDelta.applied(spoilt, to: old, limit: new.count)
        #expect((bytes?.count ?? 0) <= new.count)
      }
      _ = try? BodyDelta.applied(Array(delta.prefix(place)), to: old, limit: new.count)
    }
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied([], to: old, limit: 10) }
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied(delta, to: [], limit: new.count) }
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied(delta, to: old, limit: new.count - 1) }
    let far: [UInt8] = [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0]
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied(far, to: old, limit: .max) }
  }
}
