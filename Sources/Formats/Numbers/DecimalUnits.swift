/// Decimal texts as whole numbers of a smaller unit: millions of dollars as dollars, without a detour over doubles.
package enum DecimalUnits {
  /// The text times ten to the power of `scale`, rounded half away from zero where digits remain.
  ///
  /// `1,045.3` with a scale of 6 is 1,045,300,000. `nil` if the text is no decimal number or the result exceeds 64 bits.
  ///
  /// - Parameter grouped: whether commas may stand between groups of three digits, and only there.
  package static func whole(_ text: some Collection<UInt8>, scale: Int, grouped: Bool = false) -> Int64? {
    var scan = Scan(Array(text), grouped: grouped)
    guard let parts = scan.parts() else { return nil }
    return parts.whole(scale: scale)
  }

  /// The digits of a number and how many of them stand behind the point.
  private struct Parts {
    var digits: [UInt8]
    var exponent: Int
    var isNegative: Bool

    func whole(scale: Int) -> Int64? {
      // Digits before the point once the scale is applied; the digit behind them decides the rounding.
      let kept = digits.count + exponent + scale
      var magnitude: Int64 = 0
      guard digits.contains(where: { $0 != 0 }) else { return 0 }
      guard kept >= 0 else { return 0 }
      for position in 0..<kept {
        guard position < digits.count + 20 else { return nil }
        let digit = position < digits.count ? Int64(digits[position]) : 0
        let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeNow) = product.addingReportingOverflow(digit)
        guard !tooLarge, !tooLargeNow else { return nil }
        magnitude = sum
      }
      if kept < digits.count, digits[kept] >= 5 {
        guard magnitude < .max else { return nil }
        magnitude += 1
      }
      return isNegative ? -magnitude : magnitude
    }
  }

  private struct Scan {
    let bytes: [UInt8]
    let grouped: Bool
    var index = 0

    init(_ bytes: [UInt8], grouped: Bool) {
      self.bytes = bytes
      self.grouped = grouped
    }

    mutating func parts() -> Parts? {
      guard bytes.count <= 400 else { return nil }
      let isNegative = take(UInt8(ascii: "-"))
      guard var digits = wholeDigits() else { return nil }
      var exponent = 0
      if take(UInt8(ascii: ".")) {
        let fraction = plainDigits()
        guard !fraction.isEmpty else { return nil }
        digits += fraction
        exponent = -fraction.count
      }
      if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
        guard let power = power() else { return nil }
        exponent += power
      }
      return index == bytes.count ? Parts(digits: digits, exponent: exponent, isNegative: isNegative) : nil
    }

    /// Digits before the point. With commas the first group has one to three digits, the others three.
    private mutating func wholeDigits() -> [UInt8]? {
      var digits = plainDigits()
      guard !digits.isEmpty else { return nil }
      guard grouped, index < bytes.count, bytes[index] == UInt8(ascii: ",") else { return digits }
      guard digits.count <= 3 else { return nil }
      while take(UInt8(ascii: ",")) {
        let group = plainDigits()
        guard group.count == 3 else { return nil }
        digits += group
      }
      return digits
    }

    private mutating func plainDigits() -> [UInt8] {
      var digits: [UInt8] = []
      while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
        digits.append(bytes[index] - UInt8(ascii: "0"))
        index += 1
      }
      return digits
    }

    private mutating func power() -> Int? {
      let isNegative = take(UInt8(ascii: "-"))
      if !isNegative { _ = take(UInt8(ascii: "+")) }
      let digits = plainDigits()
      guard !digits.isEmpty, digits.count <= 4 else { return nil }
      let size = digits.reduce(0) { $0 * 10 + Int($1) }
      return isNegative ? -size : size
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
      return true
    }
  }
}
