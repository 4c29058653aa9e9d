import Market

/// A decimal number without any rounding: `mantissa × 10^exponent`.
struct ExactDecimal: Hashable, Sendable {
  /// Without zeros at its end; 0 has the exponent 0.
  let mantissa: Int128
  let exponent: Int

  /// The number, brought to its one form.
  init(mantissa: Int128, exponent: Int) {
    var (mantissa, exponent) = (mantissa, exponent)
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    self.mantissa = mantissa
    self.exponent = mantissa == 0 ? 0 : exponent
  }

  /// Reads `-12.5`, `1e-7`; `nil` for anything else, and for more digits than can be held.
  init?(_ text: some StringProtocol) {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard let number = parts.first, parts.count <= 2 else { return nil }
    var power = 0
    if parts.count == 2 {
      guard let read = Int(parts[1]), abs(read) < 400 else { return nil }
      power = read
    }
    let isNegative = number.hasPrefix("-")
    let halves = number.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, let whole = halves.first, !whole.isEmpty else { return nil }
    let fraction = halves.count == 2 ? halves[1] : ""
    let digits = whole + fraction
    guard digits.utf8.count <= 36, digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int128(digits) else {
      return nil
    }
    self.init(mantissa: isNegative ? -value : value, exponent: power - fraction.utf8.count)
  }

  var isNegative: Bool { mantissa < 0 }
  var isZero: Bool { mantissa == 0 }
  var negated: ExactDecimal { ExactDecimal(mantissa: -mantissa, exponent: exponent) }

  /// Times a power of ten.
  func shifted(by power: Int) -> ExactDecimal { ExactDecimal(mantissa: mantissa, exponent: exponent + power) }

  /// Less another; `nil` where that has more digits than can be held.
  func minus(_ other: ExactDecimal) -> ExactDecimal? {
    let common = min(exponent, other.exponent)
    guard let a = scaled(to: common), let b = other.scaled(to: common) else { return nil }
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? nil : ExactDecimal(mantissa: difference, exponent: common)
  }

  private func scaled(to power: Int) -> Int128? {
    var value = mantissa
    for _ in 0..<max(0, exponent - power) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  /// Rounded to a multiple of `10^power`, half away from zero.
  func rounded(to power: Int) -> ExactDecimal {
    guard exponent < power else { return self }
    guard power - exponent < 38 else { return ExactDecimal(mantissa: 0, exponent: 0) }
    var unit: Int128 = 1
    for _ in 0..<power - exponent { unit *= 10 }
    let (quotient, rest) = mantissa.quotientAndRemainder(dividingBy: unit)
    let isUp = rest.magnitude >= unit.magnitude - rest.magnitude
    return ExactDecimal(mantissa: quotient + (isUp ? (mantissa < 0 ? -1 : 1) : 0), exponent: power)
  }

  /// Digits with a point, no exponent: `-0.023`.
  var text: String {
    let digits = String(mantissa.magnitude)
    let sign = mantissa < 0 ? "-" : ""
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let missing = max(0, 1 - exponent - digits.count)
    let padded = String(repeating: "0", count: missing) + digits
    return "\(sign)\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
  }
}
