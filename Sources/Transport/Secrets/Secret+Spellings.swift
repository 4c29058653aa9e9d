import Market

extension Secret {
  /// The spellings in which an answer may repeat the key: as it is, percent-encoded, with JSON's escapes, as HTML, in
  /// hexadecimal, in base64 wherever it stands in what was encoded, and backwards. Longest first; none for a key so short
  /// that it occurs by chance.
  var spellings: [[UInt8]] {
    let bytes = Array(revealed.utf8)
    guard bytes.count >= Secret.shortestSought else { return [] }
    let encoded = Array(revealed.percentEncoded.utf8)
    var all: [[UInt8]] = [
      bytes, bytes.reversed(), encoded, Secret.lowerCased(encoded), Secret.escaped(bytes, Secret.slashes),
      Secret.escaped(bytes, Secret.entities),
    ]
    for isUpper in [true, false] {
      let digits = bytes.map { Secret.hexadecimal($0, isUpper: isUpper) }
      all.append(Array(digits.joined()))
      all.append(Array(digits.map { Array("%".utf8) + $0 }.joined()))
      all.append(Array(digits.map { Array("\\u00".utf8) + $0 }.joined()))
      for escape in ["%", "\\u00"] {
        let signs = zip(bytes, digits).map { Secret.isAlphanumeric($0) ? [$0] : Array(escape.utf8) + $1 }
        all.append(Array(signs.joined()))
      }
    }
    for count in 0..<3 { all += Secret.base64(of: bytes, behind: count) }
    var seen: Set<[UInt8]> = []
    return all.filter { $0.count >= Secret.shortestSought && seen.insert($0).inserted }.sorted { $0.count > $1.count }
  }

  private static func escaped(_ bytes: [UInt8], _ escapes: [UInt8: [UInt8]]) -> [UInt8] {
    Array(bytes.map { escapes[$0] ?? [$0] }.joined())
  }

  private static let slashes: [UInt8: [UInt8]] = [UInt8(ascii: "/"): Array("\\/".utf8)]

  private static let entities: [UInt8: [UInt8]] = [
    UInt8(ascii: "&"): Array("&amp;".utf8), UInt8(ascii: "<"): Array("&lt;".utf8),
    UInt8(ascii: ">"): Array("&gt;".utf8),
    UInt8(ascii: "\""): Array("&quot;".utf8), UInt8(ascii: "'"): Array("&#39;".utf8),
  ]

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func lowerCased(_ bytes: [UInt8]) -> [UInt8] {
    // Only the digits of what was encoded: letters of the key stand as they are.
    var bytes = bytes
    for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
      for digit in index + 1..<min(index + 3, bytes.count) where (65...70).contains(bytes[digit]) {
        bytes[digit] |= 0x20
      }
    }
    return bytes
  }

  private static func hexadecimal(_ byte: UInt8, isUpper: Bool) -> [UInt8] {
    let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// What of a base64 text stands for the key alone, when so many bytes go before it in what was encoded; in both
  /// alphabets.
  private static func base64(of bytes: [UInt8], behind count: Int) -> [[UInt8]] {
    let bits = ([UInt8](repeating: 0, count: count) + bytes).flatMap { byte in
      (0..<8).map { byte >> (7 - UInt8($0)) & 1 }
    }
    let first = (count * 8 + 5) / 6, last = bits.count / 6
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    return ["+/", "-_"].map { tail in
      let alphabet = letters + Array(tail.utf8)
      return (first..<max(first, last)).map { group in
        alphabet[(0..<6).reduce(0) { $0 << 1 | Int(bits[group * 6 + $1]) }]
      }
    }
  }
}
