import Formats

/// Makes tar archives byte by byte, also such as no honest program would write.
struct Tar {
  private var bytes: [UInt8] = []

  enum Kind: Character {
    case file = "0"
    case hardLink = "1"
    case symbolicLink = "2"
    case device = "3"
    case folder = "5"
    case fifo = "6"
  }

  mutating func add(
    _ name: [UInt8], _ content: [UInt8] = [], kind: Kind = .file, target: String = "", claimedSize: Int? = nil
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: some Sequence<UInt8>, at offset: Int) {
      for (index, byte) in text.enumerated() { header[offset + index] = byte }
    }
    func octal(_ number: Int, width: Int) -> [UInt8] {
      let digits = String(number, radix: 8)
      return Array((String(repeating: "0", count: width - digits.count) + digits).utf8)
    }
    put(name.prefix(100), at: 0)
    put("0000600".utf8, at: 100)
    put("0000000".utf8, at: 108)
    put("0000000".utf8, at: 116)
    put(octal(claimedSize ?? content.count, width: 11), at: 124)
    put("00000000000".utf8, at: 136)
    put("        ".utf8, at: 148)
    put([UInt8(String(kind.rawValue).utf8.first ?? 48)], at: 156)
    put(target.utf8, at: 157)
    put("ustar\u{0}00".utf8, at: 257)
    put(octal(header.reduce(0) { $0 + Int($1) }, width: 6) + [0, 32], at: 148)
    bytes += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The plain archive, with its end.
  var plain: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

  func packed() throws -> [UInt8] { try Zstd.compress(plain) }
}
