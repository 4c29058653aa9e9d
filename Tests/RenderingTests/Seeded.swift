/// Random bits that are the same in every run (SplitMix64, Steele et al. 2014).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

extension Seeded {
  /// A text of up to nine scalars, most of them those that formats trip over.
  mutating func awkwardText() -> String {
    let scalars: [Unicode.Scalar] = [
      "\"", "'", ",", "\n", "\r", "\t", " ", "|", "\\", "<", ";", "a", "é", "\u{301}", "\u{1F600}", "\u{1B}", "\0",
    ]
    let count = Int.random(in: 0...9, using: &self)
    return String(String.UnicodeScalarView((0..<count).compactMap { _ in scalars.randomElement(using: &self) }))
  }
}
