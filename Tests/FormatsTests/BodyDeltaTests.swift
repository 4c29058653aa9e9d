import Testing

@testable import Formats

/// Bodies as earlier versions told them beside another one: scripts that are written out here by hand.
@Suite struct BodyDeltaTests {
  private static let base = Array("The market rallied on Monday; the market fell on Tuesday.".utf8)

  /// One piece: new bytes before it, how many are copied, and from where, counted from the end of the piece before.
  private typealias Piece = (new: Int, length: Int, skip: Int)

  /// The script; of numbers below 64 each is one byte.
  private static func script(_ pieces: [Piece], new: String) -> [UInt8] {
    let numbers = pieces.flatMap { [$0.new, $0.length, $0.skip < 0 ? -2 * $0.skip - 1 : 2 * $0.skip] }
    return ([pieces.count] + numbers).map { UInt8($0) } + Array(new.utf8)
  }

  private static let told = script([(0, 11, 0), (4, 10, 19), (1, 8, -30)], new: " or !, say we")

  private static func text(_ script: [UInt8], limit: Int = 100) throws -> String {
    String(decoding: try BodyDelta.applied(script, to: base, limit: limit), as: UTF8.self)
  }

  @Test func `pieces are copied from where they stand, forwards and backwards, between new bytes`() throws {
    #expect(try Self.text(Self.told) == "The market  or the market! rallied, say we")
    #expect(try Self.text(Self.script([], new: "All of it is new.")) == "All of it is new.")
    #expect(try Self.text([0]) == "")
    // A number of more than one byte: the length 57.
    #expect(try Self.text([1, 0, 0xB9, 0x00, 0]) == String(decoding: Self.base, as: UTF8.self))
  }

  @Test func `a packed script is told from a body that was packed beside another one`() throws {
    let bytes = Array("The market  or the market! rallied, say we".utf8)
    for content in [try Zstd.compress(Self.told), Self.told] {
      let read = try PackedBody.bytes(
        of: content, isPacked: content != Self.told, beside: Self.base, size: bytes.count)
      #expect(read == bytes)
    }
  }

  @Test func `what is damaged is refused or comes to other bytes, and ends nothing`() throws {
    let size = try Self.text(Self.told).utf8.count
    for place in Self.told.indices {
      for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
        var spoilt = Self.told
        spoilt[place] = value
        let bytes = try? BodyDelta.applied(spoilt, to: Self.base, limit: size)
        #expect((bytes?.count ?? 0) <= size)
      }
      _ = try? BodyDelta.applied(Array(Self.told.prefix(place)), to: Self.base, limit: size)
    }
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied([], to: Self.base, limit: 10) }
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied(Self.told, to: [], limit: size) }
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied(Self.told, to: Self.base, limit: size - 1) }
    let far: [UInt8] = [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0]
    #expect(throws: BodyDelta.Damage.self) { try BodyDelta.applied(far, to: Self.base, limit: .max) }
  }
}
