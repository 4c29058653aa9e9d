import Testing

@testable import Backups

@Suite struct ChecksummedTextTests {
  private static let text = ChecksummedText.text([
    ("version", .integer(1)), ("automatic", .bool(true)), ("name", .string("é\n")),
  ])

  @Test func `it is a JSON object that ends with its checksum`() {
    let text = String(decoding: Self.text, as: UTF8.self)
    #expect(text.hasPrefix("{\n  \"version\": 1,\n  \"automatic\": true,\n"))
    #expect(text.hasSuffix("\"\n}\n"))
    #expect(ChecksummedText.isIntact(Self.text))
  }

  @Test(arguments: Self.text.indices)
  func `no bit of it can be flipped unseen`(position: Int) {
    let altered = (0..<8).map { bit in
      var text = Self.text
      text[position] ^= UInt8(1 << bit)
      return ChecksummedText.isIntact(text)
    }
    #expect(!altered.contains(true))
  }

  @Test(arguments: 0..<Self.text.count)
  func `no part of it passes for the whole`(count: Int) {
    #expect(!ChecksummedText.isIntact(Array(Self.text.prefix(count))))
  }

  @Test func `nothing may follow the checksum`() {
    #expect(!ChecksummedText.isIntact(Self.text + [UInt8(ascii: "\n")]))
  }
}
