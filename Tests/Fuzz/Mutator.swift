import Support

/// Spoils bytes as lines, disks and people do, and as somebody would who wants a reader to fall.
///
/// The input of a number follows from the seed and the number alone: what fell once falls again.
struct Mutator: Sendable {
  let seeds: [[UInt8]]
  let seed: UInt64

  private static let longest = 1 << 16
  private static let scraps: [String] = [
    "1e999", "-1", "99999999999999999999", "null", "NaN", "\"", "\\", "\\u0000", "\\ud800", "[", "]", "{", "}", ",",
    ":",
    "0x1p3", "\u{0}", "<", ">", "</table>", "<table class=\"etf\">", "<!--", "<![CDATA[", "&#0;", "&#x110000;",
    "-9223372036854775808", "9223372036854775807", "18446744073709551616", "1.", ".", "e", "-", "253402300800",
    "253402300800000", "-62135596801", "99999999999999", "(", ")", "0.00000000000000000000000001", "\r\n", "\u{FEFF}",
    "%", "%0", "%00", "../", "/", "//", "\\u0022", "9999-12-31", "0000-00-00", "24:00:00", "+99:99", "é", "\u{301}",
    "true",
    "=", "'", "#", "export ", "$",
  ]

  /// The input of that number; the first ones are the seeds as they are.
  func input(_ number: Int) -> [UInt8] {
    guard !seeds.isEmpty else { return [] }
    if number < seeds.count { return seeds[number] }
    var random = SeededGenerator(seed: seed &+ UInt64(number) &* 0x2545_F491_4F6C_DD1D)
    var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
    for _ in 0..<(1 << Int.random(in: 0...3, using: &random)) { spoil(&bytes, &random) }
    return Array(bytes.prefix(Mutator.longest))
  }

  private func spoil(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...24, using: &random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 5:
      let times = 1 << Int.random(in: 1...10, using: &random)
      let piece = Array(bytes[place..<end])
      for _ in 0..<min(times, 4096 / max(1, piece.count)) { bytes.insert(contentsOf: piece, at: place) }
    case 6: bytes.replaceSubrange(place..<end, with: scrap(&random))
    case 7:
      let other = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      let start = Int.random(in: 0...other.count, using: &random)
      bytes.replaceSubrange(place..., with: other[start...])
    case 8: bytes.insert(contentsOf: (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }, at: place)
    default: bytes.insert(contentsOf: scrap(&random), at: place)
    }
  }

  private func scrap(_ random: inout SeededGenerator) -> [UInt8] {
    Array((Mutator.scraps.randomElement(using: &random) ?? "").utf8)
  }
}
