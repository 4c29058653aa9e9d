import Market

/// Which keys of a grid have come, a bit each: ten million of them take a megabyte and a quarter.
struct SeenKeys {
  private let step: Int64
  private var blocks: [Int64: [UInt64]] = [:]

  private static let words = 64

  init(step: Int64) { self.step = step }

  /// Notes ascending keys and calls `again` with the index of each that had come before.
  mutating func note(_ keys: some Collection<Int64>, again: (Int) -> Void) {
    var current: Int64?
    var bits = [UInt64](repeating: 0, count: SeenKeys.words)
    for (index, key) in keys.enumerated() {
      let cell = key.flooringQuotient(step)
      let block = cell >> 12
      if block != current {
        if let current { blocks[current] = bits }
        bits = blocks[block] ?? [UInt64](repeating: 0, count: SeenKeys.words)
        current = block
      }
      let place = Int(cell & 4095)
      let mask = UInt64(1) << UInt64(place & 63)
      if bits[place >> 6] & mask != 0 { again(index) }
      bits[place >> 6] |= mask
    }
    if let current { blocks[current] = bits }
  }
}

extension Int64 {
  fileprivate func flooringQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
