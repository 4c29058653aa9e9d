/// Numbers as text that reads back to the same value.
///
/// A real is printed with the fewest digits that do, whole ones without a point: `115000`, `0.00001234`, `-0.5`.
/// Between 1e-8 and 1e15 there is never an exponent; outside, it is written `1e-09`, `1.5e+300`. Every reader of CSV,
/// JSON or SQL takes both forms, and compares `115000` and `115000.0` as equal. `nan`, `inf` and `-inf` are spelled
/// so; an encoder whose format has no such numbers must ask first.
package enum NumberText {
  /// The shortest text that reads back to `value`.
  package static func text(_ value: Double) -> String {
    let buffer = ByteBuffer(capacity: 64)
    var decimals = 0
    buffer.append(real: value, decimals: &decimals)
    return buffer.text
  }

  /// No number takes more bytes than this.
  static let maximumBytes = 40
}

extension ByteBuffer {
  /// Appends all digits, without grouping.
  @inline(__always)
  package func append(integer value: Int64) {
    reserve(NumberText.maximumBytes)
    if value < 0 {
      end.pointee = UInt8(ascii: "-")
      advance(1)
    }
    let magnitude = value.magnitude
    let digits = DecimalDigits.count(of: magnitude)
    DecimalDigits.write(magnitude, count: digits, at: end)
    advance(digits)
  }

  /// Appends the shortest text that reads back to `value`.
  ///
  /// - Parameter decimals: how many decimals the number before it had: the first guess for this one, so keep one a
  ///   column. Begin with 0.
  @inline(__always)
  package func append(real value: Double, decimals: inout Int) {
    reserve(NumberText.maximumBytes)
    let magnitude = value.magnitude
    guard magnitude < 1e15, magnitude >= 1e-8, let scaled = ScaledDecimal(magnitude, guess: decimals) else {
      return appendRare(value)
    }
    decimals = scaled.decimals
    if value < 0 {
      end.pointee = UInt8(ascii: "-")
      advance(1)
    }
    append(scaled)
  }

  @inline(__always)
  private func append(_ scaled: ScaledDecimal) {
    let unit = PowersOfTen.integer(scaled.decimals)
    let (whole, fraction) = scaled.mantissa.quotientAndRemainder(dividingBy: unit)
    let digits = DecimalDigits.count(of: whole)
    let start = end
    DecimalDigits.write(whole, count: digits, at: start)
    guard scaled.decimals > 0 else { return advance(digits) }
    start[digits] = UInt8(ascii: ".")
    DecimalDigits.write(fraction, count: scaled.decimals, at: start + digits + 1)
    advance(digits + 1 + scaled.decimals)
  }

  /// Zero, numbers of 16 or 17 digits, and those beyond the usual magnitudes.
  @inline(never)
  private func appendRare(_ value: Double) {
    if value == 0 { return append(value.sign == .minus ? "-0.0" : "0" as StaticString) }
    var text = value.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    let isUsual = value.magnitude < 1e15 && value.magnitude >= 1e-8
    append(isUsual && text.utf8.contains(UInt8(ascii: "e")) ? NumberText.withoutExponent(text) : text)
  }
}

extension NumberText {
  /// `1.25e-05` as `0.0000125`. The exponent must be negative.
  fileprivate static func withoutExponent(_ text: String) -> String {
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]), exponent < 0 else { return text }
    let sign = parts[0].hasPrefix("-") ? "-" : ""
    return sign + "0." + String(repeating: "0", count: -exponent - 1) + parts[0].filter { $0 != "-" && $0 != "." }
  }
}

/// A positive number as `mantissa ÷ 10^decimals`, the mantissa under 10^15 and without trailing zeros.
///
/// Both are exact as doubles, and IEEE division rounds correctly; so if the quotient equals the number, its decimal text
/// reads back to the number. A decimal of up to 15 digits is the only one of its length for a double, hence the shortest.
struct ScaledDecimal {
  let mantissa: UInt64
  let decimals: Int

  /// `nil` for a number that no decimal of up to 15 digits denotes.
  ///
  /// - Parameters:
  ///   - value: positive, in `1e-8..<1e15`.
  ///   - guess: the number of decimals to try first.
  @inline(__always)
  init?(_ value: Double, guess: Int) {
    if let mantissa = ScaledDecimal.mantissa(of: value, decimals: guess) {
      // The first guess holds more often than not, and then ends in another digit than zero.
      self = mantissa % 10 != 0 || guess == 0 ? .init(mantissa, guess) : .init(trimming: mantissa, guess)
      return
    }
    self.init(searching: value)
  }

  @inline(__always)
  private init(_ mantissa: UInt64, _ decimals: Int) {
    self.mantissa = mantissa
    self.decimals = decimals
  }

  /// With as many decimals as leave the mantissa under 10^15: if that is not the number, fewer are not either.
  @inline(never)
  private init?(searching value: Double) {
    var decimals = 0
    while decimals < PowersOfTen.maximum, value * PowersOfTen.real(decimals + 1) < 1e15 { decimals += 1 }
    guard let mantissa = ScaledDecimal.mantissa(of: value, decimals: decimals) else { return nil }
    self.init(trimming: mantissa, decimals)
  }

  private init(trimming mantissa: UInt64, _ decimals: Int) {
    var (mantissa, decimals) = (mantissa, decimals)
    while decimals > 0, mantissa % 10 == 0 {
      mantissa /= 10
      decimals -= 1
    }
    self.init(mantissa, decimals)
  }

  @inline(__always)
  private static func mantissa(of value: Double, decimals: Int) -> UInt64? {
    let unit = PowersOfTen.real(decimals)
    let scaled = value * unit
    guard scaled < 1e15 else { return nil }
    let mantissa = UInt64(scaled + 0.5)
    return Double(mantissa) / unit == value ? mantissa : nil
  }
}

/// The powers of ten that a double holds exactly.
enum PowersOfTen {
  static let maximum = 22

  private static let reals: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  private static let integers: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]

  /// `0...22`
  @inline(__always)
  static func real(_ exponent: Int) -> Double { reals[exponent] }

  /// `0...19`; the mantissa is smaller than anything above.
  @inline(__always)
  static func integer(_ exponent: Int) -> UInt64 { exponent < integers.count ? integers[exponent] : .max }
}
